using System;
using System.Threading.Tasks;
using Fact.Ir;

namespace Fact.Model.Tasks;

// Reading and writing.
public sealed partial class SpecCopyEnd
{
    /// <summary>Spec: <c>BLOCKED</c>.</summary>
    public const uint Blocked = uint.MaxValue;

    /// <summary>Reads or writes. Spec: <c>stream_copy</c>, <c>future_copy</c>.</summary>
    /// <param name="thread">The current thread.</param>
    /// <param name="type">The end that is expected.</param>
    /// <param name="isAsync">Whether it returns without waiting.</param>
    /// <param name="i">The index of the end.</param>
    /// <param name="makeBuffer">Makes the buffer, when all else was checked.</param>
    public static async Task<uint> Copy(SpecThread thread, SpecEndType type, bool isAsync, uint i, Func<SpecBuffer> makeBuffer)
    {
        var inst = thread.Task.Inst;
        SpecTrap.If(!inst.MayLeave, "cannot leave component instance");
        var e = Get(inst, type, i);
        SpecTrap.If(e.Copying, "cannot have concurrent operations active on a future/stream");
        SpecTrap.If(e.State == SpecCopyState.Done, $"cannot {(type.IsReadable ? "read from" : "write to")} {type.Name} after");
        e.RequireNotInSet(isAsync);
        var buffer = makeBuffer();
        e.State = SpecCopyState.Copying;
        e.ClearPendingEvent();
        e.buffer = buffer;
        if (e.Other is null)
            e.Finish(SpecCopyResult.Dropped);
        else if (e.Other.buffer is not null)
            e.Meet(buffer, inst);
        return await e.Result(thread, isAsync).ConfigureAwait(false);
    }

    /// <summary>Gives up a copy. Spec: <c>cancel_copy</c>.</summary>
    public static async Task<uint> Cancel(SpecThread thread, SpecEndType type, bool isAsync, uint i)
    {
        var inst = thread.Task.Inst;
        SpecTrap.If(!inst.MayLeave, "cannot leave component instance");
        var e = Get(inst, type, i);
        SpecTrap.If(e.State != SpecCopyState.Copying || e.HasSyncWaiter, $"{type.Name} {(type.IsReadable ? "read" : "write")} cancelled when no");
        e.RequireNotInSet(isAsync);
        e.State = SpecCopyState.CancellingCopy;
        if (!e.HasPendingEvent)
            e.Finish(SpecCopyResult.Cancelled);
        return await e.Result(thread, isAsync).ConfigureAwait(false);
    }

    /// <summary>Spec: <c>drop</c>.</summary>
    public static void DropEnd(SpecInstance inst, SpecEndType type, uint i)
    {
        SpecTrap.If(!inst.MayLeave, "cannot leave component instance");
        Get(inst, type, i).Drop();
        inst.Handles.Remove<SpecCopyEnd>(i);
    }

    private async Task<uint> Result(SpecThread thread, bool isAsync)
    {
        if (!HasPendingEvent)
        {
            if (isAsync)
                return Blocked;
            await WaitForPendingEvent(thread).ConfigureAwait(false);
        }
        return GetPendingEvent().Payload;
    }

    // One end comes while the other waits. What was copied is taken back only when that is told, so that there may be more of it until then.
    private void Meet(SpecBuffer coming, SpecInstance comes)
    {
        var other = Other!;
        var waiting = other.buffer!;
        bool isWithin = comes == other.inst && !type.NoneOrNumber;
        if (isWithin && type.IsStream && waiting is { Remain: 0, IsZeroLength: false })
            isWithin = !comes.Store.Dialect.ForgetsCopiesThatAreDone;
        SpecTrap.If(isWithin, "cannot read from and write to intra-component future/stream with non-numeric payload");
        if (!type.IsStream)
        {
            Transfer(coming, waiting, 1);
            other.Finish(SpecCopyResult.Completed);
            Finish(SpecCopyResult.Completed);
        }
        else if (waiting.Remain > 0)
        {
            if (coming.Remain > 0)
            {
                Transfer(coming, waiting, Math.Min(coming.Remain, waiting.Remain));
                other.Tell(SpecCopyResult.Completed, waiting);
            }
            Finish(SpecCopyResult.Completed);
        }
        else if (!type.IsReadable && coming.IsZeroLength && waiting.IsZeroLength)
        {
            Finish(SpecCopyResult.Completed);
        }
        else
        {
            other.Finish(SpecCopyResult.Completed);
        }
    }

    private void Transfer(SpecBuffer coming, SpecBuffer waiting, uint n)
    {
        if (type.IsReadable)
            coming.Write(waiting.Read(n));
        else
            waiting.Write(coming.Read(n));
    }

    private void Finish(SpecCopyResult result)
    {
        var copied = buffer!;
        buffer = null;
        Tell(result, copied);
    }

    private void Tell(SpecCopyResult result, SpecBuffer copied) => SetPendingEvent(() => Told(result, copied.Progress));

    // Spec: stream_event, future_event. Of a stream, that the other end was dropped, or that the copy is given up, is said rather than that it is complete.
    private SpecEvent Told(SpecCopyResult result, uint progress)
    {
        if (type.IsStream && result == SpecCopyResult.Completed)
        {
            if (Other is null)
                result = SpecCopyResult.Dropped;
            else if (State == SpecCopyState.CancellingCopy)
                result = SpecCopyResult.Cancelled;
        }
        buffer = null;
        State = result == SpecCopyResult.Dropped || (result == SpecCopyResult.Completed && !type.IsStream) ? SpecCopyState.Done : SpecCopyState.Idle;
        return new(type.Event, index, (uint)result | (type.IsStream ? progress << 4 : 0));
    }
}
