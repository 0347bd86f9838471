using System.Collections.Generic;
using System.Diagnostics;
using Fact.Component.Plan;
using Fact.Component.Types;
using Fact.Ir;

namespace Fact.Component.Link;

/// <summary>Lists what the root exports.</summary>
internal sealed class RootExports(LinkContext context, Graph graph, Frame root, PlanBuilder builder)
{
    /// <summary>The exports; null, with an error, where one is of a kind that is not supported.</summary>
    public EquatableArray<PlanExport>? List()
    {
        var component = root.Definition.Component;
        var exports = new List<PlanExport>(component.Exports.Length);
        foreach (var export in component.Exports)
        {
            string path = $"export \"{export.Name}\"";
            if (Item(root.At(export.Item, export.Type), component.Type.Exports[export.Name], path) is not { } item)
                return null;
            exports.Add(new PlanExport(export.Name, item));
        }
        return exports.ToEquatableArray();
    }

    // The type is the one that the root sees; items of imported instances have no other.
    private ExportItem? Item(Item item, CheckedExtern type, string path)
    {
        if (!context.Spend(1, root.Definition.Component.Offset))
            return null;
        switch (item, type)
        {
            case (Link.Item.Func(FuncDef.Lifted(var callee, var side, var results)), _):
                var options = graph.Add(side.Instance.Id, side.Options, side.CoreType);
                return new ExportItem.Func(side.Type, callee, options, results);
            case (Link.Item.Func, _):
                return Fail("a function that the component imports is exported again, which is not supported: wrap it in a function of the component", path);
            case (Link.Item.CoreModule(var module), _):
                return new ExportItem.CoreModule(builder.Source(module));
            case (Link.Item.Instance(InstanceDef.Exports(var items)), CheckedExtern.Instance(var instance)):
                return Instance(instance, path, name => items[name]);
            case (Link.Item.Instance(InstanceDef.Imported(var from, var imported)), CheckedExtern.Instance(var instance)):
                return Instance(instance, path, name => RootImports.ItemOf(
                    new ImportedItem(from.Import, [.. from.Path, name]), imported.Exports[name], id => root.Types.Resource(id)));
            case (_, CheckedExtern.Type(var bound)):
                return new ExportItem.Type(root.Types.Convert(bound));
            case (_, CheckedExtern.Component):
                return Fail("the root component exports a component, which is not supported: instantiate it and export the instance", path);
            default:
                throw new UnreachableException();
        }
    }

    private ExportItem.Instance? Instance(CheckedInstanceType type, string path, System.Func<string, Item?> member)
    {
        var exports = new List<PlanExport>(type.Exports.Count);
        foreach (var (name, export) in type.Exports)
        {
            string inner = $"{path} · export \"{name}\"";
            if (export is CheckedExtern.Component)
                return (ExportItem.Instance?)Fail("an exported instance has a component in it, which is not supported: instantiate it", inner);
            if (Item(member(name)!, export, inner) is not { } item)
                return null;
            exports.Add(new PlanExport(name, item));
        }
        return new ExportItem.Instance(exports.Seal());
    }

    private ExportItem? Fail(string message, string path)
    {
        context.Fail(message, root.Definition.Component.Offset, path);
        return null;
    }
}
