using System;
using Fact.Host.Resources;
using Fact.Ir;
using Fact.Values;
using LanguageExt;
using Wasmtime;

namespace Fact.Host.Calls;

/// <summary>
/// Handles that the runtime module keeps: what the host lifts and lowers goes through the functions that it exports. What .NET objects stand for, the host counts
/// itself. A call gives back what guests lent to it as soon as it has returned: its caller can do nothing before it learns of that.
/// </summary>
/// <param name="state">The component, whose runtime module has been instantiated when this is used.</param>
/// <param name="tables">What each table id stands for.</param>
/// <param name="maxLends">How often handles of the host may be lent at a time.</param>
internal sealed class RuntimeHandles(ComponentState state, EquatableArray<HeldTable> tables, int maxLends) : IResourceTables
{
    private readonly HostLends lends = new(maxLends);

    private RuntimeInstance Runtime => state.Runtime!;

    /// <inheritdoc/>
    public int Depth => state.Runtime?.CurrentCall ?? 0;

    /// <inheritdoc/>
    public ResourceType TypeOf(ResourceTableId table) => tables[(int)table.Value].Type;

    /// <inheritdoc/>
    public Either<Trap, ulong> LiftOwn(ResourceTableId table, uint index) => Try(() => (ulong)Runtime.LiftOwn((int)index, (int)table.Value));

    /// <inheritdoc/>
    public Either<Trap, ulong> LiftBorrow(ResourceTableId table, uint index, CallScope scope) =>
        Try(() => Within(scope, () => (ulong)Runtime.LiftBorrow((int)index, (int)table.Value)));

    /// <inheritdoc/>
    public Either<Trap, uint> LowerOwn(ResourceTableId table, ulong rep) => Try(() => (uint)Runtime.LowerOwn((long)rep, (int)table.Value));

    /// <inheritdoc/>
    public Either<Trap, uint> LowerBorrow(ResourceTableId table, ulong rep, CallScope scope) =>
        Try(() => Within(scope, () => (uint)Runtime.LowerBorrow((long)rep, (int)table.Value)));

    /// <inheritdoc/>
    public Either<Trap, Unit> Lend(ResourceHandle handle, CallScope scope) => lends.Lend(handle, scope);

    /// <inheritdoc/>
    public T Within<T>(CallScope scope, Func<T> lend)
    {
        int outer = Runtime.CurrentCall;
        if (scope.RuntimeCall == 0)
        {
            Runtime.EnterCall();
            scope.RuntimeCall = Runtime.CurrentCall;
        }
        else
        {
            Runtime.CurrentCall = scope.RuntimeCall;
        }
        try
        {
            return lend();
        }
        finally
        {
            Runtime.CurrentCall = outer;
        }
    }

    /// <inheritdoc/>
    public Either<Trap, Unit> Return(CallScope scope) => scope.RuntimeCall == 0 ? Unit.Default : Try(() =>
    {
        int outer = Runtime.CurrentCall;
        Runtime.CurrentCall = scope.RuntimeCall;
        Runtime.ExitCall();
        Runtime.CurrentCall = outer;
        scope.RuntimeCall = 0;
        return Unit.Default;
    });

    /// <inheritdoc/>
    public void Release(CallScope scope) => lends.Release(scope);

    /// <inheritdoc/>
    public void Leave(int depth)
    {
        if (Depth != depth)
            Runtime.CurrentCall = depth;
    }

    /// <inheritdoc/>
    public void Unwind(int depth) => Leave(depth);

    private Either<Trap, T> Try<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (WasmtimeException e)
        {
            return state.Traps.Read(e);
        }
    }
}
