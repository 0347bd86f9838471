using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace Fact.Model.Tasks;

/// <summary>Spec: <c>Subtask.State</c>.</summary>
public enum SpecSubtaskState
{
    /// <summary>Spec: <c>STARTING</c>.</summary>
    Starting,
    /// <summary>Spec: <c>STARTED</c>.</summary>
    Started,
    /// <summary>Spec: <c>RETURNED</c>.</summary>
    Returned,
    /// <summary>Spec: <c>CANCELLED_BEFORE_STARTED</c>.</summary>
    CancelledBeforeStarted,
    /// <summary>Spec: <c>CANCELLED_BEFORE_RETURNED</c>.</summary>
    CancelledBeforeReturned,
}

/// <summary>A call on the side of the caller. Spec: <c>Subtask</c>.</summary>
/// <param name="dialect">Whose rules are followed.</param>
public sealed class SpecSubtask(Dialect dialect) : SpecWaitable
{
    private readonly List<SpecHandle> lenders = [];

    /// <summary>Spec: <c>state</c>.</summary>
    public SpecSubtaskState State { get; set; }

    /// <summary>Spec: <c>on_cancel</c>.</summary>
    public Action OnCancel { get; set; } = () => { };

    /// <summary>Spec: <c>cancellation_requested</c>.</summary>
    public bool CancellationRequested { get; set; }

    /// <summary>Spec: <c>flat_results</c>.</summary>
    public IReadOnlyList<CoreValue> FlatResults { get; private set; } = [];

    /// <summary>Spec: <c>resolved</c>.</summary>
    public bool Resolved => State is not (SpecSubtaskState.Starting or SpecSubtaskState.Started);

    /// <summary>Spec: <c>resolve_delivered</c>.</summary>
    public bool ResolveDelivered { get; private set; }

    /// <summary>Spec: <c>add_lender</c>.</summary>
    public void AddLender(SpecHandle handle)
    {
        handle.NumLends++;
        lenders.Add(handle);
    }

    /// <summary>Spec: <c>resolve</c>.</summary>
    public void Resolve(SpecSubtaskState state, IReadOnlyList<CoreValue> flatResults)
    {
        (State, FlatResults) = (state, flatResults);
        if (dialect.EndsLendsWithCalls)
            EndLends();
    }

    /// <summary>Spec: <c>deliver_resolve</c>.</summary>
    public void DeliverResolve()
    {
        EndLends();
        ResolveDelivered = true;
    }

    private void EndLends()
    {
        foreach (var handle in lenders)
            handle.NumLends--;
        lenders.Clear();
    }

    /// <summary>
    /// Spec: <c>wait_for_pending_event</c> in <c>canon_subtask_cancel</c>, which asserts that the event is the last one; that it has started may be one
    /// that nobody was told yet.
    /// </summary>
    public Task WaitUntilResolved(SpecThread thread) => WaitFor(thread, () => Resolved);

    /// <inheritdoc/>
    public override void Drop()
    {
        SpecTrap.If(!ResolveDelivered, "cannot drop a subtask which has not yet resolved");
        base.Drop();
    }
}
