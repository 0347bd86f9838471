using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Fact.Component.Plan;
using Fact.Ir;
using Fact.Values;

namespace Fact.Host.Linking;

/// <summary>What people call the things of a plan.</summary>
internal sealed class PlanNames
{
    private readonly LinkPlan plan;
    private readonly Dictionary<RuntimeResourceId, string> exported = [];
    private readonly Dictionary<ComponentFuncType, string> types = [];

    public PlanNames(LinkPlan plan)
    {
        this.plan = plan;
        NameExports(plan.Exports, []);
    }

    /// <summary>An imported thing: <c>name</c>, or <c>instance#name</c>.</summary>
    public string Import(ImportedItemId id) => plan.ImportName(id);

    /// <summary>All that a host must give, whether something uses it or not: functions, core modules, resource types, also those in imported instances.</summary>
    public IEnumerable<(string Name, PlanExtern Type)> AllImports() => plan.Imports.Items.SelectMany(i => Leaves(i.Name, i.Extern));

    /// <summary>The instances among the imports, and the instances in them.</summary>
    public IEnumerable<string> ImportedInstances() => plan.Imports.Items.SelectMany(i => Instances(i.Name, i.Extern));

    private IEnumerable<string> Instances(string name, PlanExtern type) =>
        type is PlanExtern.Instance instance ? [name, .. ExportsOf(instance).SelectMany(e => Instances(name + "#" + e.Name, e.Extern))] : [];

    private IEnumerable<(string Name, PlanExtern Type)> Leaves(string name, PlanExtern type) => type switch
    {
        PlanExtern.Instance instance => ExportsOf(instance).SelectMany(e => Leaves(name + "#" + e.Name, e.Extern)),
        PlanExtern.Func or PlanExtern.CoreModule or PlanExtern.Type { Bound: PlanType.Resource } => [(name, type)],
        PlanExtern.Type or PlanExtern.Component => [],
    };

    /// <summary>A resource type: what the root exports it as, else what the plan calls it.</summary>
    public string Resource(RuntimeResourceId id) =>
        exported.GetValueOrDefault(id) ?? plan.Tables.Resources[(int)id.Value].Name ?? FormattableString.Invariant($"resource{id.Value}");

    /// <summary>A function type, in the manner of WIT.</summary>
    public string Type(ComponentFuncType type)
    {
        lock (types)
        {
            if (!types.TryGetValue(type, out string? text))
                types.Add(type, text = TypeText.Of(type, plan.Tables.ResourceNames(Resource)));
            return text;
        }
    }

    private ImmutableArray<NamedExtern> ExportsOf(PlanExtern.Instance instance) => plan.InstanceTypes[(int)instance.Id.Value].Items;

    private void NameExports(EquatableArray<PlanExport> exports, HashSet<ExportedInstanceId> seen)
    {
        foreach (var export in exports)
        {
            if (export.Item is ExportItem.Instance(var id) && seen.Add(id))
                NameExports(plan.ExportedInstances[(int)id.Value], seen);
            else if (export.Item is ExportItem.Type { Bound: PlanType.Resource resource })
                exported.TryAdd(resource.Id, export.Name);
        }
    }
}
