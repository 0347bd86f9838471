using System;
using Fact.Component.Plan;
using Fact.Host.Engine;
using Fact.Host.Linking;
using Fact.Ir;
using Wasmtime;

namespace Fact.Host.Calls;

/// <summary>The core functions that components get from the host: lowered imports and canonical built-ins.</summary>
internal static class Trampolines
{
    /// <summary>Makes one.</summary>
    public static Function Make(ComponentState state, TrampolineId id)
    {
        var trampoline = state.Plan.Trampolines[(int)id.Value];
        return CoreValues.Define(state.Store, trampoline.CoreType, Body(state, id, trampoline));
    }

    private static Func<ulong[], ulong[]> Body(ComponentState state, TrampolineId id, Trampoline trampoline) => trampoline switch
    {
        Trampoline.LowerImport t => ImportCall.Body(state, t, state.Component.ImportLayouts[id.Value]!),
        Trampoline.AlwaysTrap => _ => throw new TrapSignal("degenerate component adapter called: a function was lowered by the component instance that lifted it"),
        Trampoline.ResourceNew t => a =>
        {
            RequireLeave(state, state.Resources.InstanceOf(t.Table));
            return [OrTrap(state.Resources.New(t.Table, a[0]))];
        },
        Trampoline.ResourceRep t => a => [OrTrap(state.Resources.Rep(t.Table, (uint)a[0]))],
        Trampoline.ResourceDrop t => a =>
        {
            var instance = state.Resources.InstanceOf(t.Table);
            RequireLeave(state, instance);
            Destructors.Finish(state, OrTrap(state.Resources.Drop(t.Table, (uint)a[0])), instance);
            return [];
        },
        Trampoline.Plain t => Unsupported(t.Which.ToString()),
        Trampoline.TaskReturn => Unsupported("task.return"),
        Trampoline.ContextGet => Unsupported("context.get"),
        Trampoline.ContextSet => Unsupported("context.set"),
        Trampoline.SubtaskCancel => Unsupported("subtask.cancel"),
        Trampoline.Stream t => Unsupported("stream." + t.Op),
        Trampoline.StreamCopy t => Unsupported("stream." + t.Op),
        Trampoline.StreamCancel t => Unsupported("stream.cancel-" + t.Op),
        Trampoline.Future t => Unsupported("future." + t.Op),
        Trampoline.FutureCopy t => Unsupported("future." + t.Op),
        Trampoline.FutureCancel t => Unsupported("future.cancel-" + t.Op),
        Trampoline.ErrorContextNew => Unsupported("error-context.new"),
        Trampoline.ErrorContextDebugMessage => Unsupported("error-context.debug-message"),
        Trampoline.ErrorContextDrop => Unsupported("error-context.drop"),
        Trampoline.WaitableSetWait => Unsupported("waitable-set.wait"),
        Trampoline.WaitableSetPoll => Unsupported("waitable-set.poll"),
        Trampoline.ThreadSwitch t => Unsupported(t.Op.ToString()),
        Trampoline.ThreadNewIndirect => Unsupported("thread.new-indirect"),
    };

    /// <summary>Traps unless an instance may be left. Spec: the first line of most built-ins.</summary>
    internal static void RequireLeave(ComponentState state, InstanceId instance)
    {
        if (!state.Flags.CanLeave(instance))
            throw new TrapSignal("cannot leave component instance");
    }

    internal static T OrTrap<T>(LanguageExt.Either<Trap, T> result) => result.IfLeft(trap => throw new TrapSignal(trap));

    private static Func<ulong[], ulong[]> Unsupported(string name) =>
        _ => throw new TrapSignal("async built-in not supported by this host: " + name);
}
