using System;
using System.Collections.Generic;
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
internal abstract class Waitable
{
    /// <summary>What is to be told; asked for when it is. Spec: <c>pending_event</c>.</summary>
    public Func<GuestEvent>? PendingEvent { get; set; }

    /// <summary>Spec: <c>wset</c>.</summary>
    public WaitableSet? Set { get; private set; }

    /// <summary>Spec: <c>has_sync_waiter</c>.</summary>
    public bool HasSyncWaiter { get; private set; }

    /// <summary>Spec: <c>has_pending_event</c>.</summary>
    public bool HasPendingEvent => PendingEvent is not null;

    /// <summary>Spec: <c>in_waitable_set</c>.</summary>
    public bool InWaitableSet => Set is not null;

    /// <summary>Spec: <c>wait_for_pending_event</c>.</summary>
    public async Flow<Unit> WaitForPendingEvent(GuestThread thread)
    {
        HasSyncWaiter = true;
        await thread.WaitUntil(() => HasPendingEvent);
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
        Set?.Elems.Remove(this);
        Set = set;
        set?.Elems.Add(this);
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
    /// <summary>Spec: <c>elems</c>.</summary>
    public List<Waitable> Elems { get; } = [];

    /// <summary>Spec: <c>num_waiting</c>.</summary>
    public int NumWaiting { get; private set; }

    /// <summary>Spec: <c>has_pending_event</c>.</summary>
    public bool HasPendingEvent => Elems.Exists(w => w.HasPendingEvent);

    /// <summary>Spec: <c>get_pending_event</c>.</summary>
    public GuestEvent GetPendingEvent(Choices choices) => choices.Pick(Elems.FindAll(w => w.HasPendingEvent)).GetPendingEvent();

    /// <summary>Spec: <c>wait_for_event_and</c>.</summary>
    public async Flow<GuestEvent> WaitForEventAnd(GuestThread thread, Func<bool> readyFunc, bool cancellable)
    {
        NumWaiting++;
        bool cancelled = await thread.WaitUntil(() => readyFunc() && HasPendingEvent, cancellable);
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
        if (Elems.Count > 0)
            throw new TrapSignal("cannot drop waitable set with waitables in it");
        if (NumWaiting > 0)
            throw new TrapSignal("cannot drop waitable set with waiters");
    }
}
