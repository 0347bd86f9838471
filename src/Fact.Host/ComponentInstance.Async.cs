using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Fact.Host.Calls;
using Fact.Host.Linking;
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
    /// Where nothing that the call waits for has been begun, it fails with a trap that says deadlock; but not while .NET code has streams or futures of the component, nor
    /// where a call has a token that can be cancelled: then it may wait for what the program does later.
    /// </remarks>
    /// <param name="name">Its name; <c>instance#name</c> for one in an exported instance.</param>
    /// <param name="arguments">One value for each parameter. Handles that are passed as <c>own</c> are gone afterwards, whatever happens.</param>
    /// <param name="cancellationToken">
    /// Asks for cancellation: a call that has not been started is not made; a guest learns of it when it waits where that is possible, and may return nevertheless. The task
    /// is cancelled when the guest has agreed.
    /// </param>
    /// <returns>
    /// The result; null where the type has none. The task fails with a <see cref="ComponentException"/>, which says what <see cref="Invoke(string, IReadOnlyList{ComponentValue})"/> would return.
    /// </returns>
    public Task<ComponentValue?> InvokeAsync(string name, IReadOnlyList<ComponentValue> arguments, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(arguments);
        return exports.TryGetValue(name, out var export)
            ? Start(export, arguments, cancellationToken)
            : Task.FromException<ComponentValue?>(new ComponentException(NoSuchFunction(name)));
    }

    private Task<ComponentValue?> Start(LoadedExport export, IReadOnlyList<ComponentValue> arguments, CancellationToken cancellationToken)
    {
        var call = new AsyncCall(state, export, arguments.ToEquatableArray(), cancellationToken);
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
    private Either<CallFailure, Option<ComponentValue>> InTurn(LoadedExport export, IReadOnlyList<ComponentValue> arguments)
    {
        try
        {
            return Optional(Start(export, arguments, CancellationToken.None).GetAwaiter().GetResult());
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
