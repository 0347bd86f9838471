using System;
using System.IO;
using System.Linq;
using Xunit;

namespace Fact.Properties.Cli;

/// <summary><c>--reentrance</c>: the same rule for what is compiled, shown and run.</summary>
public sealed class ReentranceFacts
{
    /// <summary>A child calls its parent, which calls the child again.</summary>
    internal const string Reentrant = """
        (component
          (core module $t (table (export "t") 1 funcref))
          (core instance $t (instantiate $t))
          (core module $p
            (import "" "t" (table 1 funcref))
            (func (export "back") (param i32) (result i32) (call_indirect (param i32) (result i32) (local.get 0) (i32.const 0))))
          (core instance $p (instantiate $p (with "" (instance $t))))
          (func $back (param "n" u32) (result u32) (canon lift (core func $p "back")))
          (component $c
            (import "back" (func $back (param "n" u32) (result u32)))
            (core func $l (canon lower (func $back)))
            (core module $m
              (import "" "back" (func $back (param i32) (result i32)))
              (func (export "f") (param i32) (result i32)
                (if (result i32) (i32.eqz (local.get 0))
                  (then (i32.const 1))
                  (else (i32.mul (local.get 0) (call $back (i32.sub (local.get 0) (i32.const 1))))))))
            (core instance $i (instantiate $m (with "" (instance (export "back" (func $l))))))
            (func (export "f") (param "n" u32) (result u32) (canon lift (core func $i "f"))))
          (instance $c (instantiate $c (with "back" (func $back))))
          (core func $f (canon lower (func $c "f")))
          (core module $fill (import "" "t" (table 1 funcref)) (import "" "f" (func $f (param i32) (result i32))) (elem (i32.const 0) func $f))
          (core instance (instantiate $fill (with "" (instance (export "t" (table $t "t")) (export "f" (func $f))))))
          (alias export $c "f" (func $f))
          (export "factorial" (func $f)))
        """;

    [Fact]
    public void Run_allows_reentrance_unless_it_is_told_not_to()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("r.wat", Reentrant);
        Assert.Equal("120\n", ToolRun.Of("run", path, "--invoke", "factorial(5)").Succeeds().Output);
        Assert.Equal("120\n", ToolRun.Of("run", path, "--reentrance", "allow", "--invoke", "factorial(5)").Succeeds().Output);
        var trap = ToolRun.Of("run", path, "--reentrance", "trap", "--invoke", "factorial(0)", "--invoke", "factorial(5)");
        Assert.Equal((134, "1\ntrap: cannot enter instance (adapter1 \"f\")\n"), (trap.Code, trap.Output));
    }

    [Fact]
    public void Inspect_shows_the_flags_that_a_rule_needs()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("r.wat", Reentrant);
        Assert.DoesNotContain("flags of", ToolRun.Of("inspect", path).Succeeds().Output, StringComparison.Ordinal);
        Assert.Contains("  host    flags of instance1\n", ToolRun.Of("inspect", path, "--reentrance", "trap").Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_writes_code_for_the_rule()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("r.wat", Reentrant);
        string Text(string rule)
        {
            ToolRun.Of("compile", path, "--text", "--reentrance", rule, "-o", folder["out"]).Succeeds();
            return string.Concat(Directory.GetFiles(folder["out"], "*.wat").Order(StringComparer.Ordinal).Select(File.ReadAllText));
        }

        Assert.DoesNotContain("cannot enter instance", Text("allow"), StringComparison.Ordinal);
        Assert.Contains("cannot enter instance", Text("trap"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("compile")]
    [InlineData("inspect")]
    [InlineData("run")]
    public void There_are_two_rules(string command) =>
        Assert.Equal(2, ToolRun.Of(command, "r.wat", "--reentrance", "perhaps").Code);
}
