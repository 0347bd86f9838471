using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading;

namespace Fact.Bench;

/// <summary>
/// The figures of the benchmarks in well under a minute: each case runs until it gets no faster, then in batches, of which
/// the fastest counts.
/// </summary>
internal static class Quick
{
    /// <summary>Short, so that on a busy machine some batch runs undisturbed; long enough to have its share of garbage collections.</summary>
    private const double BatchSeconds = 0.02;

    /// <summary>From here on the rest gets less time, so that a busy machine ends in time too.</summary>
    private const double Hurry = 24;

    private static readonly Stopwatch SinceStart = Stopwatch.StartNew();

    public static void Run()
    {
        var synthetic = Subject.Synthetic();
        if (synthetic is null)
        {
            Console.WriteLine("synthetic  not found: name its file in FACT_SYNTHETIC, or put it at ../shared/bench/synthetic.wasm");
        }
        else
        {
            Compile("synthetic", synthetic, seconds: 3);
            Step("decode", synthetic, synthetic.InputBytes, synthetic.Decode);
            Step("link", synthetic, synthetic.InputBytes, synthetic.Link);
            Step("lower", synthetic, synthetic.EncodedBytes, synthetic.Lower);
            Step("canonicalize", synthetic, synthetic.EncodedBytes, synthetic.Canonicalize);
            Step("resolve", synthetic, synthetic.EncodedBytes, synthetic.Resolve);
            Step("encode", synthetic, synthetic.EncodedBytes, () => synthetic.Encode());
            Step("all", synthetic, synthetic.EncodedBytes, () => synthetic.All());
        }
        foreach (int size in Sizes.All)
        {
            var subject = Subject.Of(size);
            Compile(subject.Name, subject, seconds: 1);
        }
        Console.WriteLine(Format($"µs and KB per adapter. MB/s: of the component read (decode, link), else of the modules written. Best of many batches; {SinceStart.Elapsed.TotalSeconds:0} s."));
        if (synthetic is not null)
            Console.WriteLine(Format($"synthetic: {synthetic.Adapters} adapters, {synthetic.EncodedBytes} bytes of modules."));
        Console.WriteLine("Default runtime settings (tiered compilation with profiles), but no concurrent garbage collection.");
    }

    /// <summary>Lower, canonicalize, resolve and encode: what a compiler that has adapters calls.</summary>
    private static void Compile(string name, Subject subject, double seconds)
    {
        var (time, allocated) = Measure(() => subject.Compile(), seconds);
        Line(name, subject, subject.EncodedBytes, time, allocated);
    }

    private static void Step(string step, Subject subject, int bytes, Func<object> run)
    {
        var (time, allocated) = Measure(run, seconds: 0.7);
        Line($"{subject.Name}/{step}", subject, bytes, time, allocated);
    }

    private static void Line(string name, Subject subject, int bytes, TimeSpan time, double allocated) => Console.WriteLine(Format(
        $"{name}  {time.TotalMicroseconds / subject.Adapters:0.00} µs/adapter  {bytes / time.TotalSeconds / 1e6:0} MB/s  {allocated / subject.Adapters / 1024:0.0} KB/adapter"));

    /// <summary>The time of one run, in the fastest batch, and the bytes that one run allocates.</summary>
    private static (TimeSpan Time, double Allocated) Measure(Func<object> run, double seconds)
    {
        seconds = SinceStart.Elapsed.TotalSeconds < Hurry ? seconds : seconds / 5;
        int perBatch = WarmUp(run, seconds);
        var clock = Stopwatch.StartNew();
        var best = TimeSpan.MaxValue;
        long runs = 0, before = GC.GetAllocatedBytesForCurrentThread();
        while (clock.Elapsed.TotalSeconds < seconds || runs < 4 * perBatch)
        {
            var time = Batch(run, perBatch);
            runs += perBatch;
            if (time < best)
                best = time;
        }
        return (best, (GC.GetAllocatedBytesForCurrentThread() - before) / (double)runs);
    }

    /// <summary>Runs in batches until they no longer get faster; returns how many runs make a good batch.</summary>
    private static int WarmUp(Func<object> run, double seconds)
    {
        var clock = Stopwatch.StartNew();
        var best = Batch(run, 1);
        for (int unimproved = 0; unimproved < 5 && clock.Elapsed.TotalSeconds < 2 * seconds;)
        {
            var time = Batch(run, Runs(3 * BatchSeconds, best));
            unimproved = time < best * 0.97 ? 0 : unimproved + 1;
            best = time < best ? time : best;
            // Methods are compiled anew in the background, once no new ones have turned up for a while.
            Thread.Sleep(120);
        }
        return Runs(BatchSeconds, best);
    }

    private static int Runs(double seconds, TimeSpan each) => Math.Max(1, (int)(seconds / each.TotalSeconds));

    private static TimeSpan Batch(Func<object> run, int runs)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < runs; i++)
            run();
        return Stopwatch.GetElapsedTime(start) / runs;
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
