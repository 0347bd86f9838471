using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Fact.Host.Calls;
using Fact.Host.Resources;
using Fact.Ir;
using Fact.Values;
using LanguageExt;

namespace Fact.Host;

/// <content>Calls that .NET code does not stand and wait for.</content>
public sealed partial class ComponentInstance
{
    /// <summary>
    /// Calls an exported function, and lets guests go on until all of them wait; the task ends when the function returns. Any number of calls may be in progress.
    /// </summary>
    /// <remarks>
    /// Where nothing that the call waits for has been begun, it fails with a trap that says deadlock; but not while .NET code has streams or futures of the
    /// component, nor
    /// where a call has a token that can be cancelled: then it may wait for what the program does later.
    /// </remarks>
    /// <param name="name">Its name; <c>instance#name</c> for one in an exported instance.</param>
    /// <param name="arguments">One value for each parameter. Handles that are passed as <c>own</c> are gone afterwards, whatever happens.</param>
    /// <param name="cancellationToken">
    /// Asks for cancellation: a call that has not been started is not made; a guest learns of it when it waits where that is possible, and may return nevertheless.
    /// The task
    /// is cancelled when the guest has agreed.
    /// </param>
    /// <returns>
    /// The result; null where the type has none. The task fails with a <see cref="ComponentException"/>, which says what
    /// <see cref="Invoke(string, IReadOnlyList{ComponentValue})"/> would return.
    /// </returns>
    public Task<ComponentValue?> InvokeAsync(string name, IReadOnlyList<ComponentValue> arguments, CancellationToken cancellationToken = default) =>
        InvokeAsync(name, state.Component.Options.Limits, arguments, cancellationToken);

    /// <summary>Calls an exported function with limits of its own; see <see cref="InvokeAsync(string, IReadOnlyList{ComponentValue}, CancellationToken)"/>.</summary>
    /// <param name="name">Its name; <c>instance#name</c> for one in an exported instance.</param>
    /// <param name="limits">What the call may take, in place of <see cref="HostOptions.Limits"/>.</param>
    /// <param name="arguments">One value for each parameter. Handles that are passed as <c>own</c> are gone afterwards, whatever happens.</param>
    /// <param name="cancellationToken">Asks for cancellation.</param>
    /// <returns>The result; null where the type has none.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/>, <paramref name="limits"/> or <paramref name="arguments"/> is null.</exception>
    public Task<ComponentValue?> InvokeAsync(
        string name, CallLimits limits, IReadOnlyList<ComponentValue> arguments, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(arguments);
        if (!Exports.TryGetValue(name, out var export))
            return Task.FromException<ComponentValue?>(new ComponentException(NoSuchFunction(name)));
        return state.Stopper.Refuse(limits, $"\"{name}\"") is { } refused
            ? Task.FromException<ComponentValue?>(new ComponentException(CallFailure.Reject(refused)))
            : Start(export, arguments, limits, cancellationToken);
    }

    /// <summary>Says that nothing is done but what is waited for, and stops the instance where all that is done until the result is disposed exceeds limits of its
    /// options.</summary>
    internal IDisposable WatchAlone()
    {
        var loop = state.Embedder.Loop;
        IDisposable? watch = null;
        loop.PostAndRest(() => (state.Embedder.IsAlone, watch) = (true, state.Stopper.Begin(state.Component.Options.Limits, loop)));
        return new Watch(() => loop.PostAndRest(() =>
        {
            state.Embedder.IsAlone = false;
            watch?.Dispose();
        }));
    }

    /// <summary>What is kept of calls when all guests wait: handles of all instances that are kept here, threads, and what .NET code and the component wait for from
    /// each other.</summary>
    internal (int Handles, int Threads, int Outside) Kept
    {
        get
        {
            (int, int, int) kept = default;
            state.Embedder.Loop.PostAndRest(() => kept = ((state.Resources as ResourceTables)?.Total ?? 0, state.Tasks.Threads, state.Embedder.Count));
            return kept;
        }
    }

    private sealed class Watch(Action end) : IDisposable
    {
        public void Dispose() => end();
    }

    private Task<ComponentValue?> Start(LoadedExport export, IReadOnlyList<ComponentValue> arguments, CallLimits limits, CancellationToken cancellationToken)
    {
        var call = new AsyncCall(state, export, arguments.ToEquatableArray(), limits, cancellationToken);
        if (!state.Embedder.Loop.IsHere)
        {
            state.Embedder.Loop.PostAndRest(call.Start);
            return call.Completion;
        }
        try
        {
            // A host function that a guest has called.
            call.Start();
        }
        catch (Exception e)
        {
            Turns.Fail(state, e);
        }
        return call.Completion;
    }

    /// <summary>Calls a function where the instance's own turn has it, and waits.</summary>
    private Either<CallFailure, Option<ComponentValue>> InTurn(LoadedExport export, IReadOnlyList<ComponentValue> arguments, CallLimits limits)
    {
        try
        {
            return Optional(Start(export, arguments, limits, CancellationToken.None).GetAwaiter().GetResult());
        }
        catch (ComponentException e)
        {
            return e.Failure;
        }
    }

    /// <summary>Does something where the instance's own turn has it, and waits.</summary>
    private Either<CallFailure, T> InTurn<T>(Func<Either<CallFailure, T>> use)
    {
        var done = new TaskCompletionSource<Either<CallFailure, T>>(TaskCreationOptions.RunContinuationsAsynchronously);
        state.Embedder.Loop.Post(() =>
        {
            try
            {
                done.SetResult(use());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return done.Task.GetAwaiter().GetResult();
    }
}
