using System;
using System.Collections.Generic;
using Fact.Ir;
using Fact.Values;
using LanguageExt;

namespace Fact.Host.Resources;

/// <summary>What a <see cref="ResourceTableId"/> stands for.</summary>
/// <param name="Instance">The component instance whose handles are meant.</param>
/// <param name="Type">The resource type that they must have.</param>
internal sealed record HeldTable(InstanceId Instance, ResourceType Type);

/// <summary>What is left to do after a handle was dropped.</summary>
/// <param name="Type">The type of the resource.</param>
/// <param name="Rep">The resource to destroy; null where the handle was lent and its owner lives on.</param>
internal readonly record struct DroppedHandle(ResourceType Type, ulong? Rep);

/// <summary>
/// The handles of all instances of a component, and the calls that handles are lent to. It knows nothing of engines: what must
/// be called, such as destructors, is told to the caller.
/// </summary>
/// <param name="tables">What each table id stands for.</param>
/// <param name="maxHandles">How many handles all instances together may have, and how many of them may be lent at a time, each as often as it is.</param>
internal sealed class ResourceTables(EquatableArray<HeldTable> tables, int maxHandles = HandleTable<object>.MaxLength) : IResourceTables
{
    private readonly Dictionary<InstanceId, HandleTable<object>> handles = [];
    private readonly Stack<CallScope> scopes = new();
    private readonly HostLends lends = new(maxHandles);
    private int count;

    /// <summary>The type of the resources in a table.</summary>
    public ResourceType TypeOf(ResourceTableId table) => tables[(int)table.Value].Type;

    /// <summary>The instance whose handles are in a table.</summary>
    public InstanceId InstanceOf(ResourceTableId table) => tables[(int)table.Value].Instance;

    /// <summary>How many handles all instances have.</summary>
    public int Total => count;

    /// <summary>How many handles an instance has.</summary>
    public int Count(InstanceId instance) => Of(instance).Count;

    /// <summary>Spec: <c>canon_resource_new</c>.</summary>
    public Either<Trap, uint> New(ResourceTableId table, ulong rep) => LowerOwn(table, rep);

    /// <summary>Spec: <c>canon_resource_rep</c>.</summary>
    public Either<Trap, ulong> Rep(ResourceTableId table, uint index) => Find(table, index).Map(h => h.Rep);

    /// <summary>Spec: <c>canon_resource_drop</c>, without the call of the destructor.</summary>
    public Either<Trap, DroppedHandle> Drop(ResourceTableId table, uint index) =>
        Find(table, index).Bind<DroppedHandle>(handle =>
        {
            if (handle.NumLends != 0)
                return new Trap("cannot remove owned resource while borrowed");
            Remove(table, index);
            if (handle.BorrowScope is not { } scope)
                return new DroppedHandle(handle.Type, handle.Rep);
            scope.NumBorrows--;
            return new DroppedHandle(handle.Type, null);
        });

    /// <summary>Takes a handle out of a table, with its resource. Spec: <c>lift_own</c>.</summary>
    /// <returns>What the definer of the resource knows it by.</returns>
    public Either<Trap, ulong> LiftOwn(ResourceTableId table, uint index) =>
        Find(table, index).Bind<ulong>(handle =>
        {
            if (handle.NumLends != 0)
                return new Trap("cannot remove owned resource while borrowed");
            if (!handle.Own)
                return new Trap("cannot lift own resource from a borrow");
            Remove(table, index);
            return handle.Rep;
        });

    /// <summary>Lends a handle to a call. Spec: <c>lift_borrow</c>.</summary>
    /// <returns>What the definer of the resource knows it by.</returns>
    public Either<Trap, ulong> LiftBorrow(ResourceTableId table, uint index, CallScope scope) =>
        Find(table, index).Bind(handle => Lend(handle, scope).Map(_ => handle.Rep));

    /// <summary>Puts a new owned handle into a table. Spec: <c>lower_own</c>.</summary>
    public Either<Trap, uint> LowerOwn(ResourceTableId table, ulong rep) =>
        Add(table, new ResourceHandle(TypeOf(table), rep, null));

    /// <summary>
    /// Puts a handle, lent for the time of a call, into a table; but the definer of the resource gets the representation instead. Spec: <c>lower_borrow</c>.
    /// </summary>
    public Either<Trap, uint> LowerBorrow(ResourceTableId table, ulong rep, CallScope scope)
    {
        var type = TypeOf(table);
        if (type.DefinedBy == InstanceOf(table))
            return (uint)rep;
        scope.NumBorrows++;
        return Add(table, new ResourceHandle(type, rep, scope));
    }

    /// <summary>Moves an owned handle. The adapter's <c>resource.transfer-own</c>.</summary>
    public Either<Trap, uint> TransferOwn(uint index, ResourceTableId from, ResourceTableId to) =>
        LiftOwn(from, index).Bind(rep => LowerOwn(to, rep));

    /// <summary>Lends a handle for the innermost call. The adapter's <c>resource.transfer-borrow</c>.</summary>
    public Either<Trap, uint> TransferBorrow(uint index, ResourceTableId from, ResourceTableId to)
    {
        if (!scopes.TryPeek(out var scope))
            return new Trap("a borrow is passed outside of a call");
        return LiftBorrow(from, index, scope).Bind(rep => LowerBorrow(to, rep, scope));
    }

    /// <summary>Begins a call that is lent handles. The adapter's <c>resource.enter-call</c>.</summary>
    public CallScope EnterCall()
    {
        var scope = new CallScope();
        scopes.Push(scope);
        return scope;
    }

    /// <summary>Ends the innermost call. The adapter's <c>resource.exit-call</c>; spec: <c>return_</c> and <c>deliver_resolve</c>.</summary>
    public Either<Trap, Unit> ExitCall()
    {
        if (!scopes.TryPeek(out var scope))
            return new Trap("a call ends that did not begin");
        if (scope.NumBorrows > 0)
            return new Trap("borrow handles still remain at the end of the call");
        lends.Release(scopes.Pop());
        return Unit.Default;
    }

    /// <inheritdoc/>
    public T Within<T>(CallScope scope, Func<T> lend)
    {
        scopes.Push(scope);
        try
        {
            return lend();
        }
        finally
        {
            scopes.Pop();
        }
    }

    /// <inheritdoc/>
    public Either<Trap, Unit> Return(CallScope scope) =>
        scope.NumBorrows > 0 ? new Trap("borrow handles still remain at the end of the call") : Unit.Default;

    /// <inheritdoc/>
    public void Release(CallScope scope) => lends.Release(scope);

    /// <inheritdoc/>
    public int Depth => scopes.Count;

    /// <inheritdoc/>
    public void Leave(int depth)
    {
        while (scopes.Count > depth)
            scopes.Pop();
    }

    /// <summary>
    /// Ends calls that a trap ended: what they were lent is free again. The component is at its end, but the host goes on, and has handles in other components.
    /// </summary>
    /// <param name="depth">How many calls go on.</param>
    public void Unwind(int depth)
    {
        while (scopes.Count > depth)
            lends.Release(scopes.Pop());
    }

    /// <summary>Counts a call as a user of a handle until it ends.</summary>
    public Either<Trap, Unit> Lend(ResourceHandle handle, CallScope scope) => lends.Lend(handle, scope);

    private Either<Trap, ResourceHandle> Find(ResourceTableId table, uint index) =>
        Of(InstanceOf(table)).Get(index).Bind<ResourceHandle>(entry =>
        {
            if (entry is not ResourceHandle handle)
                return new Trap(HandleFaults.NoResource(index));
            var expected = TypeOf(table);
            if (ReferenceEquals(handle.Type, expected))
                return handle;
            return new Trap(HandleFaults.WrongType(index, expected, handle.Type));
        });

    private Either<Trap, uint> Add(ResourceTableId table, ResourceHandle handle) => Add(InstanceOf(table), handle);

    private void Remove(ResourceTableId table, uint index) => Remove(InstanceOf(table), index);

    /// <summary>Puts anything into the handles of an instance. Spec: <c>handles.add</c>.</summary>
    public Either<Trap, uint> Add(InstanceId instance, object handle)
    {
        if (count == maxHandles)
            return new Trap(HandleFaults.TooMany((uint)count));
        return Of(instance).Add(handle).Map(index =>
        {
            count++;
            return index;
        });
    }

    /// <summary>A handle of any kind. Spec: <c>handles.get</c>.</summary>
    public Either<Trap, object> Get(InstanceId instance, uint index) => Of(instance).Get(index);

    /// <summary>Takes out what <see cref="Get"/> found. Spec: <c>handles.remove</c>.</summary>
    public void Remove(InstanceId instance, uint index)
    {
        Of(instance).Remove(index);
        count--;
    }

    private HandleTable<object> Of(InstanceId instance)
    {
        if (!handles.TryGetValue(instance, out var table))
            handles.Add(instance, table = new HandleTable<object>());
        return table;
    }
}
