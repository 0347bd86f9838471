using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Fact.Conformance.Differential.Generate;
using Fact.Ir;
using Fact.Lower.Passes;
using Xunit;
using Xunit.Abstractions;

namespace Fact.Conformance.Differential;

/// <summary>
/// Guests cannot tell this project from the specification, nor from another runtime: the same calls of <c>realloc</c>, the same core values, the
/// same memories, the same traps.
/// </summary>
public sealed class DifferentialTests(ITestOutputHelper output)
{
    [Fact]
    public void Guests_cannot_tell_Fact_from_the_reference_runtime()
    {
        using var reference = new ReferenceRuntime();
        Run(reference, FuzzSettings.Cases, caller64: false, callee64: false, beyondReference: false);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Guests_with_memories_of_any_width_cannot_tell_Fact_from_the_specification(bool caller64, bool callee64) =>
        Run(null, FuzzSettings.Cases / 4, caller64, callee64, beyondReference: true);

    /// <summary>Together they have more memories than an engine lets one module import.</summary>
    [Fact]
    public void Guests_among_a_hundred_others_cannot_tell_Fact_from_the_reference_runtime()
    {
        using var reference = new ReferenceRuntime();
        using var ours = new FactRuntime();
        int number = FuzzSettings.Pair ?? Enumerable.Range(0, 1000).First(n => Made(n).Pair.Shape == PairShape.Siblings);
        var (pair, cases) = Made(number);
        string? found = FirstDifference(new(reference, ours, ours), new(), pair with { Others = 51 }, [.. cases.Items.Take(8)], number, () => false);
        Assert.True(found is null, found);

        static (Pair Pair, EquatableArray<GeneratedCase> Cases) Made(int number) =>
            CaseGenerator.Make(FuzzSettings.SeedOf(number), caller64: false, callee64: false, beyondReference: false);
    }

    /// <summary>The component around the fused module, on the reference runtime: all that is between the guests is in the module.</summary>
    [Fact]
    public void Guests_of_fused_components_cannot_tell_them_from_the_components()
    {
        using var reference = new ReferenceRuntime();
        using var ours = new FusedRuntime(new ReferenceRuntime(), FuseOptions.Default);
        using var debug = new FusedRuntime(new ReferenceRuntime(), FusedDebug);
        RunFor(new Judge(reference, ours, debug), FuzzSettings.FusedCases, caller64: false, callee64: false, beyondReference: false);
    }

    /// <summary>The same on this project's host, which has memories of any width.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Guests_of_fused_components_cannot_tell_them_on_our_host(bool caller64, bool callee64)
    {
        using var ours = new FusedRuntime(new FactRuntime(), FuseOptions.Default);
        using var debug = new FusedRuntime(new FactRuntime(), FusedDebug);
        RunFor(new Judge(null, ours, debug), FuzzSettings.FusedCases / 4, caller64, callee64, beyondReference: true);
    }

    /// <summary>Where at least one side of each function is asynchronous, whatever the host does first. The reference runtime has 32-bit memories only.</summary>
    [Theory]
    [InlineData(false, false, null)]
    [InlineData(true, false, 1)]
    [InlineData(false, true, 2)]
    [InlineData(true, true, 3)]
    public void Guests_that_are_asynchronous_cannot_tell_Fact_from_the_specification(bool caller64, bool callee64, int? schedule)
    {
        using var ours = new FactRuntime(null, schedule);
        using var debug = new FactRuntime(CompileOptions.Debug with { ExceptionBarrier = true, Optimize = Optimize.Size }, schedule);
        using var reference = caller64 || callee64 ? null : new ReferenceRuntime(eventLoop: true);
        RunFor(
            new Judge(reference, ours, debug, isAsync: true),
            FuzzSettings.Cases / 10,
            number => CaseGenerator.MakeAsync(FuzzSettings.SeedOf(number), caller64, callee64, beyondReference: reference is null));
    }

    // Without any pass over what was merged.
    private static FuseOptions FusedDebug => new(KeepAll: true)
    {
        DirectCalls = false,
        InlineCalls = false,
        Compile = CompileOptions.Debug with { ExceptionBarrier = true, Optimize = Optimize.Size },
    };

    private void Run(IRuntime? reference, int total, bool caller64, bool callee64, bool beyondReference)
    {
        using var ours = new FactRuntime();
        // The host's default has vectors, its own tables, and is fast; debug builds have neither, or the host's transcoders, are short, and do what nobody can
        // observe too.
        var transcoders = caller64 == callee64 && reference is null ? Transcoders.Imported : Transcoders.Wasm;
        var passes = PassList.All.Without("elide-unseen-flags").Without("elide-barrier");
        using var debug = new FactRuntime(CompileOptions.Debug with
        {
            ExceptionBarrier = true,
            Transcoders = transcoders,
            HandleTables = HandleTables.Imported,
            Optimize = Optimize.Size,
            Passes = passes,
        });
        RunFor(new Judge(reference, ours, debug), total, caller64, callee64, beyondReference);
    }

    private void RunFor(Judge judge, int total, bool caller64, bool callee64, bool beyondReference) =>
        RunFor(judge, total, number => CaseGenerator.Make(FuzzSettings.SeedOf(number), caller64, callee64, beyondReference));

    private void RunFor(Judge judge, int total, Func<int, (Pair Pair, EquatableArray<GeneratedCase> Cases)> make)
    {
        var tally = new Tally();
        var failure = new ConcurrentBag<string>();
        int pairs = (total + CaseGenerator.CasesPerPair - 1) / CaseGenerator.CasesPerPair;
        var (first, end) = FuzzSettings.Pair is { } only ? (only, only + 1) : (0, pairs);
        Parallel.For(first, end, (number, loop) =>
        {
            var (pair, cases) = make(number);
            string? found;
            try
            {
                found = FirstDifference(judge, tally, pair, cases, number, () => loop.IsStopped);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                found = FailureText.Of(e, pair, number);
            }
            if (found is null)
                return;
            loop.Stop();
            failure.Add(found);
        });
        output.WriteLine($"seed {FuzzSettings.Seed}: {tally}");
        Assert.True(failure.IsEmpty, failure.FirstOrDefault());
        Assert.True(FuzzSettings.Pair is not null || tally.Cases < 500 || tally.Spoiled * 3 >= tally.Cases, "at least a third of the cases must be invalid");
    }

    private static string? FirstDifference(Judge judge, Tally tally, Pair pair, EquatableArray<GeneratedCase> cases, int number, Func<bool> isStopped)
    {
        using var session = judge.Open(pair);
        foreach (var (@case, isSpoiled) in cases)
        {
            if (isStopped())
                return null;
            var verdict = session.Run(@case);
            tally.Add(verdict, isSpoiled);
            if (verdict.Differences.Count > 0)
                return FailureText.Of(judge, new(pair, @case), number);
        }
        return null;
    }

    private sealed class Tally
    {
        private readonly ConcurrentDictionary<string, int> departures = [];
        private int cases, spoiled, trapped;

        public int Cases => cases;

        public int Spoiled => spoiled;

        public void Add(Verdict verdict, bool isSpoiled)
        {
            Interlocked.Increment(ref cases);
            if (isSpoiled)
                Interlocked.Increment(ref spoiled);
            if (verdict.Outcome is Outcome.Trapped)
                Interlocked.Increment(ref trapped);
            foreach (string departure in verdict.Departures)
                departures.AddOrUpdate(departure, 1, (_, n) => n + 1);
        }

        public override string ToString() =>
            $"{cases} cases, {spoiled} of them made invalid, {trapped} trapped; known differences shown: "
            + (departures.IsEmpty ? "none" : string.Join(", ", departures.OrderBy(d => d.Key).Select(d => $"{d.Key} {d.Value}")));
    }
}
