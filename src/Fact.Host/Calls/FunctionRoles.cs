using System.Linq;
using Fact.Component.Plan;
using Fact.Ir;

namespace Fact.Host.Calls;

/// <summary>
/// Tells apart what adapters call one core function for. An adapter module imports a function once, whatever it is called for; but a host that gives
/// every call storage of its own must know whether a callee, an allocator or a post-return function is called. So it names the function by another number
/// for each of these.
/// </summary>
internal static class FunctionRoles
{
    private const uint Callee = 0, Realloc = 1, PostReturn = 2;

    /// <summary>The adapters of each module. Where the component can see the difference, their functions have a number for each role.</summary>
    public static EquatableArray<EquatableArray<Adapter>> Adapters(LinkPlan plan)
    {
        bool apart = TaskStorage.IsUsedBy(plan);
        return plan.AdapterModules.Items.Select(m => apart ? m.Adapters.Items.Select(a => Apart(plan, a)).ToEquatableArray() : m.Adapters).ToEquatableArray();
    }

    /// <summary>The plan's own number of a function that an adapter module imports.</summary>
    public static CoreFuncId Of(LinkPlan plan, CoreFuncId id) => new(id.Value % (uint)plan.CoreFuncs.Length);

    private static Adapter Apart(LinkPlan plan, Adapter adapter) => adapter with
    {
        Callee = As(plan, adapter.Callee, Callee),
        Lift = Apart(plan, adapter.Lift),
        Lower = Apart(plan, adapter.Lower),
    };

    private static AdapterSide Apart(LinkPlan plan, AdapterSide side) => side with
    {
        Options = side.Options with
        {
            Realloc = side.Options.Realloc is { } realloc ? As(plan, realloc, Realloc) : null,
            PostReturn = side.Options.PostReturn is { } postReturn ? As(plan, postReturn, PostReturn) : null,
        },
    };

    private static CoreFuncId As(LinkPlan plan, CoreFuncId id, uint role) => new(id.Value + (role * (uint)plan.CoreFuncs.Length));
}
