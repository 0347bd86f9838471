using System.Collections.Generic;
using System.Diagnostics;
using Fact.Component.Ast;
using Fact.Emit;
using Fact.Ir;

namespace Fact.Externs;

/// <summary>
/// A component, component type or instance type that is written. Types are written when something first mentions them, and found again by what they are: by the names
/// that imports and exports have given them, those of instances and of the scopes around this one included. A type whose name is in none of them stands for what it is
/// equal to.
/// </summary>
/// <param name="budget">How much may be written.</param>
/// <param name="sink">Where it goes.</param>
/// <param name="parent">The scope around it, whose types can be mentioned; null where there is none.</param>
internal partial class EncodeScope(EncodeBudget budget, DefinitionSink sink, EncodeScope? parent)
{
    private const byte OfInstance = 0x00, Outer = 0x02, Equal = 0x00, SubResource = 0x01;
    private const byte InstanceType = 0x42, ComponentType = 0x41;

    private readonly Dictionary<ExternInstance, uint> instances = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ExternInstance, (ExternInstance In, string Name)> instancePaths = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<TypeNode, (ExternInstance In, string Name)> typePaths = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<CoreTypeNode, uint> moduleTypes = new(ReferenceEqualityComparer.Instance);
    private readonly List<(TypeNode Type, string Name)> introduced = [];
    private ExternInstance? written;
    private bool mentionsProvisional;

    private EncodeScope? Parent { get; } = parent;

    /// <summary>How much may be written.</summary>
    protected EncodeBudget Budget { get; } = budget;

    /// <summary>Where definitions go.</summary>
    protected DefinitionSink Definitions { get; } = sink;

    /// <summary>The indices of types.</summary>
    protected TypeIndices Indices { get; set; } = new();

    /// <summary>How many types there are.</summary>
    protected uint Types { get; set; }

    /// <summary>How many instances there are.</summary>
    protected uint Instances { get; set; }

    /// <summary>How many functions there are.</summary>
    protected uint Funcs { get; set; }

    /// <summary>The index of a type, which is written where it is not there. After an error the index has no meaning.</summary>
    public uint Type(TypeNode node)
    {
        var waiting = new Stack<TypeNode>();
        waiting.Push(node);
        uint index = 0;
        while (waiting.TryPeek(out var next))
        {
            if (!Budget.Spend(1))
                return 0;
            if (!Find(next, out index))
            {
                int before = waiting.Count;
                Wait(next, waiting);
                if (waiting.Count > before)
                    continue;
                index = Define(next);
            }
            waiting.Pop();
        }
        return index;
    }

    /// <summary>Writes an import, or an export of a type, and gives what comes with it its indices.</summary>
    /// <param name="section">Whether it is an import or an export.</param>
    /// <param name="item">The import or export.</param>
    /// <returns>Its position in its index space.</returns>
    public uint Declare(ComponentSection section, ExternItem item)
    {
        if (!Budget.Spend(1 + (item.Name.Name.Length / 8)))
            return 0;
        switch (item.Node)
        {
            case ExternNode.Func(var type):
                WriteExtern(section, item.Name, Sort.Func, Type(type));
                return Funcs++;
            case ExternNode.Type(var type):
                return DeclareType(section, item.Name, type);
            case ExternNode.Instance(var instance):
                // One that is there already has the types that it has there.
                uint instanceType = instance.Declared is { } declared && !IsThere(instance) ? Type(declared) : DefineInstance(instance);
                WriteExtern(section, item.Name, Sort.Instance, instanceType);
                Name(instance, Instances);
                return Instances++;
            case ExternNode.CoreModule({ } type):
                WriteExtern(section, item.Name, Sort.CoreModule, ModuleType(type));
                return 0;
            case ExternNode.Component(_, _, null):
            case ExternNode.CoreModule:
                Budget.Fail(DiagnosticCode.Unsupported, $"\"{item.Name.Name}\" is a component or core module, which cannot be wrapped; compile the component instead");
                return 0;
            case ExternNode.Component(_, _, var type):
                WriteExtern(section, item.Name, Sort.Component, Type(type!));
                return 0;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>The index of an instance, if it, or one that has it, is there.</summary>
    public bool Find(ExternInstance instance, out uint index)
    {
        if (instances.TryGetValue(instance, out index))
            return true;
        (ExternInstance In, string Name) path = instance.Owner is { } owner ? (owner, instance.Name) : instancePaths.GetValueOrDefault(instance);
        if (path.In is null || !Budget.Spend(1) || !Find(path.In, out uint around))
            return false;
        AliasExport(Sort.Instance, around, path.Name);
        index = Instances++;
        instances.Add(instance, index);
        return true;
    }

    /// <summary>Gives an instance its index, and with it those that are in it, and their types.</summary>
    public void Name(ExternInstance instance, uint index)
    {
        instances[instance] = index;
        Settle();
    }

    /// <summary>Says where instances are that are in an instance.</summary>
    protected void NameMembers(ExternInstance instance)
    {
        if (instance.Declared is not null)
            return;
        foreach (var export in instance.Exports)
        {
            if (export.Node is ExternNode.Instance(var inner) && Budget.Spend(1) && instancePaths.TryAdd(inner, (instance, export.Name.Name)))
                NameMembers(inner);
        }
    }

    /// <summary>Gives a type its index by which it is known from here on.</summary>
    protected void Name(TypeNode node, uint index) => Indices.Name(node, index);

    /// <summary>What mentions types that had no name is written anew from here on.</summary>
    protected virtual void Settle() => Indices.Settle();

    /// <summary>Writes an alias of an export of an instance.</summary>
    protected void AliasExport(Sort sort, uint instance, string name)
    {
        var to = Definitions.Begin(ComponentSection.Alias);
        EncodedSorts.Write(to, sort);
        to.Byte(OfInstance);
        to.Unsigned(instance);
        to.Name(name);
    }

    /// <summary>Introduces a name that is in no scope; false where it stands for what it is equal to. A resource type must be introduced.</summary>
    protected virtual bool Introduce(TypeNode node, out uint index)
    {
        index = 0;
        if (node is TypeNode.Resource)
            Budget.Fail(DiagnosticCode.Unsupported, "an import or export mentions a resource type that has no name; compile the component instead");
        return false;
    }

    /// <summary>Whether a name that is in no scope is introduced only after what it is equal to.</summary>
    protected virtual bool FollowsNames => true;

    /// <summary>Looks for a type where it is; false where it must be written.</summary>
    protected virtual bool Find(TypeNode node, out uint index)
    {
        if (Indices.Find(node, out index))
            return true;
        if (node is not (TypeNode.Named or TypeNode.Resource))
            return (typePaths.ContainsKey(node) && FindExported(node, out index)) || FindDefined(node, out index);
        if (FindExported(node, out index))
            return true;
        if (Parent is null || !Budget.Spend(1) || !Parent.FindName(node, out uint outer))
            return false;
        index = AliasOuter(1, outer);
        Indices.Alias(node, index);
        return true;
    }

    // Whether an instance is in this scope, or in one around it, where its types can be mentioned.
    private bool IsThere(ExternInstance instance)
    {
        for (var scope = this; scope is not null && Budget.Spend(1); scope = scope.Parent)
        {
            if (scope.Find(instance, out _))
                return true;
        }
        return false;
    }

    private bool FindExported(TypeNode node, out uint index)
    {
        index = 0;
        (ExternInstance In, string Name) path = node.Owner is { } owner ? (owner, node.Name) : default;
        if ((path.In is null || !Find(path.In, out uint instance))
            && (!typePaths.TryGetValue(node, out path) || !Find(path.In, out instance)))
        {
            return false;
        }
        AliasExport(Sort.Type, instance, path.Name);
        index = Types++;
        Indices.Alias(node, index);
        return true;
    }

    private bool FindName(TypeNode node, out uint index) => Find(node, out index) && !Indices.IsProvisional(node);

    private bool FindDefined(TypeNode node, out uint index)
    {
        uint count = 1;
        for (var scope = Parent; scope is not null && Budget.Spend(1); scope = scope.Parent, count++)
        {
            if (!scope.Indices.Find(node, out uint outer))
                continue;
            bool isProvisional = scope.Indices.IsProvisional(node);
            mentionsProvisional |= isProvisional;
            index = AliasOuter(count, outer);
            Indices.Define(node, index, isProvisional);
            return true;
        }
        index = 0;
        return false;
    }

    private uint AliasOuter(uint count, uint index)
    {
        var to = Definitions.Begin(ComponentSection.Alias);
        EncodedSorts.Write(to, Sort.Type);
        to.Byte(Outer);
        to.Unsigned(count);
        to.Unsigned(index);
        return Types++;
    }

    private uint DeclareType(ComponentSection section, ExternName name, TypeNode type)
    {
        // A type that an instance is made with has a name already, or gets it here; an import or another export introduces one.
        bool isKnown = Find(type, out _);
        var of = type is TypeNode.Named(var other) && !isKnown ? other : type;
        bool isNew = IsNewResource(of);
        uint bound = isNew ? 0 : Type(of);
        WriteType(section, name, isNew ? null : bound);
        if (isNew)
        {
            Indices.Alias(Resource(type), Types);
            introduced.Add((Resource(type), name.Name));
        }
        if (!isKnown)
            introduced.Add((type, name.Name));
        if (!isKnown || (type.Owner is { } owner && ReferenceEquals(owner, written)))
            Name(type, Types);
        return Types++;
    }

    // Whether nothing in this scope or around it is, or is equal to, a resource type so far.
    private bool IsNewResource(TypeNode type)
    {
        while (Budget.Spend(1) && !Find(type, out _))
        {
            if (type is not TypeNode.Named(var other))
                return type is TypeNode.Resource;
            type = other;
        }
        return false;
    }

    private static TypeNode Resource(TypeNode type)
    {
        while (type is TypeNode.Named(var other))
            type = other;
        return type;
    }

    private uint ModuleType(CoreTypeNode.Module type)
    {
        if (moduleTypes.TryGetValue(type, out uint index))
            return index;
        ModuleTypeWriter.Write(Definitions.Begin(ComponentSection.CoreType), type, Budget);
        index = (uint)moduleTypes.Count;
        moduleTypes.Add(type, index);
        return index;
    }

    /// <summary>Writes an import, or an export that a type declares, of anything but a type.</summary>
    /// <param name="section">Whether it is an import or an export.</param>
    /// <param name="name">Its name.</param>
    /// <param name="sort">What it is.</param>
    /// <param name="type">The index of its type.</param>
    protected void WriteExtern(ComponentSection section, ExternName name, Sort sort, uint type)
    {
        var to = Definitions.Begin(section);
        EncodedNames.Write(to, name);
        EncodedSorts.Write(to, new SortIdx(sort, type));
    }

    /// <summary>Writes an import of a type, or an export of one that a type declares.</summary>
    /// <param name="section">Whether it is an import or an export.</param>
    /// <param name="name">Its name.</param>
    /// <param name="bound">The index of the type that it is equal to; null where it is a resource type of its own.</param>
    protected void WriteType(ComponentSection section, ExternName name, uint? bound)
    {
        var to = Definitions.Begin(section);
        EncodedNames.Write(to, name);
        EncodedSorts.Write(to, Sort.Type);
        to.Byte(bound is null ? SubResource : Equal);
        if (bound is { } equal)
            to.Unsigned(equal);
    }
}
