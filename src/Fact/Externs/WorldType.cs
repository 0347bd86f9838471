using System.Collections.Generic;
using System.Diagnostics;
using Fact.Component.Ast;
using Fact.Emit;
using Fact.Ir;

namespace Fact.Externs;

/// <summary>
/// The type of a component as toolchains put it into core modules, which makes components of them again: a component that exports a component type, which has the type
/// itself in it by the full name of a world. Spec: <c>design/mvp/WIT.md</c>, "Package Format".
/// </summary>
internal sealed class WorldType
{
    private const string Package = "root:component/root", World = "root", EncodingSection = "wit-component-encoding";
    private const byte EncodingVersion = 0x04, Utf8 = 0x00, ComponentType = 0x41;

    private WorldType()
    {
    }

    /// <summary>The component with the type in it; null where the type cannot be written, or is of no world.</summary>
    /// <param name="root">The component whose type it is.</param>
    public static Sink? Of(ComponentAst root)
    {
        var lists = Elaboration.Of(root);
        var budget = new EncodeBudget(root.Length);
        foreach (var import in lists.Imports)
        {
            if (!IsOfWorld(import, mayBeType: true, budget))
                return null;
        }
        foreach (var export in lists.Exports)
        {
            if (!IsOfWorld(export, mayBeType: false, budget) || (export.Node is ExternNode.Func(var func) && !MentionsImports(func, lists, budget)))
                return null;
        }
        var declarators = new DeclaratorSink();
        new WorldEncoding(budget, declarators).Write(lists);
        if (budget.Error is not null)
            return null;
        var name = declarators.Begin(ComponentSection.Export);
        EncodedNames.Write(name, new ExternName(Package));
        EncodedSorts.Write(name, new SortIdx(Sort.Component, 0));
        var sections = new SectionSink();
        sections.Custom(EncodingSection, [EncodingVersion, Utf8]);
        var type = sections.Begin(ComponentSection.Type);
        type.Byte(ComponentType);
        declarators.WriteTo(type);
        var exported = sections.Begin(ComponentSection.Export);
        EncodedNames.Write(exported, new ExternName(World));
        EncodedSorts.Write(exported, new SortIdx(Sort.Type, 0));
        exported.Byte(0);
        return sections.Finish();
    }

    // A world has functions, interfaces, and types that it imports; an interface has functions, and types of values and resources.
    private static bool IsOfWorld(ExternItem item, bool mayBeType, EncodeBudget budget)
    {
        if (!budget.Spend(1) || item.Name.Name.Contains('='))
            return false;
        switch (item.Node)
        {
            case ExternNode.Func:
                return true;
            case ExternNode.Type(var type):
                return mayBeType && IsValueOrResource(type, budget);
            case ExternNode.Instance(var instance):
                foreach (var export in instance.Exports)
                {
                    if (!budget.Spend(1) || !(export.Node is ExternNode.Func || (export.Node is ExternNode.Type(var member) && IsValueOrResource(member, budget))))
                        return false;
                }
                return true;
            case ExternNode.Component or ExternNode.CoreModule:
                return false;
            default:
                throw new UnreachableException();
        }
    }

    // A function that a world exports by itself can use types of imports only.
    private static bool MentionsImports(TypeNode func, ExternLists lists, EncodeBudget budget)
    {
        var imported = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var import in lists.Imports)
        {
            if (import.Node is ExternNode.Type(var type))
                imported.Add(type);
            else if (import.Node is ExternNode.Instance(var instance))
                imported.Add(instance);
        }
        var seen = new HashSet<TypeNode>(ReferenceEqualityComparer.Instance);
        var waiting = new Stack<TypeNode>([func]);
        while (waiting.TryPop(out var node))
        {
            if (!seen.Add(node) || imported.Contains(node) || (node.Owner is { } owner && imported.Contains(owner)))
                continue;
            if (!budget.Spend(1)
                || node is TypeNode.Named or TypeNode.Resource or TypeNode.Value(DefValType.Record or DefValType.Variant or DefValType.Flags or DefValType.Enum, _))
                return false;
            foreach (var part in TypeBody.Parts(node))
                waiting.Push(part);
        }
        return true;
    }

    private static bool IsValueOrResource(TypeNode type, EncodeBudget budget)
    {
        while (type is TypeNode.Named(var other) && budget.Spend(1))
            type = other;
        return type is TypeNode.Value or TypeNode.Resource;
    }

    private sealed class WorldEncoding(EncodeBudget budget, DefinitionSink sink) : EncodeScope(budget, sink, null)
    {
        public void Write(ExternLists lists) => DefineComponent(lists);
    }
}
