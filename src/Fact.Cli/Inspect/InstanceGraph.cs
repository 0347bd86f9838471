using System.Collections.Generic;
using Fact.Component.Plan;
using Fact.Ir;

namespace Fact.Cli.Inspect;

/// <summary>The calls of one component instance to another that go through adapters.</summary>
/// <param name="Caller">Who calls.</param>
/// <param name="Callee">Who is called.</param>
/// <param name="Adapters">The adapters, by their positions in the report.</param>
internal sealed record CallGroup(uint Caller, uint Callee, EquatableArray<int> Adapters);

/// <summary>Who calls whom: the component instances that take part in calls, with the adapters between them, and what they have to do with the host.</summary>
/// <param name="Instances">The component instances that call, are called, or have to do with the host, by number.</param>
/// <param name="Groups">Their calls of one another, in the order of the first adapter of each.</param>
/// <param name="Exports">What an instance exports to the host, of those that do.</param>
/// <param name="Imports">What an instance calls of the host, of those that do.</param>
internal sealed record InstanceGraph(
    EquatableArray<uint> Instances,
    EquatableArray<CallGroup> Groups,
    IReadOnlyDictionary<uint, List<string>> Exports,
    IReadOnlyDictionary<uint, List<string>> Imports)
{
    /// <summary>The graph of a component.</summary>
    public static InstanceGraph Of(LinkPlan plan, ReportNames names, IReadOnlyList<AdapterReport> adapters)
    {
        var groups = new OrderedDictionary<(uint, uint), List<int>>();
        for (int i = 0; i < adapters.Count; i++)
        {
            var key = (adapters[i].Adapter.Lower.Instance.Id.Value, adapters[i].Adapter.Lift.Instance.Id.Value);
            groups.TryAdd(key, []);
            groups[key].Add(i);
        }
        var exports = new Dictionary<uint, List<string>>();
        Collect(plan, plan.Exports, "", [], exports);
        var imports = new Dictionary<uint, List<string>>();
        foreach (var trampoline in plan.Trampolines)
        {
            if (trampoline is Trampoline.LowerImport lower)
                Add(imports, plan.Options[(int)lower.Options.Value].Instance.Value, names.Import(lower.Import));
        }
        var instances = new SortedSet<uint>([.. exports.Keys, .. imports.Keys]);
        var calls = new List<CallGroup>(groups.Count);
        foreach (var ((caller, callee), of) in groups)
        {
            instances.Add(caller);
            instances.Add(callee);
            calls.Add(new(caller, callee, of.ToEquatableArray()));
        }
        return new(instances.ToEquatableArray(), calls.ToEquatableArray(), exports, imports);
    }

    // An instance that is exported several times is listed by its first name. They nest no deeper than the checker lets their types.
    private static void Collect(LinkPlan plan, EquatableArray<PlanExport> from, string prefix, HashSet<uint> seen, Dictionary<uint, List<string>> exports)
    {
        foreach (var export in from)
        {
            string name = prefix + Printable.Short(export.Name);
            if (export.Item is ExportItem.Func func)
                Add(exports, plan.Options[(int)func.Options.Value].Instance.Value, name);
            else if (export.Item is ExportItem.Instance(var id) && seen.Add(id.Value))
                Collect(plan, plan.ExportedInstances[(int)id.Value], name + "#", seen, exports);
        }
    }

    private static void Add(Dictionary<uint, List<string>> lists, uint instance, string name)
    {
        if (!lists.TryGetValue(instance, out var list))
            lists.Add(instance, list = []);
        list.Add(name);
    }
}
