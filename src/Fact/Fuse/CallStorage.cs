using System.Collections.Generic;
using System.Linq;
using Fact.Component.Plan;
using Fact.Ir;
using static Fact.Ir.EquatableArray;
using Trampoline = Fact.Component.Plan.Trampoline;

namespace Fact.Fuse;

/// <summary>
/// Storage of calls, where a component asks for it. An adapter module imports a function once, whatever it calls it for; here an allocator, a post-return function and
/// a lifted function must be told apart, so each has a number of its own.
/// </summary>
internal sealed class CallStorage
{
    private readonly Dictionary<(CoreFuncId, Purpose), CoreFuncId> apart = [];
    private readonly Dictionary<Adapter, Adapter> adapters = new(ReferenceEqualityComparer.Instance);
    private readonly List<CoreDef> funcs;

    private CallStorage(LinkPlan plan) => funcs = [.. plan.CoreFuncs];

    private enum Purpose
    {
        Realloc,
        PostReturn,
    }

    /// <summary>Whether a component asks for storage.</summary>
    public static bool IsUsed(LinkPlan plan) => plan.Trampolines.Items.Any(trampoline => trampoline is Trampoline.ContextGet or Trampoline.ContextSet);

    /// <summary>The plan, and adapters for its border, with a number for each thing that adapters call a core function for, where it matters.</summary>
    public static (LinkPlan Plan, EquatableArray<EquatableArray<Adapter>> Border) Separate(LinkPlan plan, EquatableArray<EquatableArray<Adapter>> border) =>
        IsUsed(plan) ? new CallStorage(plan).Run(plan, border) : (plan, border);

    private (LinkPlan Plan, EquatableArray<EquatableArray<Adapter>> Border) Run(LinkPlan plan, EquatableArray<EquatableArray<Adapter>> border)
    {
        border = border.Items.Select(module => module.Items.Select(Apart).ToEquatableArray()).ToEquatableArray();
        var planned = plan.Adapters.Items.Select(adapter => adapter with { Adapter = Apart(adapter.Adapter) }).ToEquatableArray();
        var modules = plan.AdapterModules.Items.Select(module => module with { Adapters = module.Adapters.Items.Select(Apart).ToEquatableArray() }).ToEquatableArray();
        return (plan with { Adapters = planned, AdapterModules = modules, CoreFuncs = funcs.ToEquatableArray() }, border);
    }

    private Adapter Apart(Adapter adapter)
    {
        if (!adapters.TryGetValue(adapter, out var known))
            adapters.Add(adapter, known = adapter with { Lift = Apart(adapter.Lift), Lower = Apart(adapter.Lower) });
        return known;
    }

    private AdapterSide Apart(AdapterSide side) => side with
    {
        Options = side.Options with { Realloc = Apart(side.Options.Realloc, Purpose.Realloc), PostReturn = Apart(side.Options.PostReturn, Purpose.PostReturn) },
    };

    private CoreFuncId? Apart(CoreFuncId? func, Purpose purpose)
    {
        // The border's own functions have numbers that no plan has, and nothing is kept for calls of them.
        if (func is not { } id || id.Value >= (uint)funcs.Count)
            return func;
        if (!apart.TryGetValue((id, purpose), out var known))
        {
            apart.Add((id, purpose), known = new CoreFuncId((uint)funcs.Count));
            funcs.Add(funcs[(int)id.Value]);
        }
        return known;
    }
}
