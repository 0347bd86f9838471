using System;
using System.Diagnostics;
using Fact.Component.Ast;
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
        string name = Name(trampoline);
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
        Trampoline.LowerImport or Trampoline.AlwaysTrap or Trampoline.ResourceNew or Trampoline.ResourceRep or Trampoline.ResourceDrop
            or Trampoline.ContextGet or Trampoline.ContextSet => throw new UnreachableException(),
    };

    private static InstanceId OptionsInstance(LinkPlan plan, OptionsId id) => plan.Options[(int)id.Value].Instance;

    private static string Name(Trampoline trampoline) => trampoline switch
    {
        Trampoline.Plain t => Name(t.Which),
        Trampoline.TaskReturn => "task.return",
        Trampoline.SubtaskCancel => "subtask.cancel",
        Trampoline.Stream t => "stream." + Name(t.Op),
        Trampoline.StreamCopy t => "stream." + Name(t.Op),
        Trampoline.StreamCancel t => "stream.cancel-" + Name(t.Op),
        Trampoline.Future t => "future." + Name(t.Op),
        Trampoline.FutureCopy t => "future." + Name(t.Op),
        Trampoline.FutureCancel t => "future.cancel-" + Name(t.Op),
        Trampoline.ErrorContextNew => "error-context.new",
        Trampoline.ErrorContextDebugMessage => "error-context.debug-message",
        Trampoline.ErrorContextDrop => "error-context.drop",
        Trampoline.WaitableSetWait => "waitable-set.wait",
        Trampoline.WaitableSetPoll => "waitable-set.poll",
        Trampoline.ThreadSwitch t => Name(t.Op),
        Trampoline.ThreadNewIndirect => "thread.new-indirect",
        Trampoline.LowerImport or Trampoline.AlwaysTrap or Trampoline.ResourceNew or Trampoline.ResourceRep or Trampoline.ResourceDrop
            or Trampoline.ContextGet or Trampoline.ContextSet => throw new UnreachableException(),
    };

    private static string Name(PlainBuiltin builtin) => builtin switch
    {
        PlainBuiltin.TaskCancel => "task.cancel",
        PlainBuiltin.BackpressureSet => "backpressure.set",
        PlainBuiltin.SubtaskDrop => "subtask.drop",
        PlainBuiltin.ErrorContextDrop => "error-context.drop",
        PlainBuiltin.WaitableSetNew => "waitable-set.new",
        PlainBuiltin.WaitableSetDrop => "waitable-set.drop",
        PlainBuiltin.WaitableJoin => "waitable.join",
        PlainBuiltin.BackpressureInc => "backpressure.inc",
        PlainBuiltin.BackpressureDec => "backpressure.dec",
        PlainBuiltin.ThreadIndex => "thread.index",
        PlainBuiltin.ThreadResumeLater => "thread.resume-later",
        _ => throw new UnreachableException(),
    };

    private static string Name(EndOp op) => op switch
    {
        EndOp.New => "new",
        EndOp.DropReadable => "drop-readable",
        EndOp.DropWritable => "drop-writable",
        _ => throw new UnreachableException(),
    };

    private static string Name(CopyOp op) => op == CopyOp.Read ? "read" : "write";

    private static string Name(ThreadSwitchOp op) => op switch
    {
        ThreadSwitchOp.Yield => "thread.yield",
        ThreadSwitchOp.Suspend => "thread.suspend",
        ThreadSwitchOp.SuspendThenResume => "thread.suspend-then-resume",
        ThreadSwitchOp.YieldThenResume => "thread.yield-then-resume",
        ThreadSwitchOp.SuspendThenPromote => "thread.suspend-then-promote",
        ThreadSwitchOp.YieldThenPromote => "thread.yield-then-promote",
        _ => throw new UnreachableException(),
    };
}
