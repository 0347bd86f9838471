using System.Collections.Generic;

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
}

/// <summary>A call on the side of the caller. Spec: <c>Subtask</c>.</summary>
public sealed class SpecSubtask : SpecWaitable
{
    private readonly List<SpecHandle> lenders = [];

    /// <summary>Spec: <c>state</c>.</summary>
    public SpecSubtaskState State { get; set; }

    /// <summary>Spec: <c>flat_results</c>.</summary>
    public IReadOnlyList<CoreValue> FlatResults { get; private set; } = [];

    /// <summary>Spec: <c>resolved</c>.</summary>
    public bool Resolved => State == SpecSubtaskState.Returned;

    /// <summary>Spec: <c>resolve_delivered</c>.</summary>
    public bool ResolveDelivered { get; private set; }

    /// <summary>Spec: <c>add_lender</c>.</summary>
    public void AddLender(SpecHandle handle)
    {
        handle.NumLends++;
        lenders.Add(handle);
    }

    /// <summary>Spec: <c>resolve</c>.</summary>
    public void Resolve(IReadOnlyList<CoreValue> flatResults) => (State, FlatResults) = (SpecSubtaskState.Returned, flatResults);

    /// <summary>Spec: <c>deliver_resolve</c>.</summary>
    public void DeliverResolve()
    {
        foreach (var handle in lenders)
            handle.NumLends--;
        ResolveDelivered = true;
    }

    /// <inheritdoc/>
    public override void Drop()
    {
        SpecTrap.If(!ResolveDelivered, "cannot drop a subtask which has not yet resolved");
        base.Drop();
    }
}
