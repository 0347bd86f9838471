using System;

namespace Fact.Host.Tasks;

/// <summary>The built-ins of streams and futures. All have checked <c>may_leave</c> before.</summary>
internal static class ChannelBuiltins
{
    /// <summary>The greatest number of elements of a copy. Spec: <c>Buffer.MAX_LENGTH</c>.</summary>
    public const uint MaxLength = (1 << 28) - 1;

    /// <summary>Spec: <c>canon_stream_new</c>, <c>canon_future_new</c>.</summary>
    /// <param name="inst">The instance.</param>
    /// <param name="isStream">Whether it is a stream.</param>
    /// <param name="table">The table of the type.</param>
    /// <param name="numeric">Whether its elements are numbers, or there are none.</param>
    /// <returns>The handles of the readable end and, in the upper half, the writable one.</returns>
    public static ulong New(TaskInstance inst, bool isStream, uint table, bool numeric)
    {
        Channel shared = isStream ? new SharedStream(numeric) : new SharedFuture(numeric);
        ulong readable = new CopyEnd(new(isStream, IsReadable: true), shared, table).EnterInto(inst);
        ulong writable = new CopyEnd(new(isStream, IsReadable: false), shared, table).EnterInto(inst);
        return readable | (writable << 32);
    }

    /// <summary>Finds the end that a copy is about, and says why it cannot be copied. Spec: the first lines of <c>stream_copy</c> and <c>future_copy</c>.</summary>
    public static CopyEnd GetIdle(TaskInstance inst, EndKind kind, uint table, uint index, bool isAsync)
    {
        var end = GetEnd(inst, kind, table, index);
        if (end.Copying)
            throw new TrapSignal("cannot have concurrent operations active on a future/stream");
        if (end.State == CopyState.Done)
            throw new TrapSignal(AfterEnd(kind));
        end.RequireNotInSet(isAsync);
        return end;
    }

    private static string AfterEnd(EndKind kind) => (kind.IsStream, kind.IsReadable) switch
    {
        (true, true) => "cannot read from stream after being notified that the writable end dropped",
        (true, false) => "cannot write to stream after being notified that the readable end dropped",
        (false, true) => "cannot read from future after previous read succeeded",
        (false, false) => "cannot write to future after previous write succeeded or readable end dropped",
    };

    /// <summary>Spec: <c>stream_copy</c>, <c>future_copy</c>.</summary>
    /// <param name="thread">The current thread.</param>
    /// <param name="inst">Its instance.</param>
    /// <param name="end">What <see cref="GetIdle"/> found.</param>
    /// <param name="isAsync">Whether it returns without waiting.</param>
    /// <param name="buffer">Where elements come from or go to.</param>
    public static async Flow<uint> Copy(GuestThread thread, TaskInstance inst, CopyEnd end, bool isAsync, ICopyBuffer buffer)
    {
        var copy = new PendingCopy(
            inst,
            buffer,
            reclaim => end.PendingEvent = () =>
            {
                reclaim();
                return end.Told(CopyResult.Completed, buffer.Progress);
            },
            result => end.PendingEvent = () => end.Told(result, buffer.Progress));
        end.State = CopyState.Copying;
        end.PendingEvent = null;
        if (end.Kind.IsReadable)
            end.Shared.Read(copy);
        else
            end.Shared.Write(copy);
        return await Result(thread, end, isAsync);
    }

    /// <summary>Spec: <c>cancel_copy</c>.</summary>
    public static async Flow<uint> Cancel(GuestThread thread, TaskInstance inst, EndKind kind, uint table, uint index, bool isAsync)
    {
        var end = GetEnd(inst, kind, table, index);
        if (end.State != CopyState.Copying || end.HasSyncWaiter)
            throw new TrapSignal($"{kind.Channel} {(kind.IsReadable ? "read" : "write")} cancelled when no {(kind.IsReadable ? "read" : "write")} is pending");
        end.RequireNotInSet(isAsync);
        end.State = CopyState.CancellingCopy;
        if (!end.HasPendingEvent)
            end.Shared.Cancel();
        return await Result(thread, end, isAsync);
    }

    private static async Flow<uint> Result(GuestThread thread, CopyEnd end, bool isAsync)
    {
        if (!end.HasPendingEvent)
        {
            if (isAsync)
                return TaskBuiltins.Blocked;
            await end.WaitForPendingEvent(thread);
        }
        return end.GetPendingEvent().Payload;
    }

    /// <summary>Spec: <c>drop</c>.</summary>
    public static void Drop(TaskInstance inst, EndKind kind, uint table, uint index)
    {
        GetEnd(inst, kind, table, index).Drop();
        inst.Handles.Remove(index);
    }

    /// <summary>
    /// Takes both ends from the instance, and makes one channel of the two: what is written to the one is read from the other. Spec: <c>canon_stream_forward</c>,
    /// <c>canon_future_forward</c>.
    /// </summary>
    public static void Forward(TaskInstance inst, bool isStream, uint table, uint readable, uint writable)
    {
        var source = GetEnd(inst, new(isStream, IsReadable: true), table, readable);
        var destination = GetEnd(inst, new(isStream, IsReadable: false), table, writable);
        RequireMovable(source, "forward");
        RequireMovable(destination, "forward");
        source.LeaveFrom(inst);
        destination.LeaveFrom(inst);
        source.Shared.ForwardTo(destination.Shared);
    }

    /// <summary>Takes a readable end out of the handles of an instance, so that it can be given to another. Spec: <c>lift_async_value</c>.</summary>
    public static Channel Lift(TaskInstance inst, bool isStream, uint table, uint index)
    {
        var end = GetEnd(inst, new(isStream, IsReadable: true), table, index);
        RequireMovable(end, "lift");
        end.LeaveFrom(inst);
        return end.Shared;
    }

    /// <summary>Puts a readable end into the handles of an instance. Spec: <c>lower_stream</c>, <c>lower_future</c>.</summary>
    public static uint Lower(TaskInstance inst, bool isStream, uint table, Channel shared) =>
        new CopyEnd(new(isStream, IsReadable: true), shared, table).EnterInto(inst);

    private static void RequireMovable(CopyEnd end, string verb)
    {
        if (end.Copying)
            throw new TrapSignal($"cannot remove busy {end.Kind.Channel}");
        if (end.State == CopyState.Done)
        {
            throw new TrapSignal(end.Kind.IsStream
                ? $"cannot {verb} stream after being notified that the writable end dropped"
                : $"cannot {verb} future after previous read succeeded");
        }
        if (end.InWaitableSet)
            throw new TrapSignal($"cannot {verb} {end.Kind.Channel} while it's in a waitable set");
    }

    private static CopyEnd GetEnd(TaskInstance inst, EndKind kind, uint table, uint index) =>
        inst.Handles.Get(index) is CopyEnd end && end.Kind == kind && end.Table == table
            ? end
            : throw Handles.WrongKind(index, $"the {(kind.IsReadable ? "readable" : "writable")} end of a {kind.Channel} of that type");
}
