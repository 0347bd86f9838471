using System;
using Fact.Ir;
using Fact.Values;
using LanguageExt;

namespace Fact.Host.Resources;

/// <summary>The handles of all instances of a component, and the calls that handles are lent to, as the host works with them when it lifts and lowers values.</summary>
internal interface IResourceTables
{
    /// <summary>Stands for the call that is current; 0 for none.</summary>
    int Depth { get; }

    /// <summary>The type of the resources in a table.</summary>
    ResourceType TypeOf(ResourceTableId table);

    /// <summary>Takes a handle out of a table, with its resource. Spec: <c>lift_own</c>.</summary>
    /// <returns>What the definer of the resource knows it by.</returns>
    Either<Trap, ulong> LiftOwn(ResourceTableId table, uint index);

    /// <summary>Lends a handle to a call. Spec: <c>lift_borrow</c>.</summary>
    /// <returns>What the definer of the resource knows it by.</returns>
    Either<Trap, ulong> LiftBorrow(ResourceTableId table, uint index, CallScope scope);

    /// <summary>Puts a new owned handle into a table. Spec: <c>lower_own</c>.</summary>
    Either<Trap, uint> LowerOwn(ResourceTableId table, ulong rep);

    /// <summary>
    /// Puts a handle, lent for the time of a call, into a table; but the definer of the resource gets the representation instead. Spec:
    /// <c>lower_borrow</c>.
    /// </summary>
    Either<Trap, uint> LowerBorrow(ResourceTableId table, ulong rep, CallScope scope);

    /// <summary>Counts a call as a user of a handle of the host until it ends.</summary>
    Either<Trap, Unit> Lend(ResourceHandle handle, CallScope scope);

    /// <summary>Does something for a call that may go on longer than this: what adapters lend meanwhile is lent to it.</summary>
    T Within<T>(CallScope scope, Func<T> lend);

    /// <summary>A call has returned: it must have dropped what it was lent. Spec: <c>return_</c>.</summary>
    Either<Trap, Unit> Return(CallScope scope);

    /// <summary>Takes back what a call was lent, which has returned, or which a trap has ended. Spec: <c>deliver_resolve</c>.</summary>
    void Release(CallScope scope);

    /// <summary>Goes back to a call that was current before, while those inside it stay in progress.</summary>
    /// <param name="depth">What <see cref="Depth"/> was then.</param>
    void Leave(int depth);

    /// <summary>
    /// Ends calls that a trap ended: what they were lent of the host's is free again. The component is at its end, but the host goes on, and has handles in other
    /// components.
    /// </summary>
    /// <param name="depth">What <see cref="Depth"/> was before they began.</param>
    void Unwind(int depth);
}
