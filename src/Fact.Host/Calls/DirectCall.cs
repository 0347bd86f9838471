using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fact.Component.Plan;
using Fact.Host.Canonical;
using Fact.Host.Engine;
using Fact.Ir;
using Fact.Values;
using LanguageExt;

namespace Fact.Host.Calls;

/// <summary>
/// The short way to a function of a guest, for the usual call: no guest can see its task, no call is lent anything, the arguments belong to their types and nothing
/// is in the way. What it needs of an instance is looked up with the first call. Whatever else there is to a call is left to <see cref="ExportCall"/>.
/// </summary>
internal sealed class DirectCall
{
    private readonly ComponentState state;
    private readonly LoadedExport export;
    private readonly PlanOptions options;
    private readonly ScalarTypes? scalars;
    private readonly CanonicalContext context;
    private readonly CoreCall callee;
    private readonly CoreCall? postReturn;

    /// <param name="state">The component, which is not disposed while this is made or used.</param>
    /// <param name="export">A function to which there is a short way.</param>
    public DirectCall(ComponentState state, LoadedExport export)
    {
        (this.state, this.export, scalars) = (state, export, export.Scalars);
        options = state.Plan.Options[(int)export.Item.Options.Value];
        context = state.Context(options, scope: null);
        callee = state.Core.Call(export.Item.Callee, options.CoreType);
        postReturn = options.Options.PostReturn is { } function ? state.Core.Call(function, new CoreFuncType(options.CoreType.Results, [])) : null;
    }

    /// <summary>Whether there is a short way to a function: where no guest can see tasks, neither borrows nor the older rule of reentrance is in the way.</summary>
    public static bool IsUsual(HostOptions host, ExportItem.Func function) => host.Reentrance == Reentrance.Allow && !function.FuncType.Has(TypeContents.Borrows);

    /// <summary>Makes a call, if nothing is in the way; otherwise nothing has happened, and the long way says why.</summary>
    public static bool TryInvoke(
        ComponentState state, LoadedExport export, IReadOnlyList<ComponentValue> arguments, out Either<CallFailure, Option<ComponentValue>> result)
    {
        result = default;
        if (!export.IsUsual || state.Poison is not null || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            return false;
        var loop = state.Embedder.Loop;
        if (loop.IsHere)
            return state.Direct(export).TryInvoke(arguments, out result);
        if (state.Gate.TryEnter() is not null)
            return false;
        bool isTaken = false;
        try
        {
            isTaken = loop.TryTake();
            return isTaken && state.Direct(export).TryInvoke(arguments, out result);
        }
        finally
        {
            if (isTaken)
                loop.Leave(state.Embedder.IsWaitedFor);
            state.Gate.Leave();
        }
    }

    private bool TryInvoke(IReadOnlyList<ComponentValue> arguments, out Either<CallFailure, Option<ComponentValue>> result)
    {
        result = default;
        if (scalars is not null)
        {
            Span<ulong> bits = stackalloc ulong[scalars.Params.Length];
            if (!TryLower(arguments, bits))
                return false;
            result = Invoke(bits, default, null);
            return true;
        }
        var lowerer = new Lowerer(context.Anew());
        if (Checked(arguments, lowerer) is not { } values)
            return false;
        result = Invoke([], values, lowerer);
        return true;
    }

    private bool TryLower(IReadOnlyList<ComponentValue> arguments, Span<ulong> bits)
    {
        if (arguments.Count != bits.Length)
            return false;
        for (int i = 0; i < bits.Length; i++)
        {
            if (!ScalarTypes.TryLower(arguments[i], scalars!.Params[i], out bits[i]))
                return false;
        }
        return true;
    }

    /// <summary>The arguments; null where something is wrong with them.</summary>
    private EquatableArray<ComponentValue>? Checked(IReadOnlyList<ComponentValue> arguments, Lowerer lowerer) =>
        ValueCheck.CheckArguments(arguments, export.Item.FuncType, state.Resources.TypeOf).MatchUnsafe<EquatableArray<ComponentValue>?>(
            Succ: values => lowerer.CheckSizes(values, export.Layout).IsSuccess ? values : null,
            Fail: _ => null);

    /// <summary>Makes the call.</summary>
    /// <param name="bits">The scalars that it passes.</param>
    /// <param name="values">What it passes otherwise.</param>
    /// <param name="lowerer">Lowers these; null for scalars.</param>
    private Either<CallFailure, Option<ComponentValue>> Invoke(ReadOnlySpan<ulong> bits, EquatableArray<ComponentValue> values, Lowerer? lowerer)
    {
        Span<ulong> results = stackalloc ulong[options.CoreType.Results.Length];
        int depth = state.Resources.Depth;
        try
        {
            callee.Invoke(lowerer is null ? bits : CollectionsMarshal.AsSpan(lowerer.Params(values, export.Layout)), results);
            var returned = Lifted(results);
            PostReturn(results);
            return returned is null ? Option<ComponentValue>.None : Option<ComponentValue>.Some(returned);
        }
        catch (Exception e)
        {
            var failure = state.EndedBy(e);
            state.Resources.Unwind(depth);
            if (failure is null)
                throw;
            return failure;
        }
    }

    private ComponentValue? Lifted(ReadOnlySpan<ulong> results) =>
        scalars?.Result is { } type && HeapSize.Of(type) <= context.MaxLiftedBytes && ScalarTypes.Lift(results[0], type) is { } scalar
            ? scalar
            : export.Item.FuncType.Result is null ? null : new Lifter(context.Anew()).Result(results, export.Layout);

    private void PostReturn(ReadOnlySpan<ulong> results)
    {
        if (postReturn is null)
            return;
        state.Flags.SetCanLeave(options.Instance, false);
        postReturn.Invoke(results, []);
        state.Flags.SetCanLeave(options.Instance, true);
    }
}
