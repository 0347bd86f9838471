using System.Collections.Generic;

namespace Fact.Values;

/// <summary>
/// An entry of a handle table: the right to use a resource, owned or lent. Spec: <c>ResourceHandle</c>.
/// </summary>
internal sealed class ResourceHandle(ResourceType type, ulong rep, CallScope? borrowScope)
{
    /// <summary>Spec: <c>rt</c>.</summary>
    public ResourceType Type { get; } = type;

    /// <summary>What the definer of the resource knows it by. Spec: <c>rep</c>.</summary>
    public ulong Rep { get; } = rep;

    /// <summary>The call for whose time the handle is lent; null where it owns. Spec: <c>borrow_scope</c>.</summary>
    public CallScope? BorrowScope { get; } = borrowScope;

    /// <summary>Spec: <c>own</c>.</summary>
    public bool Own => BorrowScope is null;

    /// <summary>How many calls in progress have it as an argument. Spec: <c>num_lends</c>.</summary>
    public int NumLends { get; set; }
}

/// <summary>
/// A call in progress, as far as borrows go: which handles were lent to it, and how many borrowed handles its callee still
/// has. Spec: <c>Subtask.lenders</c> and <c>Task.num_borrows</c>, which a synchronous call can keep in one place.
/// </summary>
internal sealed class CallScope
{
    /// <summary>The handles lent to the call.</summary>
    public List<ResourceHandle> Lenders { get; } = [];

    /// <summary>What the host was lent for the call.</summary>
    public List<HostHandle> HostBorrows { get; } = [];

    /// <summary>What the runtime module keeps for the call, where it keeps handles; 0 for nothing yet.</summary>
    public int RuntimeCall { get; set; }

    /// <summary>Borrowed handles that the callee has and must drop. Spec: <c>num_borrows</c>.</summary>
    public int NumBorrows { get; set; }
}
