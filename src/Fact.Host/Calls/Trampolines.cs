using System;
using Fact.Component;
using Fact.Component.Plan;
using Fact.Host.Engine;
using Fact.Ir;
using Wasmtime;
using Trampoline = Fact.Component.Plan.Trampoline;

namespace Fact.Host.Calls;

/// <summary>The core functions that components get from the host: lowered imports and canonical built-ins.</summary>
internal static class Trampolines
{
    /// <summary>Makes one.</summary>
    public static Function Make(ComponentState state, TrampolineId id)
    {
        var trampoline = state.Plan.Trampolines[(int)id.Value];
        if (state.Runtime is { } runtime && PlanHandles.Builtin(trampoline) is { } builtin)
            return runtime.Func(builtin.Name);
        if (trampoline is Trampoline.LowerImport import && DirectImport.Of(state, import, state.Component.ImportLayouts[id.Value]!) is { } direct)
            return state.Functions.Define(trampoline.CoreType, direct.Call);
        return state.Functions.Define(trampoline.CoreType, Body(state, id, trampoline));
    }

    private static Func<ulong[], ulong[]> Body(ComponentState state, TrampolineId id, Trampoline trampoline) => trampoline switch
    {
        Trampoline.LowerImport t => ImportCall.Body(state, t, state.Component.ImportLayouts[id.Value]!),
        Trampoline.ResourceNew t => a => New(state, t, a[0]),
        Trampoline.ResourceRep t => a => [OrTrap(state.Tables.Rep(t.Table, (uint)a[0]))],
        Trampoline.ResourceDrop t => a => Drop(state, t, (uint)a[0]),
        Trampoline.ContextGet or Trampoline.ContextSet or Trampoline.Plain or Trampoline.TaskReturn or Trampoline.SubtaskCancel
            or Trampoline.Stream or Trampoline.StreamCopy or Trampoline.StreamCancel
            or Trampoline.Future or Trampoline.FutureCopy or Trampoline.FutureCancel
            or Trampoline.ErrorContextNew or Trampoline.ErrorContextDebugMessage or Trampoline.ErrorContextDrop
            or Trampoline.WaitableSetWait or Trampoline.WaitableSetPoll
            or Trampoline.ThreadSwitch or Trampoline.ThreadNewIndirect => AsyncBuiltins.Make(state, trampoline),
    };

    private static ulong[] New(ComponentState state, Trampoline.ResourceNew resource, ulong representation)
    {
        RequireLeave(state, state.Tables.InstanceOf(resource.Table));
        return [OrTrap(state.Tables.New(resource.Table, representation))];
    }

    private static ulong[] Drop(ComponentState state, Trampoline.ResourceDrop resource, uint handle)
    {
        var instance = state.Tables.InstanceOf(resource.Table);
        RequireLeave(state, instance);
        Destructors.Finish(state, OrTrap(state.Tables.Drop(resource.Table, handle)), instance);
        // The drop action of the host may have called back into the component.
        state.RequireAlive();
        return [];
    }

    /// <summary>Traps unless an instance may be left. Spec: the first line of most built-ins.</summary>
    internal static void RequireLeave(ComponentState state, InstanceId instance)
    {
        if (!state.Flags.CanLeave(instance))
            throw new TrapSignal("cannot leave component instance");
    }

    internal static T OrTrap<T>(LanguageExt.Either<Trap, T> result) => result.IfLeft(trap => throw new TrapSignal(trap));
}
