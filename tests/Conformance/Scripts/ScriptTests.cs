using System;
using System.Linq;
using Fact.Ir;
using Fact.Lower.Passes;
using Fact.Properties;
using Xunit;
using Xunit.Abstractions;

namespace Fact.Conformance.Scripts;

/// <summary>What scripts say of components is so.</summary>
public sealed class ScriptTests(ITestOutputHelper output)
{
    /// <summary>Every command of every script: a command is a case, though a script is run as a whole.</summary>
    public static TheoryData<string, int, string, int> Commands()
    {
        var data = new TheoryData<string, int, string, int>();
        for (int s = 0; s < Script.All.Count; s++)
        {
            for (int c = 0; c < Script.All[s].Commands.Length; c++)
            {
                var command = Script.All[s].Commands[c];
                data.Add($"{Script.All[s].Family}/{Script.All[s].Name}", command.Line, command.Keyword, c);
            }
        }
        return data;
    }

    [CorpusTheory]
    [MemberData(nameof(Commands))]
    public void Commands_do_what_their_script_says(string script, int line, string command, int number)
    {
        var run = ScriptRun.Of(Script.All.First(s => $"{s.Family}/{s.Name}" == script));
        switch (run.Verdicts[number])
        {
            case Verdict.Failed(var expected, var happening):
                Assert.Fail($"{script}:{line} {command}: expected {expected}, but {happening}");
                break;
            case Verdict.Differs(var difference):
                output.WriteLine("known difference: " + difference.Heading);
                break;
            case Verdict.Excused(var reason):
                output.WriteLine("not applicable: " + NotApplicableTexts.Of(reason));
                break;
        }
    }

    [CorpusTheory]
    [InlineData(false, false, Transcoders.Imported, HandleTables.Imported, Optimize.Size)]
    [InlineData(true, false, Transcoders.Simd, HandleTables.Imported, Optimize.Speed)]
    [InlineData(true, true, Transcoders.Wasm, HandleTables.Wasm, Optimize.Size)]
    public void Commands_do_the_same_however_adapters_are_compiled(bool debug, bool barrier, Transcoders transcoders, HandleTables tables, Optimize optimize) =>
        Same((debug ? CompileOptions.Debug : CompileOptions.Default) with
        {
            ExceptionBarrier = barrier,
            Transcoders = transcoders,
            HandleTables = tables,
            Optimize = optimize,
        });

    /// <summary>What nobody can observe, scripts cannot either: <c>docs/unobservable.md</c>.</summary>
    [CorpusTheory]
    [InlineData("elide-unseen-flags")]
    [InlineData("elide-barrier")]
    [InlineData("elide-adapters")]
    [InlineData("elide-unseen-flags elide-barrier elide-adapters")]
    public void Commands_do_the_same_without_what_cannot_be_observed(string passes) =>
        Same(new CompileOptions(ExceptionBarrier: true, TrapInfo: true) { Passes = passes.Split(' ').Aggregate(PassList.All, (list, pass) => list.Without(pass)) });

    private static void Same(CompileOptions options) =>
        Assert.All(Script.All, script =>
        {
            using var runtime = new FactScripts(ScriptRun.Engine, script.Reentrance, options);
            var actual = new Runner(script, runtime).Run();
            foreach (var (command, expected, found) in script.Commands.Items.Zip(ScriptRun.Of(script).Happenings, actual))
            {
                // Debug builds ask more of guests than the specification does, and say so.
                if (found is Happening.Trapped(var text) && text.StartsWith(TrapMessages.Of(TrapCode.AssertUpperBitsUnset), StringComparison.Ordinal))
                    break;
                Assert.True(expected.IsLike(found), $"{script.Name}:{command.Line} {command.Keyword}: {expected}; with {options}: {found}");
            }
        });

    [CorpusFact]
    public void Scripts_are_tallied() => output.WriteLine(Tally.Table(Script.All.Select(ScriptRun.Of)));
}
