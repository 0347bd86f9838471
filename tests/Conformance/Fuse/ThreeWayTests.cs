using System.Collections.Generic;
using System.Linq;
using Fact.Conformance.Corpus;
using Fact.Conformance.Scripts;
using Fact.Ir;
using Fact.Properties;
using Wasmtime;
using Xunit;
using Xunit.Abstractions;

namespace Fact.Conformance.Fuse;

/// <summary>
/// Scripts run a third way: the component around the fused module does on Wasmtime's own component runtime, and on this project's host, what the component does.
/// </summary>
public sealed class ThreeWayTests(ITestOutputHelper output)
{
    /// <summary>What cannot be fused.</summary>
    private static readonly string[] Limits =
        [FusedScripts.Asynchronous, "with the option async", "the export is a core module", "instantiates a core module that it imports", "cannot be folded into one"];

    [CorpusFact]
    public void Fused_components_do_the_same_on_the_reference()
    {
        using var engine = GatedEngine.Make();
        Compare("Wasmtime", (script, maker) => new ReferenceScripts(engine, maker));
    }

    [CorpusFact]
    public void Fused_components_with_one_memory_do_the_same_on_the_reference()
    {
        using var engine = GatedEngine.Make();
        Compare("Wasmtime, one memory", (script, maker) => new ReferenceScripts(engine, maker), foldMemories: true);
    }

    [CorpusFact]
    public void Fused_components_do_the_same_on_our_host() =>
        Compare("Fact.Host", (script, maker) => new FactScripts(ScriptRun.Engine, script.Reentrance, null, maker));

    private void Compare(string where, System.Func<Script, ScriptMaker?, IScriptRuntime> make, bool foldMemories = false)
    {
        var wrong = new List<string>();
        int same = 0, done = 0, unable = 0;
        var fused = new FusedScripts(CompileOptions.Default);
        foreach (var script in Script.All)
        {
            // What this project cannot do, others are not asked to do: it could wait for ever.
            var ours = ScriptRun.Of(script).Happenings;
            NotApplicable? Skip(int number) => ours[number] is Happening.Unable(var reason) ? reason : null;
            var scripts = new FusedScripts(CompileOptions.Default with { Reentrance = script.Reentrance }, foldMemories);
            using var original = make(script, null);
            using var third = make(script, scripts.Make);
            var expected = new Runner(script, original, Skip).Run();
            var actual = new Runner(script, third, Skip).Run();
            fused.Add(scripts);
            for (int i = 0; i < expected.Count; i++)
            {
                if (actual[i] is Happening.Unable || expected[i] is Happening.Unable)
                    unable++;
                else if (expected[i].IsLike(actual[i]) && ++same > 0)
                    done += actual[i] is Happening.Done ? 1 : 0;
                else if (KnownDifference.Find([.. KnownDifference.FromWasmtime, .. KnownDifference.FromFusing], script, expected[i].ToString(), actual[i]) is { } known)
                    output.WriteLine($"known difference: {known.Heading}");
                else
                    wrong.Add($"{script.Family}/{script.Name}:{script.Commands[i].Line} {script.Commands[i].Keyword}: {expected[i]}; fused: {actual[i]}");
            }
        }
        output.WriteLine($"{where}: {same} the same, of which {done} were done; {unable} not compared; {fused}");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Empty(fused.Wrong);
        Assert.All(fused.Refused.Keys, reason => Assert.Contains(Limits, limit => reason.Contains(limit, System.StringComparison.Ordinal)));
        Assert.True(done > 150, $"only {done} commands were done");
    }
}
