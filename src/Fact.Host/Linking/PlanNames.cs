using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Component.Plan;
using Fact.Host.Values;
using Fact.Ir;

namespace Fact.Host.Linking;

/// <summary>What people call the things of a plan.</summary>
internal sealed class PlanNames
{
    private readonly LinkPlan plan;
    private readonly Dictionary<RuntimeResourceId, string> resources = [];

    public PlanNames(LinkPlan plan)
    {
        this.plan = plan;
        for (int i = 0; i < plan.Tables.Resources.Length; i++)
        {
            if (plan.Tables.Resources[i] is PlanResource.Imported imported)
                resources.Add(new((uint)i), LastName(Import(imported.Item)));
        }
        foreach (var export in plan.Exports)
            NameExports(export);
    }

    /// <summary>An imported thing: <c>name</c>, or <c>instance#name</c>.</summary>
    public string Import(ImportedItemId id) => plan.ImportName(id);

    /// <summary>All that a host must give, whether something uses it or not: functions, core modules, resource types, also those in imported instances.</summary>
    public IEnumerable<(string Name, PlanExtern Type)> AllImports() => plan.Imports.Items.SelectMany(i => Leaves(i.Name, i.Extern));

    /// <summary>The instances among the imports, and the instances in them.</summary>
    public IEnumerable<string> ImportedInstances() => plan.Imports.Items.SelectMany(i => Instances(i.Name, i.Extern));

    private static IEnumerable<string> Instances(string name, PlanExtern type) =>
        type is PlanExtern.Instance instance ? [name, .. instance.Exports.Items.SelectMany(e => Instances(name + "#" + e.Name, e.Extern))] : [];

    private static IEnumerable<(string Name, PlanExtern Type)> Leaves(string name, PlanExtern type) => type switch
    {
        PlanExtern.Instance instance => instance.Exports.Items.SelectMany(e => Leaves(name + "#" + e.Name, e.Extern)),
        PlanExtern.Func or PlanExtern.CoreModule or PlanExtern.Type { Bound: PlanType.Resource } => [(name, type)],
        PlanExtern.Type or PlanExtern.Component => [],
    };

    /// <summary>The type of an imported thing.</summary>
    public PlanExtern ImportType(ImportedItemId id)
    {
        var item = plan.ImportedItems[(int)id.Value];
        var type = plan.Imports[(int)item.Import.Value].Extern;
        foreach (string name in item.Path)
        {
            if (type is not PlanExtern.Instance instance)
                break;
            foreach (var export in instance.Exports)
            {
                if (export.Name == name)
                    type = export.Extern;
            }
        }
        return type;
    }

    /// <summary>A resource type.</summary>
    public string Resource(RuntimeResourceId id) => resources.TryGetValue(id, out string? name) ? name : "resource" + id.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A function type, in the manner of WIT.</summary>
    public string Type(ComponentFuncType type) => TypeText.Of(type, new TypeNames(plan.Tables, Resource));

    private void NameExports(PlanExport export)
    {
        switch (export.Item)
        {
            case ExportItem.Instance instance:
                foreach (var inner in instance.Exports)
                    NameExports(inner);
                break;
            case ExportItem.Type { Bound: PlanType.Resource resource }:
                resources.TryAdd(resource.Id, export.Name);
                break;
        }
    }

    private static string LastName(string path) => path[(path.LastIndexOf('#') + 1)..];
}
