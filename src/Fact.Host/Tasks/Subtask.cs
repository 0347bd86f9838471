using System;

namespace Fact.Host.Tasks;

/// <summary>Spec: <c>Subtask.State</c>.</summary>
internal enum SubtaskState
{
    Starting,
    Started,
    Returned,
    CancelledBeforeStarted,
    CancelledBeforeReturned,
}

/// <summary>A call as its caller sees it. Spec: <c>Subtask</c>, whose methods these are by name.</summary>
/// <param name="releaseLenders">Takes back what the caller lent. Spec: the loop over <c>lenders</c>.</param>
internal sealed class Subtask(Action releaseLenders) : Waitable
{
    private WakeList? resolution;

    /// <summary>Spec: <c>state</c>.</summary>
    public SubtaskState State { get; set; }

    /// <summary>Spec: <c>on_cancel</c>.</summary>
    public Action? OnCancel { get; set; }

    /// <summary>Spec: <c>cancellation_requested</c>.</summary>
    public bool CancellationRequested { get; set; }

    /// <summary>Spec: <c>flat_results</c>.</summary>
    public ulong[] FlatResults { get; private set; } = [];

    /// <summary>Spec: <c>resolve_delivered</c>.</summary>
    public bool ResolveDelivered { get; private set; }

    /// <summary>Spec: <c>resolved</c>.</summary>
    public bool Resolved => State is SubtaskState.Returned or SubtaskState.CancelledBeforeStarted or SubtaskState.CancelledBeforeReturned;

    /// <summary>Spec: <c>resolve</c>.</summary>
    public void Resolve(SubtaskState state, ulong[] flatResults)
    {
        (State, FlatResults) = (state, flatResults);
        resolution?.Signal();
    }

    /// <summary>Who waits until it is resolved.</summary>
    public WakeList Resolution => resolution ??= new(() => Resolved);

    /// <summary>
    /// Spec: <c>wait_for_pending_event</c> in <c>canon_subtask_cancel</c>, which asserts that the event is the last one; that it has started may be one
    /// that nobody was told yet.
    /// </summary>
    public Flow<LanguageExt.Unit> WaitUntilResolved(GuestThread thread) => WaitFor(thread, () => Resolved, Resolution);

    /// <summary>Spec: <c>deliver_resolve</c>.</summary>
    public void DeliverResolve()
    {
        releaseLenders();
        ResolveDelivered = true;
    }

    /// <inheritdoc/>
    public override void Drop()
    {
        if (!ResolveDelivered)
            throw new TrapSignal("cannot drop a subtask which has not yet resolved");
        base.Drop();
    }
}
