using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Wasmtime;

namespace Fact.Bench.Adapters;

/// <summary>
/// What adapters cost when they run: the same components on this project's host and in the engine's own component runtime, in one process, in batches that take
/// turns, so that whatever disturbs the machine disturbs both. Guests loop in wasm; the time is that of the thread's processor.
/// </summary>
internal sealed class AdapterBench : IDisposable
{
    /// <summary>What batches take, in seconds of processor time: many short ones, so that noise hits both sides alike.</summary>
    private const double BatchSeconds = 0.003;

    private const int FewestRounds = 5, MostRounds = 41;

    private readonly AdapterOptions options;
    private readonly IReadOnlyList<Side> ours;
    private readonly WasmtimeSide theirs = new();
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly StringBuilder printed = new();
    private int missed, failed, smallestRounds = MostRounds;

    private AdapterBench(AdapterOptions options)
    {
        this.options = options;
        ours =
        [
            .. Modes.All.Take(options.Modes ? Modes.All.Count : 1).Select(mode => new FactSide(mode.Name, mode.Options)),
            .. options.Fused ? [new FusedSide("fused", Modes.All[^1].Options.Compile)] : (Side[])[],
        ];
    }

    /// <summary>Measures.</summary>
    /// <param name="args">What follows <c>adapters</c> on the command line.</param>
    /// <returns>The exit code: 1 where a case failed, 2 where the command line makes no sense.</returns>
    public static int Run(IReadOnlyList<string> args)
    {
        if (AdapterOptions.Parse(args) is not { } options)
        {
            Console.Error.WriteLine(AdapterOptions.Usage);
            return 2;
        }
        using var bench = new AdapterBench(options);
        return bench.Run();
    }

    private int Run()
    {
        List<AdapterCase> cases = [.. AdapterCases.All.Where(one => options.Takes(one))];
        if (options.Full)
            Print($"dotnet run -c Release --project bench -- adapters{(options.Fused ? " --fused" : "")}\n{Machine.Description}\n");
        string times = string.Concat(ours.Append<Side>(theirs).Select(side => $"{side.Name,14}"));
        Print($"{"",-44}{times}{string.Concat(ours.Select(Heading))}{"goal",10}{(options.Fused ? "goal, fused" : ""),14}");
        for (int i = 0; i < cases.Count; i++)
            Measure(cases[i], until: clock.Elapsed.TotalSeconds + ((options.Seconds(cases.Count) - clock.Elapsed.TotalSeconds) / (cases.Count - i)));
        string rounds = FormattableString.Invariant($"the median of {smallestRounds} rounds or more of {BatchSeconds * 1000:0} ms");
        Print($"The ratio is {theirs.Name}'s time : ours. For each call: {ThreadClock.Name}, {rounds}.");
        Print($"{cases.Count} cases, {missed} of them short of the goal, {failed} failed; {clock.Elapsed.TotalSeconds:0} s.");
        if (options.Full && Machine.Results is { } folder)
            File.WriteAllText(Path.Combine(folder, options.Fused ? "fused.txt" : "adapters.txt"), printed.ToString());
        return failed == 0 ? 0 : 1;
    }

    private string Heading(Side side) => $"{(ours.Count == 1 ? "ratio" : side.Name),12}";

    /// <summary>Measures a case, and prints its line.</summary>
    private void Measure(AdapterCase one, double until)
    {
        byte[] component = Module.ConvertText(one.Text);
        Trial reference;
        CaseOutcome expected;
        try
        {
            reference = new(CaseOutcome.Start(theirs, one, component, out expected));
        }
        catch (InvalidOperationException e)
        {
            failed++;
            Print($"{one.Name,-44}FAILED: {e.Message}");
            return;
        }
        using (reference)
        {
            reference.WarmUp(BatchSeconds);
            var trials = ours.Select(side => Trial(side, one, component, expected)).ToList();
            try
            {
                Rounds(trials, reference, until);
                Report(one, trials, reference);
            }
            finally
            {
                trials.ForEach(trial => trial?.Dispose());
            }
        }
    }

    /// <summary>A case on a side of ours; null, and a line that says so, where that is not possible or its outcome is another one.</summary>
    private Trial? Trial(Side side, AdapterCase one, byte[] component, CaseOutcome expected)
    {
        try
        {
            var running = CaseOutcome.Start(side, one, component, out var outcome);
            var trial = new Trial(running);
            if (outcome == expected)
            {
                trial.WarmUp(BatchSeconds);
                return trial;
            }
            trial.Dispose();
            Print($"{one.Name,-44}FAILED: {side.Name}: {outcome}, but {theirs.Name}: {expected}");
        }
        catch (NotSupportedException)
        {
            return null;
        }
        catch (InvalidOperationException e)
        {
            Print($"{one.Name,-44}FAILED: {e.Message}");
        }
        failed++;
        return null;
    }

    private void Rounds(List<Trial?> trials, Trial reference, double until)
    {
        int rounds = 0;
        while (rounds < FewestRounds || (rounds < MostRounds && clock.Elapsed.TotalSeconds < until))
        {
            foreach (var trial in trials)
                trial?.Batch();
            reference.Batch();
            rounds++;
        }
        smallestRounds = Math.Min(smallestRounds, rounds);
    }

    private void Report(AdapterCase one, List<Trial?> trials, Trial reference)
    {
        string times = string.Concat(trials.Append(reference).Select(trial => $"{(trial is null ? "-" : Time(one, trial.Seconds)),14}"));
        string ratios = string.Concat(trials.Select(trial => $"{(trial is null ? "-" : Number(trial.RatioTo(reference))),12}"));

        // In other modes than the default nothing is asked for.
        string goals = Goal(one.Goal, trials[0], reference, 10) + (options.Fused ? Goal(one.FusedGoal, trials[^1], reference, 14) : "");
        Print($"{one.Name,-44}{times}{ratios}{goals}");
    }

    private string Goal(double? goal, Trial? trial, Trial reference, int width)
    {
        if (goal is not { } atLeast)
            return "".PadLeft(width);
        bool reached = trial is not null && trial.RatioTo(reference) >= atLeast;
        if (!reached)
            missed++;
        return atLeast.ToString(CultureInfo.InvariantCulture).PadLeft(width) + (reached ? "" : "  missed");
    }

    /// <summary>Short calls have a time, and what is long a speed.</summary>
    private static string Time(AdapterCase one, double seconds) => one.Bytes is { } bytes && bytes >= 1 << 16
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / seconds / 1e9:0.000} GB/s")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e9:0.00} ns");

    private static string Number(double ratio) => ratio.ToString(ratio < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    private void Print(FormattableString text)
    {
        string line = text.ToString(CultureInfo.InvariantCulture).TrimEnd(' ');
        Console.WriteLine(line);
        printed.Append(line).Append('\n');
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var side in ours)
            side.Dispose();
        theirs.Dispose();
    }
}
