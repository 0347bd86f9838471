using System;
using System.Buffers.Binary;
using System.Diagnostics;
using Fact.Component;
using Fact.Component.Plan;
using Fact.Host.Canonical;
using Fact.Host.Engine;
using Fact.Host.Tasks;
using Fact.Ir;
using Wasmtime;
using Trampoline = Fact.Component.Plan.Trampoline;

namespace Fact.Host.Calls;

/// <summary>
/// The built-ins of tasks, waitable sets and threads as core functions. Those of streams, futures and error contexts are <see cref="ChannelFunctions"/>.
/// </summary>
internal static class AsyncBuiltins
{
    /// <summary>The body of a built-in.</summary>
    public static Func<ulong[], ulong[]> Make(ComponentState state, Trampoline trampoline) => trampoline switch
    {
        Trampoline.ContextGet t => _ => [state.Tasks.Thread.Storage[t.Slot]],
        Trampoline.ContextSet t => a => Set(state, t, a[0]),
        Trampoline.Plain t => Plain(state, t),
        Trampoline.TaskReturn t => TaskReturn(state, t),
        Trampoline.SubtaskCancel t => Leaving(state, t.Instance, (inst, a) =>
            [state.Tasks.Wait(thread => TaskBuiltins.CancelSubtask(thread, inst, t.IsAsync, (uint)a[0]))]),
        Trampoline.WaitableSetWait t => Leaving(state, state.Plan.Options[(int)t.Options.Value].Instance, (inst, a) =>
            Told(state, t.Options, a[1], state.Tasks.Wait(thread => WaitableBuiltins.Wait(thread, inst, t.IsCancellable, (uint)a[0])))),
        Trampoline.WaitableSetPoll t => Leaving(state, state.Plan.Options[(int)t.Options.Value].Instance, (inst, a) =>
            Told(state, t.Options, a[1], WaitableBuiltins.Poll(state.Tasks.Thread, inst, t.IsCancellable, (uint)a[0]))),
        Trampoline.ThreadSwitch t => Leaving(state, t.Instance, (inst, a) =>
            [state.Tasks.Wait(thread => ThreadBuiltins.Switch(t.Op, thread, inst, t.IsCancellable, a.Length > 0 ? (uint)a[0] : 0)) ? 1u : 0]),
        Trampoline.ThreadNewIndirect t => Leaving(state, t.Instance, (_, a) => [NewThread(state, t, a)]),
        Trampoline.Stream or Trampoline.StreamCopy or Trampoline.StreamCancel or Trampoline.Future or Trampoline.FutureCopy or Trampoline.FutureCancel
            or Trampoline.ErrorContextNew or Trampoline.ErrorContextDebugMessage or Trampoline.ErrorContextDrop => ChannelFunctions.Make(state, trampoline),
        Trampoline.LowerImport or Trampoline.ResourceNew or Trampoline.ResourceRep or Trampoline.ResourceDrop => throw new UnreachableException(),
    };

    private static ulong[] Set(ComponentState state, Trampoline.ContextSet context, ulong value)
    {
        state.Tasks.Thread.Storage[context.Slot] = value;
        return [];
    }

    /// <summary>A built-in that an instance may only call while it may be left.</summary>
    public static Func<ulong[], ulong[]> Leaving(ComponentState state, InstanceId instance, Func<TaskInstance, ulong[], ulong[]> body)
    {
        var inst = state.Tasks.Instance(instance);
        return arguments =>
        {
            Trampolines.RequireLeave(state, instance);
            return body(inst, arguments);
        };
    }

    private static Func<ulong[], ulong[]> Plain(ComponentState state, Trampoline.Plain trampoline)
    {
        var inst = state.Tasks.Instance(trampoline.Instance);
        return trampoline.Which switch
        {
            PlainBuiltin.BackpressureInc => _ => Nothing(() => inst.AddBackpressure(1)),
            PlainBuiltin.BackpressureDec => _ => Nothing(() => inst.AddBackpressure(-1)),
            PlainBuiltin.BackpressureSet => a => Nothing(() => inst.SetBackpressure((uint)a[0] != 0)),
            var which => Leaving(state, trampoline.Instance, (_, a) => Plain(state, which, inst, a)),
        };
    }

    private static ulong[] Plain(ComponentState state, PlainBuiltin which, TaskInstance inst, ulong[] a) => which switch
    {
        PlainBuiltin.TaskCancel => Nothing(() => TaskBuiltins.Cancel(state.Tasks.Thread.Task)),
        PlainBuiltin.SubtaskDrop => Nothing(() => TaskBuiltins.DropSubtask(inst, (uint)a[0])),
        PlainBuiltin.ErrorContextDrop => Nothing(() => ChannelFunctions.DropErrorContext(inst, (uint)a[0])),
        PlainBuiltin.WaitableSetNew => [WaitableBuiltins.New(inst)],
        PlainBuiltin.WaitableSetDrop => Nothing(() => WaitableBuiltins.Drop(inst, (uint)a[0])),
        PlainBuiltin.WaitableJoin => Nothing(() => WaitableBuiltins.Join(inst, (uint)a[0], (uint)a[1])),
        PlainBuiltin.ThreadIndex => [ThreadBuiltins.Index(state.Tasks.Thread)],
        PlainBuiltin.ThreadResumeLater => Nothing(() => ThreadBuiltins.ResumeLater(inst, (uint)a[0])),
        _ => throw new UnreachableException(),
    };

    private static Func<ulong[], ulong[]> TaskReturn(ComponentState state, Trampoline.TaskReturn trampoline)
    {
        var options = state.Plan.Options[(int)trampoline.Options.Value];
        var returns = TaskReturnOptions.Of(trampoline.Results, options.Options);
        bool Fits(object? lifted) => lifted is TaskReturnOptions other && returns.Fits(other);
        return Leaving(state, options.Instance, (_, a) => Nothing(() => TaskBuiltins.Return(state.Tasks.Thread.Task, Fits, a)));
    }

    /// <summary>Spec: <c>unpack_event</c>.</summary>
    private static ulong[] Told(ComponentState state, OptionsId options, ulong address, GuestEvent told)
    {
        var context = state.Context(state.Plan.Options[(int)options.Value], scope: null);
        context.CheckRange(address, 8, 4, "pointer out of bounds of memory");
        var bytes = context.NeededMemory.Slice(address, 8);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, told.Index);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], told.Payload);
        return [(ulong)told.Code];
    }

    /// <summary>Spec: <c>canon_thread_new_indirect</c>.</summary>
    private static uint NewThread(ComponentState state, Trampoline.ThreadNewIndirect trampoline, ulong[] a)
    {
        var table = (Table)state.Core.Resolve(trampoline.Table);
        if ((uint)a[0] >= table.GetSize())
            throw new TrapSignal("unknown thread start function: index out of bounds");
        if (table.GetElement((uint)a[0]) is not Function { IsNull: false } function)
            throw new TrapSignal("unknown thread start function: uninitialized element");
        var type = new CoreFuncType([trampoline.CoreType.Params[1]], []);
        var start = CoreFunction.Of(function);
        if (!start.Type.Equals(type))
            throw new TrapSignal("thread start function has the wrong type");
        return ThreadBuiltins.New(state.Tasks.Thread.Task, () => state.Tasks.Core(function, type)([a[1]]));
    }

    internal static ulong[] Nothing(Action act)
    {
        act();
        return [];
    }
}
