using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace Fact.Properties.Cli;

/// <summary><c>fact run</c>: calls by text, a line for each, and exit codes.</summary>
public sealed partial class RunFacts
{
    private const string Divides = """
        (component
          (core module $m
            (func (export "div") (param i32 i32) (result i32) (i32.div_u (local.get 0) (local.get 1)))
            (func (export "nothing")))
          (core instance $i (instantiate $m))
          (func (export "div") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $i "div")))
          (func (export "nothing") (canon lift (core func $i "nothing"))))
        """;

    [Fact]
    public void Without_calls_the_exports_are_listed()
    {
        using var folder = new TemporaryFolder();
        var run = ToolRun.Of("run", folder.Write("d.wat", Divides)).Succeeds();
        Assert.Equal("div: func(a: u32, b: u32) -> u32\nnothing: func()\n", run.Output);
    }

    [Fact]
    public void Every_call_is_one_line_and_one_without_a_result_is_empty()
    {
        using var folder = new TemporaryFolder();
        var run = ToolRun.Of("run", folder.Write("d.wat", Divides), "--invoke", "div(7, 2)", "--invoke", "nothing()", "--invoke", "div(8, 2)").Succeeds();
        Assert.Equal("3\n\n4\n", run.Output);
    }

    [Fact]
    public void A_trap_ends_the_run_unless_every_call_is_fresh()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("d.wat", Divides);
        string[] calls = ["--invoke", "div(1, 0)", "--invoke", "div(8, 2)"];
        var once = ToolRun.Of(["run", path, .. calls]);
        Assert.Equal((134, ""), (once.Code, once.Errors));
        Assert.Single(Lines(once.Output), line => line.StartsWith("trap: ", StringComparison.Ordinal));
        var fresh = ToolRun.Of(["run", path, "--fresh", .. calls]);
        Assert.Equal(134, fresh.Code);
        Assert.Equal("4", Lines(fresh.Output)[1]);
    }

    [Theory]
    [InlineData("div(1)", "div")]
    [InlineData("div(1, -2)", "div")]
    [InlineData("mul(1, 2)", "mul")]
    [InlineData("div", "parentheses")]
    public void A_call_that_makes_no_sense_is_said_to_be_so(string call, string word)
    {
        using var folder = new TemporaryFolder();
        ToolRun.Of("run", folder.Write("d.wat", Divides), "--invoke", call).Fails(1, word);
    }

    [Fact]
    public void The_readme_of_the_sample_made_by_real_tools_shows_what_happens()
    {
        string folder = Path.Combine(Repository.Root, "samples", "real");
        var blocks = Console().Matches(File.ReadAllText(Path.Combine(folder, "README.md")).ReplaceLineEndings("\n"));
        var runs = blocks.Select(block => block.Groups[1].Value).Where(block => block.StartsWith("$ fact run ", StringComparison.Ordinal)).ToList();
        Assert.True(runs.Count >= 5);
        foreach (string block in runs)
        {
            string command = block.Replace("\\\n", " ", StringComparison.Ordinal);
            int end = command.IndexOf('\n', StringComparison.Ordinal);
            string[] args = ShellWords.Of(command[2..end])[1..];
            args[1] = Path.Combine(Repository.Root, args[1]);
            Assert.Equal(command[(end + 1)..], ToolRun.Of(args).Succeeds().Output);
        }
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex("```console\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Console();
}
