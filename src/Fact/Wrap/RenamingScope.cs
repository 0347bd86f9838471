using System;
using System.Collections.Generic;
using Fact.Component.Ast;
using Fact.Emit;
using Fact.Externs;
using Fact.Ir;
using static Fact.Ir.EquatableArray;

namespace Fact.Wrap;

/// <summary>What a component that gives names is given.</summary>
/// <param name="Name">The name that it imports it by.</param>
/// <param name="Type">The type that it is; null for a function.</param>
/// <param name="FuncType">The type of the function; null for a type.</param>
/// <param name="Path">Which function: the names of the exported instances that it is in, from the outside, and its own.</param>
internal sealed record RenamedArg(string Name, TypeNode? Type, TypeNode? FuncType, EquatableArray<string> Path);

/// <summary>
/// A component that exports what it imports, by names of types that are its own: only so does an instance come about whose functions mention types by the names that
/// the instance exports. Types have two indices in it, the imported and the exported one; functions are imported with the one and exported with the other.
/// </summary>
internal sealed class RenamingScope(EncodeBudget budget, SectionSink sections) : ComponentScope(budget, sections)
{
    private readonly List<RenamedArg> args = [];
    private readonly Dictionary<EquatableArray<string>, uint> funcs = [];
    private TypeIndices? imported;

    /// <summary>What it imports.</summary>
    public IReadOnlyList<RenamedArg> Args => args;

    /// <inheritdoc/>
    protected override bool NamesAreExported => false;

    /// <summary>Exports what an instance exports.</summary>
    public void Export(ExternInstance instance, EquatableArray<string> path)
    {
        imported = Indices;
        Indices = new TypeIndices(imported);
        foreach (var export in instance.Exports)
        {
            if (!Budget.Spend(1))
                return;
            EquatableArray<string> inner = [.. path, export.Name.Name];
            // Its types, all of which are its own, are what they are equal to until they have their names here, and mention those that have them.
            var node = export.Node is ExternNode.Type(TypeNode.Named(var of)) ? new ExternNode.Type(of) : export.Node;
            if (Item(export with { Node = node }, inner) is not { } item)
                return;
            Export(export, item, export.Node is ExternNode.Func(var func) ? Type(func) : null);
        }
    }

    /// <summary>The component.</summary>
    public Sink Finish() => Sections.Finish();

    /// <inheritdoc/>
    public override uint Func(EquatableArray<string> path, TypeNode type)
    {
        if (funcs.TryGetValue(path, out uint index))
            return index;
        uint typeIndex = Imported(type);
        string name = $"f{args.Count}";
        args.Add(new RenamedArg(name, null, type, path));
        WriteExtern(ComponentSection.Import, new ExternName(name), Sort.Func, typeIndex);
        funcs.Add(path, Funcs);
        return Funcs++;
    }

    /// <inheritdoc/>
    protected override bool Find(TypeNode node, out uint index)
    {
        if (ReferenceEquals(Indices, imported))
            return Indices.Find(node, out index);
        if (base.Find(node, out index))
            return true;
        if (node is not (TypeNode.Named or TypeNode.Resource))
            return false;
        index = Imported(node);
        return true;
    }

    /// <inheritdoc/>
    protected override bool Introduce(TypeNode node, out uint index)
    {
        uint? bound = node is not TypeNode.Named(var other) ? null : Indices.Find(other, out uint found) ? found : 0;
        string name = $"t{args.Count}";
        args.Add(new RenamedArg(name, node, null, []));
        WriteType(ComponentSection.Import, new ExternName(name), bound);
        index = Types++;
        Indices.Alias(node, index);
        return true;
    }

    // The index of a type among those that imports may mention.
    private uint Imported(TypeNode node)
    {
        var exported = Indices;
        Indices = imported!;
        uint index = Type(node);
        Indices = exported;
        return index;
    }
}
