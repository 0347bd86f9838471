using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime;
using System.Threading;

namespace Fact.Bench;

/// <summary>
/// Figures in less than a minute, of one thread in its steady state: first everything runs until the runtime has compiled it for good,
/// then everything is measured in rounds, in each of which every case has its turn.
/// </summary>
internal static class Quick
{
    /// <summary>Short, so that there are many; long enough to have its share of garbage collections.</summary>
    private const double BatchSeconds = 0.008;

    /// <summary>So many rounds in a row in which the runtime compiles nothing end the warm-up.</summary>
    private const int QuietRounds = 2;

    /// <summary>When the warm-up and the measuring end at the latest, in seconds of wall time, so that a busy machine ends in time too.</summary>
    private const double WarmUntil = 20, MeasureUntil = 40;

    private const int FewestRounds = 3, MostRounds = 25;

    private static readonly Stopwatch SinceStart = Stopwatch.StartNew();

    /// <summary>Measures the components at hand, and those in the files that are named.</summary>
    public static void Run(IReadOnlyList<string> files)
    {
        List<Subject> subjects =
        [
            .. files.Select(file => new Subject(Path.GetFileNameWithoutExtension(file), File.ReadAllBytes(file))),
            Subject.Synthetic() ?? Subject.Of(50),
            .. Sizes.All.Select(Subject.Of),
        ];
        var measured = subjects.Select(subject => (subject, cases: Cases(subject))).ToList();
        var walk = new CodeWalk(measured[files.Count].subject);
        List<Case> all = [.. measured.SelectMany(one => one.cases), walk.Case];

        bool settled = WarmUp(all);
        all.ForEach(one => one.Forget());
        int rounds = Measure(all);

        foreach (var (subject, cases) in measured)
        {
            Print($"{subject.Name}: {subject.Adapters} adapters, component {subject.InputBytes} bytes, modules {subject.EncodedBytes} bytes");
            foreach (var one in cases)
                Print($"  {one.Name,-14} {one.Microseconds,8:0.00} µs  (fastest {one.Fastest,8:0.00})  {one.Allocated,8:0} B");
        }
        Print($"walk over {walk.Bytes} bytes of code: {walk.Bytes / walk.Case.Microseconds:0} MB/s (fastest {walk.Bytes / walk.Case.Fastest:0})");
        Print($"For each adapter: {ThreadClock.Name} of one thread, the median of {rounds} rounds; bytes allocated. {SinceStart.Elapsed.TotalSeconds:0} s.");
        string others = "by default: to fast ones that convert strings";
        Print($"compile: lower, canonicalize, resolve and encode in sequence, to modules such as the reference compiler makes; {others}.");
        Print($"all: from the component's bytes to the modules' bytes; the others are the steps alone.");
        string state = settled ? "It had compiled everything for good." : "It was still compiling: the figures are too high.";
        Print($"The runtime's default settings, but no concurrent garbage collection. {state}");
    }

    private static List<Case> Cases(Subject subject) =>
    [
        new("compile", subject.Adapters, () => subject.Compile()),
        new("by default", subject.Adapters, () => subject.CompileByDefault()),
        new("all", subject.Adapters, () => subject.All()),
        new("decode", subject.Adapters, () => subject.Decode()),
        new("link", subject.Adapters, () => subject.Link()),
        new("lower", subject.Adapters, () => subject.Lower()),
        new("canonicalize", subject.Adapters, () => subject.Canonicalize()),
        new("resolve", subject.Adapters, () => subject.Resolve()),
        new("encode", subject.Adapters, () => subject.Encode()),
    ];

    /// <summary>Runs everything until the runtime compiles no more; false where it did not come to an end in time.</summary>
    private static bool WarmUp(List<Case> cases)
    {
        for (int quiet = 0; quiet < QuietRounds;)
        {
            if (SinceStart.Elapsed.TotalSeconds > WarmUntil)
                return false;
            long before = JitInfo.GetCompiledMethodCount();
            foreach (var one in cases)
                one.Batch(BatchSeconds);

            // Methods are compiled anew in the background, once no new ones have turned up for a while.
            Thread.Sleep(250);
            quiet = JitInfo.GetCompiledMethodCount() == before ? quiet + 1 : 0;
        }
        return true;
    }

    private static int Measure(List<Case> cases)
    {
        int rounds = 0;
        double longest = 0;
        while (rounds < FewestRounds || (rounds < MostRounds && SinceStart.Elapsed.TotalSeconds + longest < MeasureUntil))
        {
            double start = SinceStart.Elapsed.TotalSeconds;
            foreach (var one in cases)
                one.Batch(BatchSeconds);
            longest = Math.Max(longest, SinceStart.Elapsed.TotalSeconds - start);
            rounds++;
        }
        return rounds;
    }

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
