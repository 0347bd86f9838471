using System;
using System.Collections.Generic;
using Fact.Component.Ast;
using Fact.Emit;
using Fact.Externs;
using Fact.Ir;

namespace Fact.Wrap;

/// <summary>The component around a fused module: its imports and exports, its types, and the indices of its functions.</summary>
/// <param name="budget">How much may be written.</param>
/// <param name="sections">Where it goes.</param>
/// <param name="lift">Lifts an exported function, given where it is and the index of its type; false where there is none.</param>
/// <param name="resource">The core type that represents a resource type of the component's own, by number.</param>
internal sealed class WrapperScope(EncodeBudget budget, SectionSink sections, Func<EquatableArray<string>, uint, bool> lift, Func<int, CoreValType> resource)
    : ComponentScope(budget, sections)
{
    private readonly Dictionary<string, (ExternNode Node, uint Index)> imports = new(StringComparer.Ordinal);
    private readonly Dictionary<EquatableArray<string>, uint> lifted = [];

    /// <inheritdoc/>
    protected override bool NamesAreExported => true;

    /// <summary>Writes an import.</summary>
    public void Import(ExternItem item) => imports.Add(item.Name.Name, (item.Node, Declare(ComponentSection.Import, item)));

    /// <summary>Writes an export.</summary>
    public void Export(ExternItem item)
    {
        // What is exported stands for itself; the name that a type gets is new.
        var node = item.Node is ExternNode.Type(TypeNode.Named(var of)) ? new ExternNode.Type(of) : item.Node;
        if (Item(item with { Node = node }, [item.Name.Name]) is { } exported)
            Export(item, exported);
    }

    /// <summary>Something imported.</summary>
    /// <param name="path">The name of the import, and those of what to follow in it.</param>
    public ExternNode Imported(EquatableArray<string> path)
    {
        var node = imports[path[0]].Node;
        for (int i = 1; i < path.Length; i++)
            node = ((ExternNode.Instance)node).Node.Find(path[i]);
        return node;
    }

    /// <summary>The index of an imported function.</summary>
    /// <param name="path">The name of the import, and those of what to follow in it.</param>
    public uint ImportedFunc(EquatableArray<string> path)
    {
        if (path.Length == 1)
            return imports[path[0]].Index;
        var instance = ((ExternNode.Instance)Imported([.. path.AsSpan()[..^1]])).Node;
        if (!Find(instance, out uint index))
            return 0;
        AliasExport(Sort.Func, index, path[^1]);
        return Funcs++;
    }

    /// <summary>Defines a resource type of the component's own.</summary>
    /// <param name="type">The type.</param>
    /// <param name="representation">What represents it.</param>
    /// <param name="destructor">The core function that is its destructor; null where there is none.</param>
    public uint Define(TypeNode type, CoreValType representation, uint? destructor)
    {
        var to = Sections.Begin(ComponentSection.Type);
        to.Byte(0x3f);
        to.ValType(representation);
        to.Byte(destructor is null ? (byte)0 : (byte)1);
        if (destructor is { } func)
            to.Unsigned(func);
        Name(type, Types);
        return Types++;
    }

    /// <inheritdoc/>
    public override uint Func(EquatableArray<string> path, TypeNode type)
    {
        if (lifted.TryGetValue(path, out uint index))
            return index;
        uint typeIndex = Type(type);
        if (Budget.Error is not null)
            return 0;
        if (!lift(path, typeIndex))
        {
            Budget.Fail(DiagnosticCode.Unsupported, $"the exported function \"{path[^1]}\" is not in the fused module; compile the component instead");
            return 0;
        }
        lifted.Add(path, Funcs);
        return Funcs++;
    }

    /// <inheritdoc/>
    protected override bool Introduce(TypeNode node, out uint index)
    {
        // Nothing but its name is used of a resource type whose handles do not pass.
        if (node is not TypeNode.Resource({ } number))
            return base.Introduce(node, out index);
        index = Define(node, resource(number), null);
        return true;
    }
}
