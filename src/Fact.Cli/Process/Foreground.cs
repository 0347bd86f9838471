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
        using var ended = new ManualResetEventSlim();
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => Interrupt(signal, interruption, ended.Wait));
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
            finally
            {
                ended.Set();
            }
        })
        { IsBackground = false };
        thread.Start();
        thread.Join();
        thrown?.Throw();
        return result!;
    }

    /// <summary>What is done when the terminal goes away. Windows ends the process as soon as it has been told, whatever is answered: so the answer waits.</summary>
    /// <param name="signal">Is answered: the process goes on.</param>
    /// <param name="interruption">Interrupts the work.</param>
    /// <param name="wait">Waits for the end of the work.</param>
    internal static void Interrupt(PosixSignalContext signal, CancellationTokenSource interruption, Action wait)
    {
        signal.Cancel = true;
        interruption.Cancel();
        wait();
    }
}
