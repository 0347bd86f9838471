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
        int compared = 0;
        var excused = new SortedDictionary<NotApplicable, int>();
        var different = new SortedDictionary<string, int>();
        foreach (var script in Script.All)
        {
            var ours = ScriptRun.Of(script).Happenings;
            var theirs = OnReference(script, ours, engine);
            for (int i = 0; i < ours.Count; i++)
            {
                if (theirs[i] is Happening.Unable(var reason))
                {
                    excused[reason] = excused.GetValueOrDefault(reason) + 1;
                    continue;
                }
                compared++;
                var command = script.Commands[i];
                if (ours[i].IsLike(theirs[i]))
                    continue;
                if (KnownDifference.Find(KnownDifference.FromWasmtime, script, theirs[i].ToString(), ours[i]) is { } known)
                    different[known.Heading] = different.GetValueOrDefault(known.Heading) + 1;
                else
                    wrong.Add($"{script.Family}/{script.Name}:{command.Line} {command.Keyword}: ours {ours[i]}; Wasmtime's {theirs[i]}");
            }
        }
        output.WriteLine($"{compared} compared");
        foreach (var (heading, count) in different)
            output.WriteLine($"{count} different: {heading}");
        foreach (var (reason, count) in excused)
            output.WriteLine($"{count} not compared: {NotApplicableTexts.Of(reason)}");
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    /// <summary>What we cannot do, the reference is not asked to do: it could wait for ever.</summary>
    private static IReadOnlyList<Happening> OnReference(Script script, IReadOnlyList<Happening> ours, Engine engine)
    {
        using var runtime = new ReferenceScripts(engine);
        return new Runner(script, runtime, number => ours[number] is Happening.Unable(var reason) ? reason : null).Run();
    }

}
