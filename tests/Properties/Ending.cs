using System;
using System.Threading.Tasks;

namespace Fact.Properties;

/// <summary>
/// Work that ends. Inputs are so large that a step which is not linear would take hours; the limit measures nothing, it only turns a hang into a failure.
/// </summary>
internal static class Ending
{
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(5);

    /// <summary>The result of the work.</summary>
    public static T Of<T>(Func<T> work)
    {
        var task = Task.Factory.StartNew(work, TaskCreationOptions.LongRunning);
        return task.Wait(Hang) ? task.Result : throw new TimeoutException($"the work has not ended after {Hang.TotalMinutes} minutes");
    }
}
