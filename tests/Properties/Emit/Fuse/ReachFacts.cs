using System.Collections.Generic;
using System.Linq;
using Fact.Emit;
using Fact.Ir;
using Xunit;

namespace Fact.Properties.Emit.Fuse;

/// <summary>What is needed and what is not, and which calls go to where they end, one thing at a time.</summary>
public sealed class ReachFacts
{
    // A module that calls what another one, which needs its memory, exports: toolchains give it a shim first, and fill in the table afterwards.
    private const string Shim = """
        (module $M0 (type $t (func (param i32 i32) (result i32)))
          (table (export "$imports") 2 2 funcref)
          (func (export "0") (type $t) local.get 0 local.get 1 i32.const 0 call_indirect (type $t))
          (func (export "1") (type $t) local.get 0 local.get 1 i32.const 1 call_indirect (type $t)))
        """;

    private const string Main = """
        (module $M1 (import "m0" "0" (func $f (param i32 i32) (result i32))) (memory (export "memory") 1)
          (func (export "run") (result i32) (call $f (i32.const 1) (i32.const 2))))
        """;

    private const string Callee = """
        (module $M2 (import "m1" "memory" (memory 1)) (import "host" "log" (func $log (param i32)))
          (func (export "f") (param i32 i32) (result i32) (call $log (local.get 0)) (i32.add (i32.load (i32.const 0)) (local.get 1)))
          (func (export "g") (param i32 i32) (result i32) (i32.const 7)))
        """;

    private const string FixUp = """
        (module $M3 (import "m0" "$imports" (table 2 2 funcref))
          (import "m2" "f" (func $f (param i32 i32) (result i32))) (import "m2" "g" (func $g (param i32 i32) (result i32)))
          (elem (i32.const 0) func $f $g))
        """;

    [Fact]
    public void Calls_through_a_shim_go_to_where_they_end_and_the_shim_goes()
    {
        var merged = Merged("m1-run", Shim, Main, Callee, FixUp);
        var module = LinkedRun.Parts(merged.Bytes.AsMemory());

        Assert.Equal([0, 1, 1, 0], merged.Parts.Items.Select(part => part.Kept.Functions));
        Assert.Equal([0, 1, 0, 0], merged.Parts.Items.Select(part => part.DirectCalls));
        Assert.Equal([FunctionFate.Passed, FunctionFate.Unreached], merged.Parts[0].Functions);
        Assert.Empty(module.Tables);
        Assert.Empty(module.Elements);
        Assert.Equal(1, module.Memories.Length);
    }

    [Theory]

    // The table is seen from outside, or code changes it.
    [InlineData("m0-$imports", FixUp)]
    [InlineData("m4-set", FixUp, """(module $M4 (import "m0" "$imports" (table $t 2 2 funcref)) (func (export "set") (table.set $t (i32.const 0) (ref.null func))))""")]
    [InlineData("m4-set", FixUp,
        """(module $M4 (import "m0" "$imports" (table $t 2 2 funcref)) (func (export "set") (drop (table.grow $t (ref.null func) (i32.const 1)))))""")]
    [InlineData("m4-set", FixUp,
        """(module $M4 (import "m0" "$imports" (table $t 2 2 funcref)) (func (export "set") (table.fill $t (i32.const 0) (ref.null func) (i32.const 1))))""")]
    [InlineData("m4-set", FixUp,
        """(module $M4 (import "m0" "$imports" (table $t 2 2 funcref)) (elem $e funcref (ref.null func)) (func (export "set") (table.init $t $e (i32.const 0) """
        + """(i32.const 0) (i32.const 1))))""")]
    [InlineData("m4-set", FixUp,
        """(module $M4 (import "m0" "$imports" (table $t 2 2 funcref)) (table $u 1 funcref) (func (export "set") (table.copy $t $u (i32.const 0) (i32.const 0) """
        + """(i32.const 1))))""")]

    // Code runs before the elements are there, the place is not known, and it is another type or none.
    [InlineData("m1-run", """(module $M3 (import "m1" "run" (func $run (result i32))) (func $s (drop (call $run))) (start $s))""", """
        (module $M4 (import "m0" "$imports" (table 2 2 funcref)) (import "m2" "f" (func $f (param i32 i32) (result i32))) (elem (i32.const 0) func $f $f))
        """)]
    [InlineData("m1-run",
        """(module $M3 (import "m0" "$imports" (table 2 2 funcref)) (func $f (param i32) (result i32) (i32.const 1)) (elem (i32.const 0) func $f $f))""")]
    [InlineData("m1-run", """(module $M3 (import "m0" "$imports" (table 2 2 funcref)) (elem (i32.const 0) funcref (ref.null func)))""")]
    [InlineData("m1-run",
        """(module $M3 (import "m0" "$imports" (table 2 2 funcref)) (func $f (param i32 i32) (result i32) (i32.const 1)) (elem (i32.const 2) func $f))""")]
    public void A_call_through_a_table_stays_where_its_callee_is_not_known(string export, params string[] more)
    {
        var merged = Merged([export, "m1-run"], [Shim, Main, Callee, .. more]);
        var module = LinkedRun.Parts(merged.Bytes.AsMemory());

        Assert.Equal(0, merged.Parts[1].DirectCalls);
        Assert.Equal(FunctionFate.Kept, merged.Parts[0].Functions[0]);
        Assert.InRange(module.Tables.Length, 1, 2);
    }

    [Fact]
    public void What_changes_a_table_does_so_only_where_it_is_reached()
    {
        const string Changes = """(module $M4 (import "m0" "$imports" (table $t 2 2 funcref)) (func (export "set") (table.set $t (i32.const 0) (ref.null func))))""";

        Assert.Equal(1, Merged("m1-run", Shim, Main, Callee, FixUp, Changes).Parts[1].DirectCalls);
    }

    [Fact]
    public void The_last_segment_counts()
    {
        const string Again = """
            (module $M4 (import "m0" "$imports" (table 2 2 funcref)) (import "m2" "g" (func $g (param i32 i32) (result i32))) (elem (i32.const 0) funcref (ref.func $g)))
            """;
        var merged = Merged("m1-run", Shim, Main, Callee, FixUp, Again);

        Assert.Equal([FunctionFate.Unreached, FunctionFate.Kept], merged.Parts[2].Functions);
    }

    [Fact]
    public void A_start_function_behind_the_elements_or_before_the_table_does_not_matter()
    {
        const string Starts = "(module $M0 (func $s) (start $s))";
        static string Later(string module) =>
            module.Replace("$M2", "$M3").Replace("$M1", "$M2").Replace("$M0", "$M1").Replace("\"m2\"", "\"m3\"").Replace("\"m1\"", "\"m2\"").Replace("\"m0\"", "\"m1\"");
        string fixUp = Later(FixUp.Replace("$M3", "$M4")).TrimEnd()[..^1] + "(func $s) (start $s))";
        var merged = Merged("m2-run", Starts, Later(Shim), Later(Main), Later(Callee), fixUp);

        Assert.Equal(1, merged.Parts[2].DirectCalls);
        Assert.Equal([1, 0, 1, 1, 1], merged.Parts.Items.Select(part => part.Kept.Functions));
    }

    [Fact]
    public void Functions_that_call_each_other_in_a_circle_stay()
    {
        var merged = Merged("m0-run", """
            (module $M0 (func $f (param i32) local.get 0 call $g) (func $g (param i32) local.get 0 call $h) (func $h (param i32) local.get 0 call $g)
              (func (export "run") (call $f (i32.const 1))))
            """);

        Assert.Equal(2, merged.Parts[0].Kept.Functions);
    }

    [Theory]
    [InlineData("local.get 0 local.get 1 call $to", true)]
    [InlineData("local.get 0 local.get 1 return_call $to", true)]
    [InlineData("local.get 1 local.get 0 call $to", false)]
    [InlineData("local.get 0 local.get 0 call $to", false)]
    [InlineData("local.get 0 local.get 1 call $to nop", false)]
    [InlineData("local.get 0 i32.const 1 call $to", false)]
    [InlineData("local.get 0 local.get 1 call $to call $log i32.const 1", false)]
    public void Only_what_does_nothing_but_call_is_passed(string body, bool isPassed)
    {
        var merged = Merged("m0-run", $"""
            (module $M0 (import "host" "log" (func $log (param i32))) (func $to (param i32 i32) (result i32) (call $log (local.get 0)) (local.get 1))
              (func $f (param i32 i32) (result i32) {body}) (func (export "run") (result i32) (call $f (i32.const 1) (i32.const 2))))
            """);

        Assert.Equal(isPassed ? FunctionFate.Passed : FunctionFate.Kept, merged.Parts[0].Functions[1]);
    }

    [Theory]

    // What nobody reads goes, with what only it needs.
    [InlineData("""(memory 1) (data (i32.const 0) "abc") (data "passive")""", 0, 0, 0, 0)]
    [InlineData("""(global $g i32 (i32.const 4)) (memory 1) (data (global.get $g) "abc")""", 0, 0, 0, 0)]
    [InlineData("""(table 2 funcref) (func $f) (elem (i32.const 0) func $f $f) (elem declare func $f)""", 0, 0, 0, 0)]
    [InlineData("""(type $s (struct)) (tag (param i32)) (global (ref $s) (struct.new $s)) (global i32 (i32.const 1))""", 0, 0, 0, 1)]

    // What may fail when it is instantiated stays.
    [InlineData("""(memory 1) (data (i32.const 65534) "abc")""", 1, 0, 1, 0)]
    [InlineData("""(memory 1) (data (i32.const 65534) "ab")""", 0, 0, 0, 0)]
    [InlineData("""(memory 1) (data (i32.const 70000) "")""", 1, 0, 1, 0)]
    [InlineData("""(table 2 funcref) (func $f) (elem (i32.const 1) func $f $f)""", 0, 1, 1, 0)]
    [InlineData("""(table 2 funcref) (func $f) (elem (i32.const -1) func $f)""", 0, 1, 1, 0)]
    [InlineData("""(type $a (array i32)) (global (ref $a) (array.new_default $a (i32.const -1)))""", 0, 0, 0, 1)]
    public void What_nothing_reaches_goes_if_it_cannot_fail(string items, int memories, int tables, int segments, int globals)
    {
        var kept = Merged("m0-run", $"""(module $M0 {items} (func (export "run")))""").Parts[0].Kept;

        Assert.Equal((memories, tables, segments, globals), (kept.Memories, kept.Tables, kept.Segments, kept.Globals));
    }

    [Fact]
    public void Imports_that_nothing_calls_go()
    {
        var merged = Merged("m0-run", """(module $M0 (import "host" "log" (func $log (param i32))) (func $dead (call $log (i32.const 1))) (func (export "run")))""");

        Assert.Empty(LinkedRun.Parts(merged.Bytes.AsMemory()).Imports);
        Assert.Equal([false], merged.Imports);
    }

    [Fact]
    public void Types_that_nothing_mentions_go_and_those_around_stay()
    {
        var merged = Merged("m0-run", """
            (module $M0 (type (func (param f32))) (rec (type $a (struct (field (ref null $b)))) (type $b (struct (field (ref null $c))))) (type $c0 (struct))
              (rec (type $d (struct)) (type $e (func))) (func (export "run") (param (ref null $a))) (func $dead (type $e)))
            """.Replace("(ref null $c)", "i32"));

        Assert.Equal([2, 1], LinkedRun.Parts(merged.Bytes.AsMemory()).Types.Items.Select(group => group.Types.Length));
    }

    private static MergedModule Merged(string export, params IReadOnlyList<string> modules) => Merged([export], modules);

    private static MergedModule Merged(IReadOnlyList<string> exports, IReadOnlyList<string> modules)
    {
        var program = LinkedRun.Program(new LinkedModules(modules, []));
        var seen = exports.Select(name => program.Exports.Items.Single(export => export.Name == name)).Distinct().ToEquatableArray();
        return LinkedRun.Merge(program with { Exports = seen }, new MergeOptions(InlineCalls: false));
    }
}
