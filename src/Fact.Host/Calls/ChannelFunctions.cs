using System;
using System.Diagnostics;
using Fact.Component;
using Fact.Component.Plan;
using Fact.Host.Canonical;
using Fact.Host.Tasks;
using Fact.Ir;
using Trampoline = Fact.Component.Plan.Trampoline;

namespace Fact.Host.Calls;

/// <summary>The built-ins of streams, futures and error contexts as core functions.</summary>
internal static class ChannelFunctions
{
    /// <summary>The longest debug message that is kept, in bytes of UTF-8 as a guest has it.</summary>
    private const int MaxMessage = 1 << 16;

    /// <summary>The body of a built-in.</summary>
    public static Func<ulong[], ulong[]> Make(ComponentState state, Trampoline trampoline) => trampoline switch
    {
        Trampoline.Stream t => End(state, true, t.Op, t.Table.Value, state.AsyncValues.Of(t.Table)),
        Trampoline.StreamCopy t => Copy(state, new(true, t.Op == CopyOp.Read), t.Table.Value, state.AsyncValues.Of(t.Table), t.Options),
        Trampoline.StreamCancel t => Cancel(state, new(true, t.Op == CopyOp.Read), t.Table.Value, state.AsyncValues.Of(t.Table), t.IsAsync),
        Trampoline.Future t => End(state, false, t.Op, t.Table.Value, state.AsyncValues.Of(t.Table)),
        Trampoline.FutureCopy t => Copy(state, new(false, t.Op == CopyOp.Read), t.Table.Value, state.AsyncValues.Of(t.Table), t.Options),
        Trampoline.FutureCancel t => Cancel(state, new(false, t.Op == CopyOp.Read), t.Table.Value, state.AsyncValues.Of(t.Table), t.IsAsync),
        Trampoline.ErrorContextNew t => AsyncBuiltins.Leaving(state, InstanceOf(state, t.Table), (inst, a) => [NewErrorContext(state, t, inst, a)]),
        Trampoline.ErrorContextDebugMessage t => AsyncBuiltins.Leaving(state, InstanceOf(state, t.Table), (_, a) => DebugMessage(state, t, a)),
        Trampoline.ErrorContextDrop t => AsyncBuiltins.Leaving(state, InstanceOf(state, t.Table), (inst, a) =>
        {
            DropErrorContext(inst, (uint)a[0]);
            return [];
        }),
        _ => throw new UnreachableException(),
    };

    private static InstanceId InstanceOf(ComponentState state, ErrorContextTableId table) => state.Plan.Tables.ErrorContextTables[(int)table.Value];

    private static Func<ulong[], ulong[]> End(
        ComponentState state, bool isStream, EndOp op, uint table, ChannelTable type) => AsyncBuiltins.Leaving(state, type.Instance, (inst, a) =>
    {
        switch (op)
        {
            case EndOp.New:
                return [ChannelBuiltins.New(inst, isStream, table, AsyncValues.IsNumeric(type.Element))];
            case EndOp.DropReadable or EndOp.DropWritable:
                ChannelBuiltins.Drop(inst, new(isStream, op == EndOp.DropReadable), table, (uint)a[0]);
                return [];
            case EndOp.Forward:
                ChannelBuiltins.Forward(inst, isStream, table, (uint)a[0], (uint)a[1]);
                return [];
            default:
                throw new UnreachableException();
        }
    });

    private static Func<ulong[], ulong[]> Copy(ComponentState state, EndKind kind, uint table, ChannelTable type, OptionsId id)
    {
        var options = state.Plan.Options[(int)id.Value];
        bool isAsync = options.Options.Async;
        return AsyncBuiltins.Leaving(state, type.Instance, (inst, a) =>
        {
            var end = ChannelBuiltins.GetIdle(inst, kind, table, (uint)a[0], isAsync);
            var context = state.Context(options, scope: null);
            uint count = kind.IsStream ? (uint)a[2] : 1;
            ICopyBuffer buffer = kind.IsReadable ? new GuestDestination(context, type.Element, a[1], count) : new GuestSource(context, type.Element, a[1], count);
            return [state.Tasks.Wait(thread => ChannelBuiltins.Copy(thread, inst, end, isAsync, buffer))];
        });
    }

    private static Func<ulong[], ulong[]> Cancel(
        ComponentState state, EndKind kind, uint table, ChannelTable type, bool isAsync) => AsyncBuiltins.Leaving(state, type.Instance, (inst, a) =>
        [state.Tasks.Wait(thread => ChannelBuiltins.Cancel(thread, inst, kind, table, (uint)a[0], isAsync))]);

    /// <summary>Spec: <c>canon_error_context_new</c>. The message is kept, so that people can read it, up to a length.</summary>
    private static uint NewErrorContext(ComponentState state, Trampoline.ErrorContextNew trampoline, TaskInstance inst, ulong[] a)
    {
        string message = new Lifter(state.Context(state.Plan.Options[(int)trampoline.Options.Value], scope: null)).String(a[0], a[1]);
        return inst.Handles.Add(new ErrorContextHandle(message.Length <= MaxMessage ? message : ""));
    }

    /// <summary>Spec: <c>canon_error_context_debug_message</c>.</summary>
    private static ulong[] DebugMessage(ComponentState state, Trampoline.ErrorContextDebugMessage trampoline, ulong[] a)
    {
        var context = state.Context(state.Plan.Options[(int)trampoline.Options.Value], scope: null);
        string message = state.AsyncValues.Lift(trampoline.Table, (uint)a[0]).DebugMessage;
        context.CheckRange(a[1], 2 * (ulong)context.PtrSize, (uint)context.PtrSize, "invalid debug message pointer: out of bounds");
        new Lowerer(context).String(a[1], message);
        return [];
    }

    /// <summary>Spec: <c>canon_error_context_drop</c>.</summary>
    public static void DropErrorContext(TaskInstance inst, uint index)
    {
        if (inst.Handles.Get(index) is not ErrorContextHandle)
            throw Handles.WrongKind(index, "an error context");
        inst.Handles.Remove(index);
    }
}
