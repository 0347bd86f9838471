using System;
using System.Diagnostics;
using Fact.Component.Plan;
using Fact.Host.Linking;
using Fact.Ir;
using Trampoline = Fact.Component.Plan.Trampoline;

namespace Fact.Host.Calls;

/// <summary>
/// The built-ins of asynchronous components. This host links them, so that components which have them for other callers run, and traps when one is called; but what
/// is wrong in any host is said first.
/// </summary>
internal static class AsyncBuiltins
{
    /// <summary>The body of such a built-in.</summary>
    public static Func<ulong[], ulong[]> Refuse(ComponentState state, Trampoline trampoline)
    {
        var instance = Instance(state.Plan, trampoline);
        string name = TrampolineNames.Of(trampoline);
        return _ =>
        {
            Trampolines.RequireLeave(state, instance);
            throw new TrapSignal("async built-in not supported by this host: " + name);
        };
    }

    private static InstanceId Instance(LinkPlan plan, Trampoline trampoline) => trampoline switch
    {
        Trampoline.Plain t => t.Instance,
        Trampoline.TaskReturn t => OptionsInstance(plan, t.Options),
        Trampoline.SubtaskCancel t => t.Instance,
        Trampoline.Stream t => plan.Tables.StreamTables[(int)t.Table.Value].Instance,
        Trampoline.StreamCopy t => plan.Tables.StreamTables[(int)t.Table.Value].Instance,
        Trampoline.StreamCancel t => plan.Tables.StreamTables[(int)t.Table.Value].Instance,
        Trampoline.Future t => plan.Tables.FutureTables[(int)t.Table.Value].Instance,
        Trampoline.FutureCopy t => plan.Tables.FutureTables[(int)t.Table.Value].Instance,
        Trampoline.FutureCancel t => plan.Tables.FutureTables[(int)t.Table.Value].Instance,
        Trampoline.ErrorContextNew t => plan.Tables.ErrorContextTables[(int)t.Table.Value],
        Trampoline.ErrorContextDebugMessage t => plan.Tables.ErrorContextTables[(int)t.Table.Value],
        Trampoline.ErrorContextDrop t => plan.Tables.ErrorContextTables[(int)t.Table.Value],
        Trampoline.WaitableSetWait t => OptionsInstance(plan, t.Options),
        Trampoline.WaitableSetPoll t => OptionsInstance(plan, t.Options),
        Trampoline.ThreadSwitch t => t.Instance,
        Trampoline.ThreadNewIndirect t => t.Instance,
        Trampoline.LowerImport or Trampoline.ResourceNew or Trampoline.ResourceRep or Trampoline.ResourceDrop
            or Trampoline.ContextGet or Trampoline.ContextSet => throw new UnreachableException(),
    };

    private static InstanceId OptionsInstance(LinkPlan plan, OptionsId id) => plan.Options[(int)id.Value].Instance;
}
