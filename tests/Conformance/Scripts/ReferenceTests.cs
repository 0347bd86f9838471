using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Conformance.Corpus;
using Fact.Properties;
using Wasmtime;
using Xunit;
using Xunit.Abstractions;

namespace Fact.Conformance.Scripts;

/// <summary>Scripts do the same on Wasmtime's own component runtime, but for known differences.</summary>
public sealed class ReferenceTests(ITestOutputHelper output)
{
    [CorpusFact]
    public void Commands_do_the_same_on_the_reference()
    {
        using var engine = GatedEngine.Make();
        var wrong = new List<string>();
        foreach (var family in Script.All.GroupBy(script => script.Family))
        {
            var count = new Count();
            foreach (var script in family)
                Compare(script, engine, count, wrong);
            output.WriteLine($"{family.Key}: {count}");
            if (DocsFacts.Row($"`{family.Key}`, on Wasmtime") is { } totals)
                Assert.Equal([count.Same + count.Different.Values.Sum(), count.Different.Values.Sum(), count.Excused.Values.Sum()], totals);
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static void Compare(Script script, Engine engine, Count count, List<string> wrong)
    {
        var ours = ScriptRun.Of(script).Happenings;
        var theirs = OnReference(script, ours, engine);
        for (int i = 0; i < ours.Count; i++)
        {
            if (theirs[i] is Happening.Unable(var reason))
                Add(count.Excused, reason);
            else if (ours[i].IsLike(theirs[i]))
                count.Same++;
            else if (KnownDifference.Find(KnownDifference.FromWasmtime, script, theirs[i].ToString(), ours[i]) is { } known)
                Add(count.Different, known.Heading);
            else
                wrong.Add($"{script.Family}/{script.Name}:{script.Commands[i].Line} {script.Commands[i].Keyword}: ours {ours[i]}; Wasmtime's {theirs[i]}");
        }
    }

    private static void Add<T>(SortedDictionary<T, int> counts, T key)
        where T : notnull => counts[key] = counts.GetValueOrDefault(key) + 1;

    /// <summary>What we cannot do, the reference is not asked to do: it could wait for ever.</summary>
    private static IReadOnlyList<Happening> OnReference(Script script, IReadOnlyList<Happening> ours, Engine engine)
    {
        using var runtime = new ReferenceScripts(engine);
        return new Runner(script, runtime, number => ours[number] is Happening.Unable(var reason) ? reason : null).Run();
    }

    private sealed class Count
    {
        public int Same { get; set; }

        public SortedDictionary<string, int> Different { get; } = [];

        public SortedDictionary<NotApplicable, int> Excused { get; } = [];

        public override string ToString() =>
            $"{Same} the same"
            + string.Concat(Different.Select(d => $"\n  {d.Value} different: {d.Key}"))
            + string.Concat(Excused.Select(e => $"\n  {e.Value} not compared: {NotApplicableTexts.Of(e.Key)}"));
    }
}
