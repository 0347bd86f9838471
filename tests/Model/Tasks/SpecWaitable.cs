using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace Fact.Model.Tasks;

/// <summary>Spec: <c>EventCode</c>.</summary>
public enum SpecEventCode
{
    /// <summary>Spec: <c>NONE</c>.</summary>
    None,
    /// <summary>Spec: <c>SUBTASK</c>.</summary>
    Subtask,
    /// <summary>Spec: <c>STREAM_READ</c>.</summary>
    StreamRead,
    /// <summary>Spec: <c>STREAM_WRITE</c>.</summary>
    StreamWrite,
    /// <summary>Spec: <c>FUTURE_READ</c>.</summary>
    FutureRead,
    /// <summary>Spec: <c>FUTURE_WRITE</c>.</summary>
    FutureWrite,
    /// <summary>Spec: <c>TASK_CANCELLED</c>.</summary>
    TaskCancelled,
}

/// <summary>What a guest is told. Spec: <c>EventTuple</c>.</summary>
public readonly record struct SpecEvent(SpecEventCode Code, uint Index, uint Payload);

/// <summary>Something that guests wait for. Spec: <c>Waitable</c>.</summary>
public abstract class SpecWaitable : SpecEntry
{
    private Func<SpecEvent>? pendingEvent;

    /// <summary>Spec: <c>wset</c>.</summary>
    public SpecWaitableSet? Set { get; private set; }

    /// <summary>Spec: <c>has_sync_waiter</c>.</summary>
    public bool HasSyncWaiter { get; private set; }

    /// <summary>Spec: <c>has_pending_event</c>.</summary>
    public bool HasPendingEvent => pendingEvent is not null;

    /// <summary>Spec: <c>set_pending_event</c>.</summary>
    public void SetPendingEvent(Func<SpecEvent> pending) => pendingEvent = pending;

    /// <summary>Forgets what was to be told.</summary>
    public void ClearPendingEvent() => pendingEvent = null;

    /// <summary>Spec: <c>wait_for_pending_event</c>.</summary>
    public Task WaitForPendingEvent(SpecThread thread) => WaitFor(thread, () => HasPendingEvent);

    /// <summary>Waits for something that this thread alone is to be told of.</summary>
    protected async Task WaitFor(SpecThread thread, Func<bool> ready)
    {
        HasSyncWaiter = true;
        await thread.WaitUntil(ready).ConfigureAwait(false);
        HasSyncWaiter = false;
    }

    /// <summary>Spec: <c>get_pending_event</c>.</summary>
    public SpecEvent GetPendingEvent()
    {
        var pending = pendingEvent!;
        pendingEvent = null;
        return pending();
    }

    /// <summary>Spec: <c>join</c>.</summary>
    public void Join(SpecWaitableSet? set)
    {
        Set?.Elems.Remove(this);
        Set = set;
        set?.Elems.Add(this);
    }

    /// <summary>Spec: <c>drop</c>.</summary>
    public virtual void Drop() => Join(null);

    /// <summary>Spec: <c>trap_if(… in_waitable_set() and not async_)</c>.</summary>
    public void RequireNotInSet(bool isAsync) =>
        SpecTrap.If(Set is not null && !isAsync, "waitable cannot be used synchronously while added to a waitable set");
}

/// <summary>Spec: <c>WaitableSet</c>.</summary>
public sealed class SpecWaitableSet : SpecEntry
{
    private int numWaiting;

    /// <summary>Spec: <c>elems</c>.</summary>
    public List<SpecWaitable> Elems { get; } = [];

    /// <summary>Spec: <c>has_pending_event</c>.</summary>
    public bool HasPendingEvent => Elems.Exists(waitable => waitable.HasPendingEvent);

    /// <summary>Spec: <c>get_pending_event</c>.</summary>
    public SpecEvent GetPendingEvent(SpecStore store) => store.Pick(Elems.Where(waitable => waitable.HasPendingEvent).ToList()).GetPendingEvent();

    /// <summary>Spec: <c>wait_for_event</c>.</summary>
    public async Task<SpecEvent> WaitForEvent(SpecThread thread)
    {
        numWaiting++;
        await thread.WaitUntil(() => HasPendingEvent).ConfigureAwait(false);
        numWaiting--;
        return GetPendingEvent(thread.Task.Inst.Store);
    }

    /// <summary>Spec: <c>wait_for_event_and</c>, of a callback.</summary>
    public async Task<SpecEvent> WaitForEvent(SpecAsyncTask task)
    {
        numWaiting++;
        bool cancelled = await task.Release(() => HasPendingEvent, isEvent: true).ConfigureAwait(false);
        numWaiting--;
        return cancelled ? new(SpecEventCode.TaskCancelled, 0, 0) : GetPendingEvent(task.Inst.Store);
    }

    /// <summary>Spec: <c>poll</c>.</summary>
    public SpecEvent Poll(SpecStore store) => HasPendingEvent ? GetPendingEvent(store) : default;

    /// <summary>Spec: <c>drop</c>.</summary>
    public void Drop()
    {
        SpecTrap.If(Elems.Count > 0, "cannot drop waitable set with waitables in it");
        SpecTrap.If(numWaiting > 0, "cannot drop waitable set with waiters");
    }
}
