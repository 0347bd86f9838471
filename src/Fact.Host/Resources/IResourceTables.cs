using Fact.Ir;
using Fact.Values;
using LanguageExt;

namespace Fact.Host.Resources;

/// <summary>The handles of all instances of a component, and the calls that handles are lent to, as the host works with them when it lifts and lowers values.</summary>
internal interface IResourceTables
{
    /// <summary>How many calls that the host began or was called by are in progress.</summary>
    int Depth { get; }

    /// <summary>The type of the resources in a table.</summary>
    ResourceType TypeOf(ResourceTableId table);

    /// <summary>Takes a handle out of a table, with its resource. Spec: <c>lift_own</c>.</summary>
    /// <returns>What the definer of the resource knows it by.</returns>
    Either<Trap, ulong> LiftOwn(ResourceTableId table, uint index);

    /// <summary>Lends a handle to a call, the innermost one. Spec: <c>lift_borrow</c>.</summary>
    /// <returns>What the definer of the resource knows it by.</returns>
    Either<Trap, ulong> LiftBorrow(ResourceTableId table, uint index, CallScope scope);

    /// <summary>Puts a new owned handle into a table. Spec: <c>lower_own</c>.</summary>
    Either<Trap, uint> LowerOwn(ResourceTableId table, ulong rep);

    /// <summary>
    /// Puts a handle, lent for the time of a call, the innermost one, into a table; but the definer of the resource gets the representation instead. Spec:
    /// <c>lower_borrow</c>.
    /// </summary>
    Either<Trap, uint> LowerBorrow(ResourceTableId table, ulong rep, CallScope scope);

    /// <summary>Counts a call as a user of a handle of the host until it ends.</summary>
    Either<Trap, Unit> Lend(ResourceHandle handle, CallScope scope);

    /// <summary>Begins a call that is lent handles.</summary>
    CallScope EnterCall();

    /// <summary>Ends the innermost call. Spec: <c>return_</c> and <c>deliver_resolve</c>.</summary>
    Either<Trap, Unit> ExitCall();

    /// <summary>
    /// Ends calls that a trap ended: what they were lent of the host's is free again. The component is at its end, but the host goes on, and has handles in other
    /// components.
    /// </summary>
    /// <param name="depth">How many calls go on.</param>
    void Unwind(int depth);
}
