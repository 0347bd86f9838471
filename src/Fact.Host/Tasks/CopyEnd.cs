using System;

namespace Fact.Host.Tasks;

/// <summary>Spec: <c>CopyResult</c>.</summary>
internal enum CopyResult
{
    Completed,
    Dropped,
    Cancelled,
}

/// <summary>Spec: <c>CopyState</c>.</summary>
internal enum CopyState
{
    Idle = 1,
    Copying,
    CancellingCopy,
    Done,
}

/// <summary>Something that waits in a channel for the other end. Spec: the arguments of <c>set_pending</c>.</summary>
/// <param name="Inst">The instance whose end it is; null where the host has it.</param>
/// <param name="Buffer">Spec: <c>pending_buffer</c>.</param>
/// <param name="OnCopy">Is told of copies, with what takes the buffer out of the channel. Spec: <c>pending_on_copy</c>; futures have none.</param>
/// <param name="OnCopyDone">Spec: <c>pending_on_copy_done</c>.</param>
internal sealed record PendingCopy(TaskInstance? Inst, ICopyBuffer Buffer, Action<Action> OnCopy, Action<CopyResult> OnCopyDone);

/// <summary>What the two ends of a stream or future share. Spec: <c>SharedBase</c>.</summary>
/// <param name="numeric">Whether the element type is a number, or there is none. Spec: <c>none_or_number_type</c>.</param>
internal abstract class Channel(bool numeric)
{
    private Channel? forwarded;
    private CopyEnd? readable, writable;

    /// <summary>Whether an end was dropped. Spec: <c>dropped</c>.</summary>
    public bool Dropped { get; protected set; }

    /// <summary>What is done when an end is dropped; null for nothing. Who writes from outside is told so although it does not wait here.</summary>
    public Action? OnDropped { get; set; }

    /// <summary>Spec: <c>pending_*</c>.</summary>
    protected PendingCopy? Pending { get; set; }

    /// <summary>Spec: <c>read</c>; the buffer is an <see cref="IWritableBuffer"/>.</summary>
    public abstract void Read(PendingCopy copy);

    /// <summary>Spec: <c>write</c>; the buffer is an <see cref="IReadableBuffer"/>.</summary>
    public abstract void Write(PendingCopy copy);

    /// <summary>Spec: <c>cancel</c>.</summary>
    public void Cancel() => ResetAndNotifyPending(CopyResult.Cancelled);

    /// <summary>Spec: <c>drop</c>. The end that is left is told, whether it waits or not.</summary>
    public void Drop()
    {
        if (Dropped)
            return;
        Dropped = true;
        if (Pending is not null)
            ResetAndNotifyPending(CopyResult.Dropped);
        OnDropped?.Invoke();
        readable?.TellDropped();
        writable?.TellDropped();
    }

    /// <summary>A guest gets an end.</summary>
    public void Attach(CopyEnd end)
    {
        if (end.Kind.IsReadable)
            readable = end;
        else
            writable = end;
        if (Dropped)
            end.TellDropped();
    }

    /// <summary>A guest has an end no longer.</summary>
    public void Detach(EndKind kind)
    {
        if (kind.IsReadable)
            readable = null;
        else
            writable = null;
    }

    /// <summary>
    /// Becomes one with another channel, whose writable end and this one's readable end are gone: whoever writes here is read there. Where one of the two that
    /// are left was dropped, the other is told.
    /// </summary>
    public void ForwardTo(Channel destination)
    {
        if (destination == this)
            return;
        if (Dropped)
        {
            destination.Drop();
            return;
        }
        forwarded = destination;
        destination.OnDropped ??= OnDropped;
        if (destination.Dropped)
        {
            Drop();
            return;
        }
        destination.writable = writable;
        var pending = Pending;
        Pending = null;
        if (pending is not null)
            destination.Write(pending);
    }

    /// <summary>The channel that this has become. Ways that were gone are made shorter, so that long chains are not gone again and again.</summary>
    public Channel Resolved
    {
        get
        {
            var channel = this;
            while (channel.forwarded is { } next)
            {
                channel.forwarded = next.forwarded ?? next;
                channel = next;
            }
            return channel;
        }
    }

    /// <summary>Spec: <c>reset_pending</c>.</summary>
    protected void ResetPending() => Pending = null;

    /// <summary>Spec: <c>reset_and_notify_pending</c>.</summary>
    protected void ResetAndNotifyPending(CopyResult result)
    {
        var pending = Pending!;
        Pending = null;
        pending.OnCopyDone(result);
    }

    /// <summary>Copies elements between the one that comes and the one that waits, in whichever direction that is.</summary>
    protected void Transfer(PendingCopy copy, int count)
    {
        var (source, destination) = copy.Buffer is IReadableBuffer readable
            ? (readable, (IWritableBuffer)Pending!.Buffer)
            : ((IReadableBuffer)Pending!.Buffer, (IWritableBuffer)copy.Buffer);
        destination.Write(source.Read(count), count);
    }

    /// <summary>Traps where one instance has both ends and the elements are no numbers.</summary>
    protected void RequireApart(PendingCopy copy)
    {
        if (copy.Inst is not null && copy.Inst == Pending!.Inst && !numeric)
            throw new TrapSignal("cannot read from and write to intra-component future/stream with non-numeric payload");
    }
}

/// <summary>Which kind of end it is.</summary>
/// <param name="IsStream">Of a stream; otherwise of a future.</param>
/// <param name="IsReadable">The readable one.</param>
internal readonly record struct EndKind(bool IsStream, bool IsReadable)
{
    /// <summary><c>stream</c> or <c>future</c>.</summary>
    public string Channel => IsStream ? "stream" : "future";

    /// <summary>The event of a copy.</summary>
    public EventCode Event => (IsStream, IsReadable) switch
    {
        (true, true) => EventCode.StreamRead,
        (true, false) => EventCode.StreamWrite,
        (false, true) => EventCode.FutureRead,
        (false, false) => EventCode.FutureWrite,
    };
}

/// <summary>An end of a stream or future in the handles of a guest. Spec: <c>CopyEnd</c> and its four subclasses.</summary>
/// <param name="kind">Which.</param>
/// <param name="shared">Spec: <c>shared</c>.</param>
/// <param name="table">The table that the plan has it in, which stands for its element type as the instance sees it.</param>
internal sealed class CopyEnd(EndKind kind, Channel shared, uint table) : Waitable
{
    /// <summary>Which kind of end it is.</summary>
    public EndKind Kind => kind;

    /// <summary>Spec: <c>shared</c>.</summary>
    public Channel Shared => shared.Resolved;

    /// <summary>Its table.</summary>
    public uint Table => table;

    /// <summary>Its handle.</summary>
    public uint Index { get; private set; }

    /// <summary>Spec: <c>state</c>.</summary>
    public CopyState State { get; set; } = CopyState.Idle;

    /// <summary>Spec: <c>copying</c>.</summary>
    public bool Copying => State is CopyState.Copying or CopyState.CancellingCopy;

    /// <summary>An instance gets it.</summary>
    /// <returns>Its handle.</returns>
    public uint EnterInto(TaskInstance inst)
    {
        Index = inst.Handles.Add(this);
        Shared.Attach(this);
        return Index;
    }

    /// <summary>An instance has it no longer.</summary>
    public void LeaveFrom(TaskInstance inst)
    {
        Shared.Detach(kind);
        inst.Handles.Remove(Index);
    }

    /// <summary>
    /// The other end was dropped. One that does nothing is told so all the same, and nothing can be done with it any more when it has heard. Spec: component-model#720.
    /// </summary>
    public void TellDropped()
    {
        if (State == CopyState.Idle)
            PendingEvent = () => Told(CopyResult.Dropped, 0);
    }

    /// <summary>
    /// What is told of a copy, at the time when it is told. Of a stream, that the other end was dropped, or that the copy is given up, is said rather than that it is
    /// complete. Spec: <c>stream_event</c>, <c>future_event</c>; component-model#719.
    /// </summary>
    /// <param name="result">What is known of it.</param>
    /// <param name="progress">How much was copied.</param>
    public GuestEvent Told(CopyResult result, int progress)
    {
        if (kind.IsStream && result == CopyResult.Completed)
            result = Shared.Dropped ? CopyResult.Dropped : State == CopyState.CancellingCopy ? CopyResult.Cancelled : CopyResult.Completed;
        State = result == CopyResult.Dropped || (result == CopyResult.Completed && !kind.IsStream) ? CopyState.Done : CopyState.Idle;
        return new(kind.Event, Index, (uint)result | (kind.IsStream ? (uint)progress << 4 : 0));
    }

    /// <inheritdoc/>
    public override void Drop()
    {
        if (Copying)
            throw new TrapSignal($"cannot drop busy {kind.Channel}");
        if (kind is { IsStream: false, IsReadable: false } && State != CopyState.Done)
            throw new TrapSignal("cannot drop future write end without first writing a value");
        Shared.Detach(kind);
        Shared.Drop();
        base.Drop();
    }
}
