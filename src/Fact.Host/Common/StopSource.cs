using System.Threading;

namespace Fact.Host;

/// <summary>Tells host functions that wait that the component which called them is stopped.</summary>
internal sealed class StopSource
{
    // None is disposed: whoever waits with the token of one may come late.
    private CancellationTokenSource current = new();

    /// <summary>Is cancelled when a call in progress exceeds its limits.</summary>
    public CancellationToken Token => Volatile.Read(ref current).Token;

    /// <summary>Ends all waiting. Whoever waits is told on other threads: what that throws is not for the one that stops.</summary>
    public void Cancel() => _ = Volatile.Read(ref current).CancelAsync();

    /// <summary>A call is over that was to be stopped, perhaps before it noticed: what waits later is of other calls.</summary>
    public void Renew() => Volatile.Write(ref current, new());
}
