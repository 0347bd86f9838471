using System;
using System.Threading;

namespace Fact.Wasi.Streams;

/// <summary>How long an instance waits: until somebody ends it, the host for all of its instances, or the limit of a call for this one.</summary>
/// <param name="cancellation">The token of the host.</param>
/// <param name="stopped">The token of the calls that are in progress now.</param>
internal sealed class Patience(CancellationToken cancellation, Func<CancellationToken> stopped)
{
    /// <summary>Whether somebody may end it.</summary>
    public bool MayEnd => cancellation.CanBeCanceled || stopped().CanBeCanceled;

    /// <summary>Waits.</summary>
    /// <param name="signal">Says when it is over.</param>
    /// <exception cref="OperationCanceledException">Somebody ended it.</exception>
    public void Wait(ManualResetEventSlim signal)
    {
        var stop = stopped();
        if (!stop.CanBeCanceled)
        {
            signal.Wait(cancellation);
            return;
        }
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stop);
        signal.Wait(either.Token);
    }
}
