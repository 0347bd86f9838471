using System;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace Fact.Cli;

/// <summary>Work that must come to its end: an interrupted process goes on until it has.</summary>
internal static class Foreground
{
    /// <summary>Does the work, in a thread for which the end of the process waits.</summary>
    /// <param name="work">Gets a token that is cancelled with the other one, and when the terminal goes away.</param>
    /// <param name="cancellationToken">Interrupts the work.</param>
    public static T Run<T>(Func<CancellationToken, T> work, CancellationToken cancellationToken)
    {
        using var interruption = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            interruption.Cancel();
        });
        T? result = default;
        ExceptionDispatchInfo? thrown = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = work(interruption.Token);
            }
            catch (Exception e)
            {
                thrown = ExceptionDispatchInfo.Capture(e);
            }
        })
        { IsBackground = false };
        thread.Start();
        thread.Join();
        thrown?.Throw();
        return result!;
    }
}
