using System;
using System.Collections.Generic;
using System.Linq;

namespace Fact.Bench;

/// <summary>Something to measure: it runs in short batches, taking turns with the other cases, so that whatever disturbs the machine disturbs all of them.</summary>
/// <param name="name">What it does.</param>
/// <param name="adapters">How many adapters one run is about.</param>
/// <param name="run">Does it once.</param>
internal sealed class Case(string name, int adapters, Action run)
{
    private readonly List<double> times = [];
    private int perBatch = 1;
    private double allocated;

    /// <summary>What it does.</summary>
    public string Name { get; } = name;

    /// <summary>Microseconds for each adapter: the median of the batches.</summary>
    public double Microseconds => times.Order().ElementAt(times.Count / 2) * 1e6 / adapters;

    /// <summary>Microseconds for each adapter, in the fastest batch.</summary>
    public double Fastest => times.Min() * 1e6 / adapters;

    /// <summary>Bytes allocated for each adapter.</summary>
    public double Allocated => allocated / adapters;

    /// <summary>Runs one batch of about so many seconds.</summary>
    public void Batch(double seconds)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        double start = ThreadClock.Seconds();
        for (int i = 0; i < perBatch; i++)
            run();
        double each = (ThreadClock.Seconds() - start) / perBatch;
        allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)perBatch;
        times.Add(each);
        perBatch = (int)Math.Clamp(seconds / Math.Max(each, 1e-7), 1, 1_000_000);
    }

    /// <summary>Forgets what was measured so far.</summary>
    public void Forget() => times.Clear();
}
