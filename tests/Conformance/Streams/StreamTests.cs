using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Fact.Conformance.Differential;
using Fact.Conformance.Differential.Generate;
using Fact.Conformance.Differential.Model;
using Fact.Host;
using Fact.Model;
using Wasmtime;
using Xunit;
using Xunit.Abstractions;

namespace Fact.Conformance.Streams;

/// <summary>
/// Guests that pass streams and futures to each other, and use them, see nothing that the specification does not allow: what copies return, the events in their
/// order, the bytes in their memories after each step, and why they trap. The reference runtime shows them nothing else either, so that the model is one.
/// </summary>
public sealed class StreamTests(ITestOutputHelper output)
{
    private const int CasesPerSetting = 20;

    [Fact]
    public void Guests_with_streams_see_what_the_specification_allows()
    {
        var tally = new ConcurrentDictionary<string, int>();
        var failures = new Failures();
        using var engine = new HostEngine();
        using var reference = ReferenceEngine.Create();
        int settings = ((FuzzSettings.Cases / 10) + CasesPerSetting - 1) / CasesPerSetting;
        var (first, end) = FuzzSettings.Pair is { } only ? (only, only + 1) : (0, settings);
        Parallel.For(first, end, (number, loop) =>
        {
            try
            {
                Compare(engine, reference, number, tally, failures);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                failures.Add(isReference: false, () => $"{StreamFailure.Again(number)}cannot run: {e}");
            }
            if (failures.Stop)
                loop.Stop();
        });
        output.WriteLine($"seed {FuzzSettings.Seed}: {string.Join(", ", tally.OrderBy(t => t.Key).Select(t => $"{t.Key} {t.Value}"))}");
        string text = failures.ToString();
        Assert.True(text.Length == 0, text);
        if (FuzzSettings.Pair is null && FuzzSettings.Cases >= 2000)
            RequireSubstance(tally);
    }

    /// <summary>Most cases must come to something.</summary>
    private static void RequireSubstance(ConcurrentDictionary<string, int> tally)
    {
        int Count(string kind) => tally.Where(t => t.Key.EndsWith(kind, StringComparison.Ordinal)).Sum(t => t.Value);
        int all = Count("");
        Assert.InRange(Count("returned"), all / 4, all);
        Assert.InRange(Count("unsupported"), 0, all / 8);
        Assert.InRange(Count("undecided"), 0, all / 50);
    }

    private static void Compare(HostEngine engine, Engine reference, int number, ConcurrentDictionary<string, int> tally, Failures failures)
    {
        var choice = new Choice(FuzzSettings.SeedOf(number));
        var setting = SettingGenerator.Make(choice);
        byte[] component = Module.ConvertText(StreamText.Component(setting, keepsLog: false));
        var runtimes = new List<(string Name, IPreparedSetting Runtime)>
        {
            ("Fact", new StreamFact(engine, component, null)),
            ("Fact, shuffled", new StreamFact(engine, component, number)),
        };
        if (!setting.Forwards && setting.Back != CallsBack.Itself)
            runtimes.Add(("Wasmtime", new StreamReference(reference, Module.ConvertText(StreamText.Component(setting, keepsLog: true)))));
        try
        {
            for (int i = 0; i < CasesPerSetting && !failures.Stop; i++)
            {
                var @case = Make(setting, choice);
                foreach (var (name, runtime) in runtimes)
                {
                    // The reference looks at the place of a buffer later than others.
                    if ((@case.Misplaced || @case.BlocksPlain) && runtime is StreamReference)
                        continue;
                    var outcome = runtime.Run(setting, @case);
                    bool? allowed = StreamModel.Allows(setting, @case, outcome, DialectOf(runtime), out _);
                    tally.AddOrUpdate($"{name}: {Kind(outcome, allowed)}", 1, (_, n) => n + 1);
                    if (allowed == false)
                        failures.Add(runtime is StreamReference, () => StreamFailure.Text(name, runtime, DialectOf(runtime), number, setting, @case));
                }
            }
        }
        finally
        {
            foreach (var (_, runtime) in runtimes)
                runtime.Dispose();
        }
    }

    /// <summary>What was found. That the reference differs does not keep this project's host from being compared in all cases.</summary>
    private sealed class Failures
    {
        private const int MaxTexts = 4;
        private readonly List<string> texts = [];
        private int count;

        /// <summary>Whether nothing else is compared.</summary>
        public bool Stop { get; private set; }

        /// <summary>Adds one, whose text is made only where it will be shown.</summary>
        public void Add(bool isReference, Func<string> text)
        {
            lock (texts)
            {
                count++;
                Stop |= !isReference;
                if (texts.Count < MaxTexts || !isReference)
                    texts.Insert(isReference ? texts.Count : 0, text());
            }
        }

        public override string ToString() => count == 0 ? "" : $"{count} cases differ:\n{string.Join('\n', texts)}";
    }

    private static Dialect DialectOf(IPreparedSetting runtime) => runtime is StreamReference ? new ReferenceDialect(isAsync: true) : Dialect.Specification;

    private static string Kind(StreamOutcome outcome, bool? allowed) => (outcome, allowed) switch
    {
        (_, null) => "undecided",
        (_, false) => "differs",
        ({ IsUnsupported: true }, _) => "unsupported",
        ({ Trap: null }, _) => "returned",
        ({ Trap: { } trap }, _) => trap.Contains("deadlock", StringComparison.Ordinal) ? "deadlock" : "trapped",
    };

    /// <summary>A case; one that comes to something rather than one that does not.</summary>
    private static StreamCase Make(StreamSetting setting, Choice choice)
    {
        var @case = ScriptGenerator.Make(setting, choice);
        for (int attempts = 0; attempts < 8; attempts++)
        {
            var outcome = StreamModel.First(setting, @case);
            if (outcome.Log.Length > 12 && (outcome.Trap is null || choice.OneIn(outcome.Trap == "deadlock" ? 10 : 2)))
                break;
            @case = ScriptGenerator.Make(setting, choice);
        }
        return @case;
    }
}
