using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Component.Plan;
using Fact.Ir;

namespace Fact.Host.Calls;

/// <summary>
/// Tells apart what adapters call one core function for. An adapter module imports a function once, whatever it is called for; but a host that gives
/// every call a task of its own must know whether an allocator, a post-return function or a callee is called, and of what instance and type that is. So it
/// names the function by another number
/// for each of these.
/// </summary>
/// <param name="plan">The plan.</param>
/// <param name="reentrance">The rule of reentrance.</param>
internal sealed class FunctionRoles(LinkPlan plan, Reentrance reentrance)
{
    // What the host itself calls for an adapter has the plan's own number.
    private const uint Realloc = 1, PostReturn = 2, FirstCallee = 3;

    private readonly Lazy<HashSet<string>> asyncTypes = new(() => [.. plan.Adapters.Items.Where(a => a.Adapter.Lift.Type.Async).Select(a => a.Adapter.Name)]);
    private readonly List<AdapterSide> lifts = [];
    private readonly Dictionary<(InstanceId Instance, bool AsyncType), uint> roles = [];

    /// <summary>The adapters of each module. Where the component can see its tasks, their functions have a number for each role.</summary>
    public EquatableArray<EquatableArray<Adapter>> Adapters()
    {
        bool apart = TaskCalls.IsUsedBy(plan);
        return plan.AdapterModules.Items.Select(m => apart ? m.Adapters.Items.Select(Apart).ToEquatableArray() : m.Adapters).ToEquatableArray();
    }

    /// <summary>The plan's own number of a function that an adapter module imports.</summary>
    public CoreFuncId Of(CoreFuncId id) => new(id.Value % (uint)plan.CoreFuncs.Length);

    /// <summary>The callee's side of synchronous adapters that call a function; null where the host calls it.</summary>
    public AdapterSide? LiftOf(CoreFuncId id) => id.Value / (uint)plan.CoreFuncs.Length is var role and >= FirstCallee ? lifts[(int)(role - FirstCallee)] : null;

    /// <summary>Whether the type of the function that an adapter calls is async, by the name of the adapter.</summary>
    public bool IsAsync(string adapter) => asyncTypes.Value.Contains(adapter);

    /// <summary>Whether a post-return function is called by an adapter whose callee has a task of its own, which it is part of.</summary>
    public bool IsApart(CoreFuncId postReturn) => postReturn.Value / (uint)plan.CoreFuncs.Length == PostReturn;

    /// <summary>
    /// Whether an adapter between synchronous sides is, as a whole, what the task of its callee does: where that has to wait until it may enter its instance, nothing
    /// is lifted before. In components of the age of the older rule of reentrance adapters have to look whether they may enter first.
    /// </summary>
    public bool IsTask(Adapter adapter) =>
        adapter is { Lift.Options.Async: false, Lower.Options.Async: false, Lift.Type.Async: true } && reentrance != Reentrance.Trap && TaskCalls.IsUsedBy(plan);

    private Adapter Apart(Adapter adapter)
    {
        bool byHost = adapter.Lift.Options.Async || adapter.Lower.Options.Async || IsTask(adapter);
        return adapter with
        {
            Callee = byHost ? adapter.Callee : As(adapter.Callee, FirstCallee + RoleOf(adapter.Lift)),
            Lift = Apart(adapter.Lift, byHost),
            Lower = Apart(adapter.Lower, byHost: true),
        };
    }

    private uint RoleOf(AdapterSide lift)
    {
        var key = (lift.Instance.Id, lift.Type.Async);
        if (!roles.TryGetValue(key, out uint role))
        {
            roles.Add(key, role = (uint)lifts.Count);
            lifts.Add(lift);
        }
        return role;
    }

    private AdapterSide Apart(AdapterSide side, bool byHost) => side with
    {
        Options = side.Options with
        {
            Realloc = side.Options.Realloc is { } realloc ? As(realloc, Realloc) : null,
            PostReturn = side.Options.PostReturn is { } postReturn && !byHost ? As(postReturn, PostReturn) : side.Options.PostReturn,
        },
    };

    private CoreFuncId As(CoreFuncId id, uint role) => new(id.Value + (role * (uint)plan.CoreFuncs.Length));
}
