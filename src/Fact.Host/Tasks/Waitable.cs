using System;
using LanguageExt;

namespace Fact.Host.Tasks;

/// <summary>Spec: <c>EventCode</c>.</summary>
internal enum EventCode
{
    None,
    Subtask,
    StreamRead,
    StreamWrite,
    FutureRead,
    FutureWrite,
    TaskCancelled,
}

/// <summary>What a guest is told. Spec: <c>EventTuple</c>.</summary>
/// <param name="Code">What happened.</param>
/// <param name="Index">To which of its handles.</param>
/// <param name="Payload">The details.</param>
internal readonly record struct GuestEvent(EventCode Code, uint Index, uint Payload);

/// <summary>Something that guests wait for. Spec: <c>Waitable</c>, whose methods these are by name.</summary>
internal abstract class Waitable : IHeapItem
{
    private Func<GuestEvent>? pendingEvent;
    private WakeList? arrival;

    /// <summary>What is to be told; asked for when it is. Spec: <c>pending_event</c>.</summary>
    public Func<GuestEvent>? PendingEvent
    {
        get => pendingEvent;
        set
        {
            bool changes = pendingEvent is null != value is null;
            pendingEvent = value;
            if (!changes)
                return;
            Set?.Change(this);
            arrival?.Signal();
        }
    }

    /// <inheritdoc/>
    public long Order { get; private set; }

    /// <inheritdoc/>
    public int Place { get; set; } = -1;

    /// <summary>Spec: <c>wset</c>.</summary>
    public WaitableSet? Set { get; private set; }

    /// <summary>Spec: <c>has_sync_waiter</c>.</summary>
    public bool HasSyncWaiter { get; private set; }

    /// <summary>Spec: <c>has_pending_event</c>.</summary>
    public bool HasPendingEvent => PendingEvent is not null;

    /// <summary>Spec: <c>in_waitable_set</c>.</summary>
    public bool InWaitableSet => Set is not null;

    /// <summary>Spec: <c>wait_for_pending_event</c>.</summary>
    public Flow<Unit> WaitForPendingEvent(GuestThread thread) => WaitFor(thread, () => HasPendingEvent, arrival ??= new(() => HasPendingEvent));

    /// <summary>Waits for something that this thread alone is to be told of.</summary>
    protected async Flow<Unit> WaitFor(GuestThread thread, Func<bool> ready, WakeList until)
    {
        HasSyncWaiter = true;
        await thread.WaitUntil(ready, until: until);
        HasSyncWaiter = false;
        return default;
    }

    /// <summary>Spec: <c>get_pending_event</c>.</summary>
    public GuestEvent GetPendingEvent()
    {
        var pending = PendingEvent!;
        PendingEvent = null;
        return pending();
    }

    /// <summary>Spec: <c>join</c>.</summary>
    public void Join(WaitableSet? set)
    {
        Set?.Leave(this);
        Set = set;
        if (set is not null)
            Order = set.Enter();
        set?.Change(this);
    }

    /// <summary>Spec: <c>drop</c>.</summary>
    public virtual void Drop() => Join(null);

    /// <summary>What is wrong where somebody waits for it both by itself and in a set.</summary>
    public const string SyncAndInSet = "waitable cannot be used synchronously while added to a waitable set";

    /// <summary>Traps where a synchronous built-in is called for something in a set.</summary>
    public void RequireNotInSet(bool isAsync)
    {
        if (InWaitableSet && !isAsync)
            throw new TrapSignal(SyncAndInSet);
    }
}

/// <summary>Spec: <c>WaitableSet</c>, whose methods these are by name.</summary>
internal sealed class WaitableSet
{
    // Those of its elements that have an event, the one that joined first at the front.
    private readonly IndexedHeap<Waitable> pending = new();
    private WakeList? arrival;
    private int count;
    private long joined;

    /// <summary>Spec: <c>num_waiting</c>.</summary>
    public int NumWaiting { get; private set; }

    /// <summary>Spec: <c>has_pending_event</c>.</summary>
    public bool HasPendingEvent => pending.Count > 0;

    /// <summary>Spec: <c>get_pending_event</c>.</summary>
    public GuestEvent GetPendingEvent(Choices choices) => choices.Pick(pending).GetPendingEvent();

    /// <summary>Something joins. Spec: <c>elems</c>, of which only the number matters and who has an event.</summary>
    /// <returns>Its number: who joins later has a greater one.</returns>
    public long Enter()
    {
        count++;
        return joined++;
    }

    /// <summary>Something leaves.</summary>
    public void Leave(Waitable waitable)
    {
        count--;
        if (waitable.Place >= 0)
            pending.Remove(waitable);
    }

    /// <summary>Something in it has an event, or has none any more.</summary>
    public void Change(Waitable waitable)
    {
        if (waitable.HasPendingEvent == waitable.Place >= 0)
            return;
        if (!waitable.HasPendingEvent)
        {
            pending.Remove(waitable);
            return;
        }
        pending.Add(waitable);
        arrival?.Signal();
    }

    /// <summary>Spec: <c>wait_for_event_and</c>.</summary>
    public async Flow<GuestEvent> WaitForEventAnd(GuestThread thread, Func<bool> readyFunc, bool cancellable, Gate needs = Gate.None)
    {
        NumWaiting++;
        bool cancelled = await thread.WaitUntil(() => readyFunc() && HasPendingEvent, cancellable, needs, arrival ??= new(() => HasPendingEvent));
        var told = cancelled ? new GuestEvent(EventCode.TaskCancelled, 0, 0) : GetPendingEvent(thread.Task.Inst.Store.Choices);
        NumWaiting--;
        return told;
    }

    /// <summary>Spec: <c>poll</c>.</summary>
    public GuestEvent Poll(GuestThread thread, bool cancellable)
    {
        if (thread.Task.DeliverPendingCancel(cancellable))
            return new(EventCode.TaskCancelled, 0, 0);
        return HasPendingEvent ? GetPendingEvent(thread.Task.Inst.Store.Choices) : new(EventCode.None, 0, 0);
    }

    /// <summary>Spec: <c>drop</c>.</summary>
    public void Drop()
    {
        if (count > 0)
            throw new TrapSignal("cannot drop waitable set with waitables in it");
        if (NumWaiting > 0)
            throw new TrapSignal("cannot drop waitable set with waiters");
    }
}
