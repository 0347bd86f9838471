using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Fact.Host;
using Fact.Ir;
using Fact.Values;

namespace Fact.Conformance.Scripts;

/// <summary>Functions of a host that return when they are told to, and not by a clock: scripts then do the same every time.</summary>
internal sealed class SlowFunctions
{
    private readonly Queue<Func<bool>> running = new();

    /// <summary>
    /// A function that returns, after all that were called before, when nobody can go on without it; one that is cancelled before that does not return.
    /// </summary>
    public AsyncHostFunction Returning(Func<EquatableArray<ComponentValue>, ComponentValue?> result) => (arguments, cancellation) =>
    {
        var call = new TaskCompletionSource<ComponentValue?>();
        cancellation.Register(() => call.TrySetCanceled(cancellation));
        running.Enqueue(() => call.TrySetResult(result(arguments)));
        return new(call.Task);
    };

    /// <summary>A function that ends only when it is cancelled.</summary>
    public static AsyncHostFunction Never { get; } = (_, cancellation) =>
    {
        var call = new TaskCompletionSource<ComponentValue?>();
        cancellation.Register(() => call.TrySetCanceled(cancellation));
        return new(call.Task);
    };

    /// <summary>Lets the next one return.</summary>
    /// <returns>False where there is none.</returns>
    public bool Next()
    {
        while (running.TryDequeue(out var end))
        {
            if (end())
                return true;
        }
        return false;
    }
}
