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

    [Fact]
    public void Streams_are_lines_of_lists()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.wat", Host.Outside.AsyncGuests.Alone);
        var run = ToolRun.Of("run", path, "--invoke", "count(12)", "--invoke", "fetch(7)", "--invoke", "count(0)", "--invoke", "count(3)").Succeeds();
        Assert.Equal("[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]\n[10, 11]\n7\n[0, 1, 2]\n", run.Output);
    }

    [Fact]
    public void A_stream_that_nobody_will_write_is_a_deadlock()
    {
        using var folder = new TemporaryFolder();
        var run = ToolRun.Of("run", folder.Write("a.wat", Host.Outside.AsyncGuests.Alone), "--invoke", "stuck()");
        Assert.Equal((134, "trap: deadlock detected: event loop cannot make further progress\n", ""), (run.Code, run.Output, run.Errors));
    }

    private const string Loops = """
        (component
          (core module $m (memory 3) (func (export "loop") (loop $next (br $next))))
          (core instance $i (instantiate $m))
          (func (export "loop") (canon lift (core func $i "loop"))))
        """;

    [Theory]
    [InlineData("--timeout", "50ms", "trap: stopped: the call took longer than 0.05 s")]
    [InlineData("--timeout", "0.05", "trap: stopped: the call took longer than 0.05 s")]
    [InlineData("--fuel", "1000", "trap: stopped: the call needed more fuel than it was given")]
    public void A_guest_that_loops_is_stopped(string option, string value, string trap)
    {
        using var folder = new TemporaryFolder();
        var run = ToolRun.Of("run", folder.Write("l.wat", Loops), option, value, "--invoke", "loop()");
        Assert.Equal((134, trap + "\n", ""), (run.Code, run.Output, run.Errors));
    }

    [Fact]
    public void Memory_at_first_must_fit_in()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("l.wat", Loops);
        var run = ToolRun.Of("run", path, "--max-memory", "128K", "--fuel", "10000", "--invoke", "loop()");
        Assert.Equal(1, run.Code);
        Assert.Contains("196608 bytes at first, and the limit of this host is 131072", run.Errors, StringComparison.Ordinal);
        Assert.Equal(134, ToolRun.Of("run", path, "--max-memory", "1m", "--fuel", "10000", "--invoke", "loop()").Code);
    }

    [Theory]
    [InlineData("--timeout", "soon", "a time is expected, such as 500ms, 10s or 2m; found \"soon\"")]
    [InlineData("--timeout", "-1s", "a time is expected, such as 500ms, 10s or 2m; found \"-1s\"")]
    [InlineData("--max-memory", "5T", "an amount of memory is expected, such as 1048576, 64M or 1G; found \"5T\"")]
    [InlineData("--max-memory", "99999999999999999999G", "an amount of memory is expected, such as 1048576, 64M or 1G; found \"99999999999999999999G\"")]
    [InlineData("--fuel", "", "an amount of fuel is expected, such as 1000000; found \"\"")]
    public void Limits_that_make_no_sense_are_mistakes(string option, string value, string message)
    {
        var run = ToolRun.Of("run", "x.wasm", option, value);
        Assert.Equal(2, run.Code);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
    }
}
