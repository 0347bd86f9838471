using System.Collections.Generic;
using System.Linq;
using Fact.Component.Ast;
using Fact.Emit;
using Fact.Externs;
using Fact.Ir;
using static Fact.Ir.EquatableArray;

namespace Fact.Wrap;

/// <summary>A component that is written, with instances that it exports.</summary>
/// <param name="budget">How much may be written.</param>
/// <param name="sections">Where it goes.</param>
internal abstract class ComponentScope(EncodeBudget budget, SectionSink sections) : EncodeScope(budget, sections, null)
{
    private uint components;

    /// <summary>Where it goes.</summary>
    protected SectionSink Sections { get; } = sections;

    /// <summary>Whether what the component exports may mention types by the names that they have in the component.</summary>
    protected abstract bool NamesAreExported { get; }

    /// <summary>The index of an exported function.</summary>
    /// <param name="path">The names of the exported instances that it is in, from the outside, and its own.</param>
    /// <param name="type">Its type.</param>
    public abstract uint Func(EquatableArray<string> path, TypeNode type);

    /// <summary>The index of an exported instance, which is made where it is not there.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="path">The names of the exported instances that it is in, from the outside, and its own.</param>
    protected uint Instance(ExternInstance instance, EquatableArray<string> path)
    {
        if (Find(instance, out uint index) || !Budget.Spend(1))
            return index;
        index = NamesAreExported && !instance.HasTypes ? Bundle(instance, path) : Renamed(instance, path);
        Name(instance, index);
        NameMembers(instance);
        return index;
    }

    /// <summary>Something exported of an instance; null where it cannot be.</summary>
    protected SortIdx? Item(ExternItem item, EquatableArray<string> path)
    {
        switch (item.Node)
        {
            case ExternNode.Func(var type):
                return new SortIdx(Sort.Func, Func(path, type));
            case ExternNode.Type(var node):
                return new SortIdx(Sort.Type, Type(node));
            case ExternNode.Instance(var instance):
                return new SortIdx(Sort.Instance, Instance(instance, path));
            case ExternNode.Component or ExternNode.CoreModule:
                Budget.Fail(
                    DiagnosticCode.Unsupported,
                    $"the export \"{path[^1]}\" is a component or core module, which cannot be wrapped; compile the component instead");
                break;
        }
        return null;
    }

    /// <summary>Writes an export of the component, which is in its index space a second time: there a type, or an instance, is known by its new index.</summary>
    /// <param name="export">What is exported.</param>
    /// <param name="item">Where it is.</param>
    /// <param name="ascribed">The index of the function type that it is exported with; null where that is its own.</param>
    protected void Export(ExternItem export, SortIdx item, uint? ascribed = null)
    {
        var to = Sections.Begin(ComponentSection.Export);
        EncodedNames.Write(to, export.Name);
        EncodedSorts.Write(to, item);
        to.Byte(ascribed is null ? (byte)0 : (byte)1);
        if (ascribed is { } type)
            EncodedSorts.Write(to, new SortIdx(Sort.Func, type));
        switch (export.Node)
        {
            case ExternNode.Func:
                Funcs++;
                break;
            case ExternNode.Type(var node):
                Name(node, Types++);
                break;
            case ExternNode.Instance(var instance):
                Name(instance, Instances++);
                break;
            case ExternNode.Component or ExternNode.CoreModule:
                break;
        }
    }

    private uint Bundle(ExternInstance instance, EquatableArray<string> path)
    {
        var items = new List<(ExternName Name, SortIdx Item)>();
        foreach (var export in instance.Exports)
        {
            if (!Budget.Spend(1) || Item(export, [.. path, export.Name.Name]) is not { } item)
                return 0;
            items.Add((export.Name, item));
        }
        var to = Sections.Begin(ComponentSection.Instance);
        to.Byte(0x01);
        to.Unsigned((uint)items.Count);
        foreach (var (name, item) in items)
        {
            EncodedNames.Write(to, name);
            EncodedSorts.Write(to, item);
        }
        return Instances++;
    }

    // An instance whose types have names of its own is one of a component: nothing else gives them.
    private uint Renamed(ExternInstance instance, EquatableArray<string> path)
    {
        var inner = new RenamingScope(Budget, new SectionSink());
        inner.Export(instance, path);
        var args = inner.Args.Select(arg => (
            arg.Name,
            Item: arg.Type is { } type ? new SortIdx(Sort.Type, Type(type)) : new SortIdx(Sort.Func, Func(arg.Path, arg.FuncType!)))).ToList();
        if (Budget.Error is not null)
            return 0;
        Sections.Whole(ComponentSection.Component, inner.Finish().Written);
        var to = Sections.Begin(ComponentSection.Instance);
        to.Byte(0x00);
        to.Unsigned(components++);
        to.Unsigned((uint)args.Count);
        foreach (var (name, item) in args)
        {
            to.Name(name);
            EncodedSorts.Write(to, item);
        }
        return Instances++;
    }
}
