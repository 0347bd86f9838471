using System;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace Fact.Cli;

/// <summary>Work that must come to its end: an interrupted process goes on until it has.</summary>
internal static class Foreground
{
    /// <summary>Does the work, in a thread for which the end of the process waits.</summary>
    public static T Run<T>(Func<T> work)
    {
        T? result = default;
        ExceptionDispatchInfo? thrown = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = work();
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
