using System;
using System.Collections.Generic;
using System.Linq;

namespace Fact.Bench.Adapters;

/// <summary>A case on one side: batches of calls, and what one call took in each of them.</summary>
/// <param name="run">Makes so many calls.</param>
/// <param name="clock">Tells seconds since some moment.</param>
/// <param name="running">What is disposed with it.</param>
internal sealed class Trial(Action<uint> run, Func<double> clock, IDisposable? running = null) : IDisposable
{
    private const uint MostCalls = 1 << 28;

    private readonly List<double> times = [];
    private uint calls = 1;

    /// <param name="running">The component, its arguments made.</param>
    public Trial(Running running)
        : this(calls => running.Run(calls), ThreadClock.Seconds, running)
    {
    }

    /// <summary>Seconds that one call takes: the median of the batches.</summary>
    public double Seconds => Median(times);

    /// <summary>Finds out how many calls take so many seconds, and runs them until the code that the runtime compiles on the way is there.</summary>
    public void WarmUp(double seconds)
    {
        for (double took = Take(); took < seconds; took = Take())
        {
            if (calls >= MostCalls)
                return;
            calls = (uint)Math.Clamp(calls * seconds * 1.2 / Math.Max(took, seconds / 16), calls + 1, MostCalls);
        }
    }

    /// <summary>Makes calls one by one, so many or for so many seconds: the runtime compiles anew what is called often.</summary>
    public void Repeat(int times, double seconds)
    {
        double end = clock() + seconds;
        for (int i = 0; i < times && clock() < end; i++)
            run(1);
    }

    /// <summary>Forgets what was measured so far.</summary>
    public void Forget() => times.Clear();

    /// <summary>Measures a batch.</summary>
    public void Batch() => times.Add(Take() / calls);

    /// <summary>How many times longer a call takes on another side: the median of the batches that took turns.</summary>
    public double RatioTo(Trial other) => Median([.. times.Zip(other.times, (mine, others) => others / mine)]);

    /// <inheritdoc/>
    public void Dispose() => running?.Dispose();

    private double Take()
    {
        double start = clock();
        run(calls);
        return clock() - start;
    }

    private static double Median(IReadOnlyCollection<double> all) => all.Order().ElementAt(all.Count / 2);
}
