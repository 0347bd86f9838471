using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Fact.Component.Plan;
using Fact.Component.Types;
using Fact.Ir;

namespace Fact.Component.Link;

/// <summary>What the root exports.</summary>
/// <param name="Exports">Its exports in order.</param>
/// <param name="Instances">The instances among them and in them, each once, after those in it.</param>
internal sealed record ExportList(EquatableArray<PlanExport> Exports, EquatableArray<EquatableArray<PlanExport>> Instances);

/// <summary>Lists what the root exports.</summary>
internal sealed class RootExports(LinkContext context, Graph graph, Frame root, PlanBuilder builder)
{
    // What is exported of an instance depends on the type that the export gives it.
    private readonly Dictionary<(InstanceDef, CheckedInstanceType), ExportedInstanceId> known = [];
    private readonly List<EquatableArray<PlanExport>> instances = [];
    private readonly List<string> path = [];

    /// <summary>The exports; null, with an error, where one is of a kind that is not supported.</summary>
    public ExportList? List()
    {
        var component = root.Definition.Component;
        context.Offset = component.Offset;
        var exports = new List<PlanExport>(component.Exports.Length);
        foreach (var export in component.Exports)
        {
            path.Add(export.Name);
            if (Item(root.At(export.Item, export.Type), component.Type.Exports[export.Name]) is not { } item)
                return null;
            path.RemoveAt(path.Count - 1);
            exports.Add(new PlanExport(export.Name, item));
        }
        return context.Error is null ? new ExportList(exports.Seal(), instances.Seal()) : null;
    }

    // The type is the one that the root sees; items of imported instances have no other.
    private ExportItem? Item(Item item, CheckedExtern type)
    {
        if (!context.Spend(LinkCost.Item + path[^1].Length))
            return null;
        switch (item, type)
        {
            case (Link.Item.Func(FuncDef.Lifted(var callee, var side, var results)), _):
                var options = graph.Add(side.Instance.Id, side.Options, side.CoreType);
                return new ExportItem.Func(side.Type, callee, options, results);
            case (Link.Item.Func, _):
                return Fail(
                    DiagnosticCode.Unsupported,
                    "a function that the component imports is exported again, which is not supported: wrap it in a function of the component");
            case (Link.Item.CoreModule(var module), _):
                return new ExportItem.CoreModule(builder.Source(module));
            case (Link.Item.Instance(var def), CheckedExtern.Instance(var instance)):
                return Instance(def, instance) is { } id ? new ExportItem.Instance(id) : null;
            case (_, CheckedExtern.Type(var bound)):
                return new ExportItem.Type(root.Types.Convert(bound));
            case (_, CheckedExtern.Component):
                return Fail(DiagnosticCode.Unsupported, path.Count == 1
                    ? "the root component exports a component, which is not supported: instantiate it and export the instance"
                    : "an exported instance has a component in it, which is not supported: instantiate it");
            default:
                throw new UnreachableException();
        }
    }

    // Instances nest no deeper than the checker lets their types.
    private ExportedInstanceId? Instance(InstanceDef def, CheckedInstanceType type)
    {
        if (known.TryGetValue((def, type), out var id))
            return id;
        var exports = new List<PlanExport>();
        foreach (var (name, export) in type.Exports)
        {
            path.Add(name);
            if (Member(def, name, export) is not { } item)
                return null;
            path.RemoveAt(path.Count - 1);
            exports.Add(new PlanExport(name, item));
        }
        id = new ExportedInstanceId((uint)instances.Count);
        instances.Add(exports.Seal());
        known.Add((def, type), id);
        return id;
    }

    private ExportItem? Member(InstanceDef def, string name, CheckedExtern type)
    {
        switch (def)
        {
            case InstanceDef.Exports(var items):
                return Item(items[name], type);
            case InstanceDef.Imported(var from, var imported):
                // Where among the imports it is, is a list of names as long as this path.
                context.Spend((2 * LinkCost.Item) + (from.Path.Length * 8L));
                var item = RootImports.ItemOf(new ImportedItem(from.Import, [.. from.Path, name]), imported.Exports[name], id => root.Types.Resource(id));
                return item is null
                    ? Fail(DiagnosticCode.Unsupported, "an exported instance has a component in it, which is not supported: instantiate it")
                    : Item(item, type);
            default:
                throw new UnreachableException();
        }
    }

    private ExportItem? Fail(DiagnosticCode code, string message)
    {
        context.Fail(code, message, root.Definition.Component.Offset, string.Join(" · ", path.Select(name => $"export \"{name}\"")));
        return null;
    }
}
