using System;
using System.Collections.Generic;
using Fact.Host.Linking;
using Fact.Ir;
using Fact.Values;
using LanguageExt;
using Wasmtime;

namespace Fact.Host.Resources;

/// <summary>
/// Handles that the runtime module keeps: what the host lifts and lowers goes through the functions that it exports. What .NET objects stand for, the host counts itself.
/// </summary>
/// <param name="state">The component, whose runtime module has been instantiated when this is used.</param>
/// <param name="tables">What each table id stands for.</param>
/// <param name="maxLends">How often handles of the host may be lent at a time.</param>
internal sealed class RuntimeHandles(ComponentState state, EquatableArray<HeldTable> tables, int maxLends) : IResourceTables
{
    private readonly Stack<CallScope> scopes = new();
    private readonly HostLends lends = new(maxLends);

    private RuntimeInstance Runtime => state.Runtime!;

    /// <inheritdoc/>
    public int Depth => scopes.Count;

    /// <inheritdoc/>
    public ResourceType TypeOf(ResourceTableId table) => tables[(int)table.Value].Type;

    /// <inheritdoc/>
    public Either<Trap, ulong> LiftOwn(ResourceTableId table, uint index) => Try(() => (ulong)Runtime.LiftOwn((int)index, (int)table.Value));

    /// <inheritdoc/>
    public Either<Trap, ulong> LiftBorrow(ResourceTableId table, uint index, CallScope scope) => Try(() => (ulong)Runtime.LiftBorrow((int)index, (int)table.Value));

    /// <inheritdoc/>
    public Either<Trap, uint> LowerOwn(ResourceTableId table, ulong rep) => Try(() => (uint)Runtime.LowerOwn((long)rep, (int)table.Value));

    /// <inheritdoc/>
    public Either<Trap, uint> LowerBorrow(ResourceTableId table, ulong rep, CallScope scope) => Try(() => (uint)Runtime.LowerBorrow((long)rep, (int)table.Value));

    /// <inheritdoc/>
    public Either<Trap, Unit> Lend(ResourceHandle handle, CallScope scope) => lends.Lend(handle, scope);

    /// <inheritdoc/>
    public CallScope EnterCall()
    {
        Runtime.EnterCall();
        var scope = new CallScope();
        scopes.Push(scope);
        return scope;
    }

    /// <inheritdoc/>
    public Either<Trap, Unit> ExitCall() => Try(() =>
    {
        Runtime.ExitCall();
        lends.Release(scopes.Pop());
        return Unit.Default;
    });

    /// <inheritdoc/>
    public void Unwind(int depth)
    {
        while (scopes.Count > depth)
            lends.Release(scopes.Pop());
    }

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
