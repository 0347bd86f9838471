using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime;
using System.Text;
using System.Threading;
using Fact.Bench.Adapters;

namespace Fact.Bench.Host;

/// <summary>
/// What calls, instances and opening cost on this project's host, beside the engine's own component runtime: in one process, in batches that take turns, so that
/// whatever disturbs the machine disturbs both; after the runtime has compiled everything for good.
/// </summary>
internal sealed class HostBench(bool quick)
{
    private const string Usage = "usage: host [--quick] [--filter TEXT]…";

    /// <summary>What batches take, in seconds of processor time.</summary>
    private const double BatchSeconds = 0.003;

    private const double AllocationGoal = 200;

    /// <summary>What is done often enough before anything else to be compiled for good, if it does not take too long.</summary>
    private const int WarmCalls = 200;

    private const double WarmSeconds = 0.5;

    private const int FewestRounds = 5, MostRounds = 41, QuietRounds = 2;

    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly StringBuilder printed = new();
    private int missed;

    private double WarmUntil => quick ? 15 : 30;

    private double MeasureUntil => quick ? 45 : 120;

    /// <summary>Measures.</summary>
    /// <param name="args">What follows <c>host</c> on the command line.</param>
    /// <returns>The exit code: 2 where the command line makes no sense.</returns>
    public static int Run(IReadOnlyList<string> args)
    {
        bool quick = args.Contains("--quick");
        var filters = new List<string>();
        for (int i = 0; i < args.Count; i++)
        {
            if (args[i] == "--filter" && i + 1 < args.Count)
                filters.Add(args[++i]);
            else if (args[i] != "--quick")
            {
                Console.Error.WriteLine(Usage);
                return 2;
            }
        }
        new HostBench(quick).Run(filters);
        return 0;
    }

    private void Run(List<string> filters)
    {
        using var sides = new HostSides();
        List<HostCase> cases = [.. HostCases.Calls(sides).Concat(HostCases.Components(sides)).Where(one =>
            (!quick || one.Goal is not null) && (filters.Count == 0 || filters.Exists(filter => one.Name.Contains(filter, StringComparison.OrdinalIgnoreCase))))];
        var trials = cases.ConvertAll(one => (Case: one, Ours: Trial(one, one.Ours), Theirs: Trial(one, one.Theirs)));
        bool all = !quick && filters.Count == 0;
        if (all)
            Print($"dotnet run -c Release --project bench -- host\n{Machine.Description}\n");
        bool settled = WarmUp([.. trials.SelectMany(trial => new[] { trial.Ours, trial.Theirs })]);
        int rounds = 0;
        for (; rounds < FewestRounds || (rounds < MostRounds && clock.Elapsed.TotalSeconds < MeasureUntil); rounds++)
        {
            foreach (var (_, ours, theirs) in trials)
            {
                ours.Batch();
                theirs.Batch();
            }
        }
        Print($"{"",-44}{"ours",14}{"wasmtime",14}{"ratio",12}{"goal",10}");
        foreach (var (one, ours, theirs) in trials)
            Report(one.Name, Time(ours.Seconds), Time(theirs.Seconds), theirs.RatioTo(ours), one.Goal);
        if (cases.Find(one => one.Name == HostCases.AddName) is { } scalar)
        {
            double ours = Allocated(scalar.Ours), theirs = Allocated(scalar.Theirs);
            Report(scalar.Name + ", allocated", Bytes(ours), Bytes(theirs), ours, AllocationGoal);
        }
        Print($"The ratio is our time : wasmtime's; of what is allocated, our bytes. {ThreadClock.Name}, the median of {rounds} rounds of {BatchSeconds * 1000:0} ms;");
        string state = settled ? "The runtime had compiled everything for good." : "The runtime was still compiling: the figures are too high.";
        Print($"of opening, where the engine uses several threads, that of the process. {state}");
        Print($"{cases.Count} cases, {missed} of them short of the goal; {clock.Elapsed.TotalSeconds:0} s.");
        if (all && Machine.Results is { } folder)
            File.WriteAllText(Path.Combine(folder, "host.txt"), printed.ToString());
    }

    private static Trial Trial(HostCase one, Action<uint> run) => new(run, one.Threads ? () => Environment.CpuUsage.TotalTime.TotalSeconds : ThreadClock.Seconds);

    /// <summary>Runs everything until the runtime compiles no more; false where it did not come to an end in time.</summary>
    private bool WarmUp(List<Trial> trials)
    {
        trials.ForEach(trial => trial.Repeat(WarmCalls, WarmSeconds));
        for (int quiet = 0; quiet < QuietRounds;)
        {
            if (clock.Elapsed.TotalSeconds > WarmUntil)
                break;
            long before = JitInfo.GetCompiledMethodCount();
            trials.ForEach(trial => trial.WarmUp(BatchSeconds));

            // Methods are compiled anew in the background, once no new ones have turned up for a while.
            Thread.Sleep(250);
            quiet = JitInfo.GetCompiledMethodCount() == before ? quiet + 1 : 0;
        }
        trials.ForEach(trial => trial.Forget());
        return clock.Elapsed.TotalSeconds <= WarmUntil;
    }

    /// <summary>Bytes for each of some calls.</summary>
    private static double Allocated(Action<uint> run)
    {
        const uint Calls = 1000;
        run(Calls);
        long before = GC.GetAllocatedBytesForCurrentThread();
        run(Calls);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Calls;
    }

    private void Report(string name, string ours, string theirs, double value, double? goal)
    {
        bool reached = goal is not { } most || value <= most;
        if (!reached)
            missed++;
        Print($"{name,-44}{ours,14}{theirs,14}{value.ToString(value < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture),12}{goal,10}{(reached ? "" : "  missed")}");
    }

    private static string Time(double seconds) => seconds switch
    {
        < 1e-5 => FormattableString.Invariant($"{seconds * 1e9:0} ns"),
        < 1e-2 => FormattableString.Invariant($"{seconds * 1e6:0.0} µs"),
        _ => FormattableString.Invariant($"{seconds * 1e3:0.0} ms"),
    };

    private static string Bytes(double bytes) => FormattableString.Invariant($"{bytes:0} B");

    private void Print(FormattableString text)
    {
        string line = text.ToString(CultureInfo.InvariantCulture).TrimEnd(' ');
        Console.WriteLine(line);
        printed.Append(line).Append('\n');
    }
}
