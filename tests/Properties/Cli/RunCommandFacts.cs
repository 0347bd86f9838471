using System;
using System.IO;
using System.Text;
using Fact.Properties.Wasi;
using Fact.Wasi;
using Xunit;

namespace Fact.Properties.Cli;

/// <summary><c>fact run</c> of commands, and what it gives to components of the world.</summary>
public sealed class RunCommandFacts
{
    /// <summary>A component that calls a function of its host, or asks it for something, as a command.</summary>
    private static string Command(string import, string function, string call, string exported = "0.2.3") => $$"""
        (component
          (import "{{import}}" (instance $i (export "{{function}}" (func {{(function == "exit-with-code" ? "(param \"status-code\" u8)" : "")}}))))
          (core func $f (canon lower (func $i "{{function}}")))
          (core module $m (import "" "f" (func $f {{(function == "exit-with-code" ? "(param i32)" : "")}}))
            (func $deep (param i32) (if (local.get 0) (then (call $deep (i32.sub (local.get 0) (i32.const 1)))) (else {{call}})))
            (func (export "run") (result i32) (call $deep (i32.const 50)) i32.const 0)
            (func (export "five") (result i32) i32.const 5))
          (core instance $m (instantiate $m (with "" (instance (export "f" (func $f))))))
          (func $run (result (result)) (canon lift (core func $m "run")))
          (instance $command (export "run" (func $run)))
          (export "wasi:cli/run@{{exported}}" (instance $command))
          (func (export "five") (result u32) (canon lift (core func $m "five"))))
        """;

    private static ToolRun Run(string component, params string[] options)
    {
        using var folder = new TemporaryFolder();
        return ToolRun.Of(["run", folder.Write("c.wat", component), .. options]);
    }

    [Theory]
    [InlineData("", "\n")]
    [InlineData("hello world", "hello world\n")]
    [InlineData("--help -x ä😀", "--help -x ä😀\n")]
    public void A_command_gets_what_is_behind_two_dashes(string arguments, string output)
    {
        var run = ToolRun.Of(["run", Repository.Sample("command/echo"), "--", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]).Succeeds();
        Assert.Equal(output, run.Output);
    }

    [Fact]
    public void An_argument_may_be_longer_than_one_write() =>
        Assert.Equal(new string('a', 70_000) + "\n", ToolRun.Of("run", Repository.Sample("command/echo"), "--", new string('a', 70_000)).Succeeds().Output);

    private sealed class FullStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("No space left on device");
    }

    [Fact]
    public void A_command_that_fails_says_so_by_the_exit_code()
    {
        using var full = new FullStream();
        Assert.Equal((1, ""), (ToolRun.With([], full, "run", Repository.Sample("command/echo"), "--", "a").Code, ""));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(77)]
    public void A_command_exits_with_its_code_from_any_depth(int code)
    {
        var run = Run(Command("wasi:cli/exit@0.2.6", "exit-with-code", $"(call $f (i32.const {code}))"));
        Assert.Equal((code, "", ""), (run.Code, run.Output, run.Errors));
    }

    [Fact]
    public void A_trap_of_a_command_is_said_on_standard_error()
    {
        var run = Run(Command("wasi:cli/exit@0.2.6", "exit-with-code", "unreachable"));
        Assert.Equal((134, ""), (run.Code, run.Output));
        Assert.StartsWith("error: trap: ", run.Errors, StringComparison.Ordinal);
    }

    private const string Waits = """
        (component
          (import "wasi:io/poll@0.2.3" (instance $poll (export "pollable" (type $p (sub resource))) (export "[method]pollable.block" (func (param "self" (borrow $p))))))
          (alias export $poll "pollable" (type $p))
          (import "wasi:clocks/monotonic-clock@0.2.3" (instance $clock
            (alias outer 1 $p (type $p'))
            (export "pollable" (type $p (eq $p')))
            (export "subscribe-duration" (func (param "when" u64) (result (own $p))))))
          (core func $wait (canon lower (func $clock "subscribe-duration")))
          (core func $block (canon lower (func $poll "[method]pollable.block")))
          (core module $m
            (import "" "wait" (func $wait (param i64) (result i32)))
            (import "" "block" (func $block (param i32)))
            (func (export "run") (result i32) (call $block (call $wait (i64.const -1))) i32.const 0))
          (core instance $m (instantiate $m (with "" (instance (export "wait" (func $wait)) (export "block" (func $block))))))
          (func $run (result (result)) (canon lift (core func $m "run")))
          (instance $command (export "run" (func $run)))
          (export "wasi:cli/run@0.2.3" (instance $command)))
        """;

    [Fact]
    public void A_command_that_waits_is_stopped_in_time()
    {
        Run(Waits, "--timeout", "50ms").Fails(134, "trap: stopped: the call took longer than 0.05 s");
        var call = Run(Waits, "--timeout", "50ms", "--invoke", "wasi:cli/run@0.2.3#run()");
        Assert.Equal((134, "trap: stopped: the call took longer than 0.05 s\n", ""), (call.Code, call.Output, call.Errors));
    }

    [Fact]
    public void A_call_of_an_export_is_no_command()
    {
        string command = Command("wasi:cli/exit@0.2.6", "exit-with-code", "(call $f (i32.const 3))");
        Assert.Equal("5\n", Run(command, "--invoke", "five()").Succeeds().Output);
        var run = Run(command, "--invoke", "five()", "--invoke", "wasi:cli/run@0.2.3#run()", "--invoke", "five()");
        Assert.Equal((3, "5\n", ""), (run.Code, run.Output, run.Errors));
    }

    [Fact]
    public void Another_version_of_the_interface_is_no_command() =>
        Assert.Contains("wasi:cli/run@0.3.0#run: func() -> result\n", Run(Command("wasi:cli/exit@0.2.6", "exit-with-code", "nop", "0.3.0")).Succeeds().Output,
            StringComparison.Ordinal);

    [Fact]
    public void What_is_missing_is_an_error_or_on_demand_a_trap_when_it_is_called()
    {
        string command = Command("other:host/things@1.0.0", "do", "(call $f)");
        Run(command).Fails(1, "import \"other:host/things@1.0.0#do\": missing: it must be func(); with --stub-imports it runs until it calls what is missing [FACT4001]");
        var stubbed = Run(command, "--stub-imports");
        Assert.Equal((134, "error: trap: a missing import was called: \"other:host/things@1.0.0#do\", func()\n"), (stubbed.Code, stubbed.Errors));
        Assert.Equal("5\n", Run(command, "--stub-imports", "--invoke", "five()").Succeeds().Output);
    }

    [Fact]
    public void Several_missing_imports_are_summed_up_first()
    {
        var run = Run("""
            (component
              (import "a:b/c@1.0.0" (instance (export "r" (type $r (sub resource))) (export "f" (func)) (export "g" (func))))
              (core module $m (func (export "x")))
              (core instance $m (instantiate $m))
              (func (export "x") (canon lift (core func $m "x"))))
            """, "--invoke", "x()");
        Assert.Equal(1, run.Code);
        Assert.Contains(
            "c.wat: the component imports what it is not given: 2 functions and 1 resource type, of a:b/c@1.0.0; "
                + "with --stub-imports it runs until it calls what is missing [FACT4001]\n",
            run.Errors.Split("error: ")[1],
            StringComparison.Ordinal);
        Assert.Equal(4, run.Errors.Split("error: ").Length - 1);
    }

    [Theory]
    [InlineData("--dir", "--dir /nowhere/at/all", "/nowhere/at/all::/data")]
    [InlineData("--dir", "--dir /nowhere/at/all::/data::ro: there is no folder", "/nowhere/at/all::/data::ro")]
    [InlineData("--env", "--env FACT_NO_SUCH_VARIABLE", "FACT_NO_SUCH_VARIABLE")]
    public void Options_that_name_nothing_are_errors(string option, string said, string value) =>
        ToolRun.Of("run", Repository.Sample("command/echo"), option, value)
            .Fails(1, option == "--dir" && !PreopenedFolder.IsSupported ? "folders can be given to components on Linux alone" : said);

    [FolderTheory]
    [InlineData(".::/data::rw")]
    [InlineData(".::/data::")]
    [InlineData(".::/data::ro::")]
    [InlineData(".::/data::RO")]
    public void Behind_the_second_colons_of_a_folder_stands_nothing_but_that_it_is_read_only(string folder) =>
        ToolRun.Of("run", Repository.Sample("command/echo"), "--dir", folder).Fails(2, $"--dir {folder}: behind the second :: there can only be ro");

    [Fact]
    public void Arguments_in_front_of_the_dashes_are_inputs_too_many() =>
        ToolRun.Of("run", Repository.Sample("command/echo"), "more", "--", "x").Fails(2, "\"more\" is one INPUT too many");

    [Fact]
    public void Results_of_calls_and_what_components_print_stand_in_their_order()
    {
        var run = ToolRun.Of("run", Repository.Sample("command/echo"), "--invoke", "wasi:cli/run@0.2.0#run()", "--invoke", "wasi:cli/run@0.2.0#run()", "--", "x")
            .Succeeds();
        Assert.Equal("x\nok\nx\nok\n", run.Output);
    }

    [Fact]
    public void Standard_input_goes_to_the_component_unless_the_component_came_from_there()
    {
        using var output = new MemoryStream();
        Assert.Equal(0, ToolRun.With(Encoding.UTF8.GetBytes(File.ReadAllText(Repository.Sample("command/echo"))), output, "run", "-", "--", "x").Code);
        Assert.Equal("x\n", Encoding.UTF8.GetString(output.ToArray()));
    }
}
