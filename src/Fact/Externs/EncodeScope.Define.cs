using System.Collections.Generic;
using Fact.Component.Ast;
using Fact.Emit;

namespace Fact.Externs;

/// <content>Definitions: what is written where a type is mentioned for the first time.</content>
internal partial class EncodeScope
{
    // What must be written before a type is: it goes on the stack.
    private void Wait(TypeNode node, Stack<TypeNode> waiting)
    {
        if (node is TypeNode.Named(var other) && FollowsNames && !Find(other, out _))
        {
            waiting.Push(other);
            return;
        }
        foreach (var part in TypeBody.Parts(node))
        {
            if (Budget.Spend(1) && !Find(part, out _))
                waiting.Push(part);
        }
    }

    private uint Define(TypeNode node)
    {
        uint index = 0;
        if (!Budget.Spend(TypeBody.Size(node)))
            return 0;
        switch (node)
        {
            case TypeNode.Value or TypeNode.Func:
                bool isProvisional = false;
                TypeBody.Write(Definitions.Begin(ComponentSection.Type), node, part =>
                {
                    isProvisional |= Indices.IsProvisional(part);
                    Indices.Find(part, out uint found);
                    return found;
                });
                mentionsProvisional |= isProvisional;
                Indices.Define(node, index = Types++, isProvisional);
                break;
            case TypeNode.Named(var other):
                if (Introduce(node, out index))
                    break;
                Indices.Find(other, out index);
                mentionsProvisional = true;
                Indices.Define(node, index, isProvisional: true);
                break;
            case TypeNode.Resource:
                Introduce(node, out index);
                break;
            case TypeNode.Instance instance:
                index = DefineInstance(new ExternInstance(instance), node);
                break;
            case TypeNode.Component component:
                index = DefineComponent(Elaboration.Of(component), node);
                break;
        }
        return index;
    }

    /// <summary>Writes the type of an instance.</summary>
    private uint DefineInstance(ExternInstance instance, TypeNode? node = null)
    {
        var sink = new DeclaratorSink();
        var inner = new EncodeScope(Budget, sink, this) { written = instance };
        foreach (var export in instance.Exports)
        {
            if (Budget.Error is not null)
                return 0;
            inner.Declare(ComponentSection.Export, export);
            if (export.Node is ExternNode.Instance(var member) && member.Owner is null)
                instancePaths.TryAdd(member, (instance, export.Name.Name));
        }
        foreach (var (type, name) in inner.introduced)
            typePaths.TryAdd(type, (instance, name));
        foreach (var (member, path) in inner.instancePaths)
            instancePaths.TryAdd(member, path);
        foreach (var (type, path) in inner.typePaths)
            typePaths.TryAdd(type, path);
        return Define(inner, sink, InstanceType, node);
    }

    /// <summary>Writes the type of a component.</summary>
    /// <param name="lists">Its imports and exports.</param>
    /// <param name="node">The type that is written, where it is one of the component.</param>
    protected uint DefineComponent(ExternLists lists, TypeNode? node = null)
    {
        var sink = new DeclaratorSink();
        var inner = new EncodeScope(Budget, sink, this);
        foreach (var import in lists.Imports)
            inner.Declare(ComponentSection.Import, import);
        foreach (var export in lists.Exports)
            inner.Declare(ComponentSection.Export, export);
        return Define(inner, sink, ComponentType, node);
    }

    private uint Define(EncodeScope inner, DeclaratorSink declarators, byte opcode, TypeNode? node)
    {
        var to = Definitions.Begin(ComponentSection.Type);
        to.Byte(opcode);
        declarators.WriteTo(to);
        mentionsProvisional |= inner.mentionsProvisional;
        if (node is not null)
            Indices.Define(node, Types, inner.mentionsProvisional);
        return Types++;
    }
}
