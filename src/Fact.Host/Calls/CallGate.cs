using System;
using System.Threading;

namespace Fact.Host.Calls;

/// <summary>
/// Who may use an instance now: one thread at a time, and nobody when it was disposed. The engine would not notice, and end the process.
/// </summary>
internal sealed class CallGate
{
    /// <summary>What is wrong where a call is made too late.</summary>
    public const string Disposed = "the instance was disposed";

    /// <summary>What is wrong where an instance is disposed too early.</summary>
    public const string InUse = "the instance is in a call: dispose it when the call has returned";

    private readonly Lock sync = new();
    private int calls, thread;

    /// <summary>Whether the instance was disposed.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>Begins a call; <see cref="Leave"/> ends it. A thread that is in a call may begin another one inside it.</summary>
    /// <returns>Why no call may begin; null where it has begun.</returns>
    public string? TryEnter()
    {
        lock (sync)
        {
            if (IsDisposed)
                return Disposed;
            if (calls > 0 && thread != Environment.CurrentManagedThreadId)
                return "the instance is in a call on another thread, and serves one thread at a time: wait until it has returned, or make an instance for each thread";
            (calls, thread) = (calls + 1, Environment.CurrentManagedThreadId);
            return null;
        }
    }

    /// <summary>Ends what <see cref="TryEnter"/> began.</summary>
    public void Leave()
    {
        lock (sync)
            calls--;
    }

    /// <summary>Lets nobody in any more.</summary>
    /// <returns>Whether this is the first time.</returns>
    /// <exception cref="InvalidOperationException">A call is in progress.</exception>
    public bool TryDispose()
    {
        lock (sync)
        {
            if (calls > 0)
                throw new InvalidOperationException(InUse);
            return !IsDisposed && (IsDisposed = true);
        }
    }
}
