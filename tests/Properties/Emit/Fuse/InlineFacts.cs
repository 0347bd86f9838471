using System.Linq;
using System.Text;
using Fact.Emit;
using Fact.Ir;
using Wasmtime;
using Xunit;

namespace Fact.Properties.Emit.Fuse;

/// <summary>Which calls become the code of what they call, and that locals, results and ways to the end are those of a call.</summary>
public sealed class InlineFacts
{
    private const string Run = """
        (module $M1 (import "m0" "f" (func $f (param i32) (result i32)))
          (func (export "run") (param i32) (result i32) (call $f (local.get 0))))
        """;

    [Theory]
    [InlineData("(i32.add (local.get 0) (i32.const 1))", 1)]
    [InlineData("(call $log (local.get 0)) (local.get 0)", 1)]
    [InlineData("(local i32 i64 f32 f64 v128) (i32.load (local.get 0))", 1)]
    [InlineData("(if (local.get 0) (then (return (i32.const 3)))) (global.get $g)", 1)]
    [InlineData("(block (result i32) (call_indirect (type $f) (local.get 0) (local.get 0)))", 1)]
    [InlineData("(block $b (try_table (catch_all $b) (call $log (local.get 0)))) (i32.const 5)", 1)]

    // The frame is that of the call, or the call is not what takes time.
    [InlineData("(return_call $g (i32.const 1))", 0)]
    [InlineData("(return_call_indirect (type $f) (local.get 0) (local.get 0))", 0)]
    [InlineData("(throw $e)", 0)]
    [InlineData("(loop (br_if 0 (local.get 0))) (i32.const 1)", 0)]
    [InlineData("(local funcref) (local.get 0)", 0)]
    [InlineData("(local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (local.get 0)", 0)]
    public void Short_functions_stand_in_place_of_calls_from_other_modules(string body, int calls)
    {
        var merged = Merged("m1-run", Callee(body), Run);

        Assert.Equal(calls, merged.Parts[1].InlinedCalls);
        Assert.Equal(calls == 1 ? FunctionFate.Inlined : FunctionFate.Kept, merged.Parts[0].Functions[1]);
    }

    [Fact]
    public void Calls_inside_of_a_module_stay()
    {
        var merged = Merged("m0-run", """(module $M0 (func $f (result i32) (i32.const 1)) (func (export "run") (result i32) (i32.add (call $f) (call $f))))""");

        Assert.Equal(0, merged.Parts[0].InlinedCalls);
        Assert.Equal(2, merged.Parts[0].Kept.Functions);
    }

    [Theory]
    [InlineData(40, 1)]
    [InlineData(80, 0)]
    public void Long_functions_stay(int additions, int calls)
    {
        string body = string.Concat(Enumerable.Repeat("(i32.const 1) (i32.add) ", additions));

        Assert.Equal(calls, Merged("m1-run", Callee($"(local.get 0) {body}"), Run).Parts[1].InlinedCalls);
    }

    [Fact]
    public void What_references_are_made_to_stays_beside_its_code()
    {
        var merged = Merged("m1-run", """
            (module $M0 (table (export "t") 1 funcref) (elem (i32.const 0) func $f) (func $f (export "f") (param i32) (result i32) (local.get 0)))
            """, """
            (module $M1 (import "m0" "f" (func $f (param i32) (result i32))) (import "m0" "t" (table 1 funcref)) (type $f (func (param i32) (result i32)))
              (func (export "run") (param i32) (result i32) (i32.add (call $f (local.get 0)) (call_indirect (type $f) (i32.const 1) (local.get 0)))))
            """);

        Assert.Equal(1, merged.Parts[1].InlinedCalls);
        Assert.Equal(FunctionFate.Kept, merged.Parts[0].Functions[0]);
    }

    [Fact]
    public void Locals_are_zero_and_arguments_are_copies_each_time()
    {
        var merged = Merged("m1-run", """
            (module $M0 (func (export "f") (param i32) (result i32) (local i32 i64 f32 f64 v128)
              (local.set 0 (i32.add (local.get 0) (i32.const 100)))
              (local.set 1 (i32.add (local.get 1) (i32.const 1)))
              (local.set 2 (i64.add (local.get 2) (i64.const 2)))
              (local.set 3 (f32.add (local.get 3) (f32.const 4)))
              (local.set 4 (f64.add (local.get 4) (f64.const 8)))
              (local.set 5 (i32x4.add (local.get 5) (v128.const i32x4 16 0 0 0)))
              (i32.add (i32.add (local.get 1) (i32.wrap_i64 (local.get 2)))
                (i32.add (i32.trunc_f32_s (local.get 3)) (i32.add (i32.trunc_f64_s (local.get 4)) (i32x4.extract_lane 0 (local.get 5)))))))
            """, """
            (module $M1 (import "m0" "f" (func $f (param i32) (result i32)))
              (func (export "run") (param i32) (result i32) (local $sum i32)
                (loop $again
                  (local.set $sum (i32.add (local.get $sum) (i32.add (call $f (local.get 0)) (call $f (local.get 0)))))
                  (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
                (local.get $sum)))
            """);

        Assert.Equal(2, merged.Parts[1].InlinedCalls);
        Assert.Equal(10 * 2 * 31, Result(merged, 10));
    }

    [Fact]
    public void Arguments_keep_their_order_and_results_their_type()
    {
        var merged = Merged("m1-run", """
            (module $M0 (global $g (mut i32) (i32.const 0))
              (func (export "sub") (param i32 i64 i32 f64) (result f64)
                (f64.sub (local.get 3) (f64.convert_i32_s (i32.sub (i32.sub (local.get 0) (i32.wrap_i64 (local.get 1))) (local.get 2)))))
              (func (export "set") (param i32 i32) (global.set $g (i32.sub (local.get 0) (local.get 1))))
              (func (export "get") (result v128) (i32x4.splat (global.get $g))))
            """, """
            (module $M1 (import "m0" "sub" (func $sub (param i32 i64 i32 f64) (result f64)))
              (import "m0" "set" (func $set (param i32 i32))) (import "m0" "get" (func $get (result v128)))
              (func (export "run") (param i32) (result i32)
                (call $set (i32.const 1000) (i32.const 1))
                (i32.add (i32x4.extract_lane 3 (call $get)) (i32.trunc_f64_s (call $sub (local.get 0) (i64.const 20) (i32.const 3) (f64.const 100000))))))
            """);

        Assert.Equal(3, merged.Parts[1].InlinedCalls);
        Assert.Equal(999 + (100_000 - (50 - 20 - 3)), Result(merged, 50));
    }

    [Fact]
    public void Calls_in_what_stands_in_place_of_a_call_do_too_once()
    {
        var merged = Merged(
            "m3-run",
            """
            (module $M0 (func (export "f") (param i32) (result i32)
              (if (i32.eq (local.get 0) (i32.const 3)) (then (return (i32.const 50)))) (i32.add (local.get 0) (i32.const 1))))
            """,
            """
            (module $M1 (import "m0" "f" (func $f (param i32) (result i32)))
              (func (export "f") (param i32) (result i32) (i32.mul (call $f (local.get 0)) (local.get 0))))
            """,
            """
            (module $M2 (import "m1" "f" (func $f (param i32) (result i32)))
              (func (export "f") (param i32) (result i32) (i32.add (call $f (local.get 0)) (local.get 0))))
            """,
            Run.Replace("$M1", "$M3").Replace("m0", "m2"));

        Assert.Equal((1, 1), (merged.Parts[3].InlinedCalls, merged.Parts[2].NestedCalls));
        Assert.Equal([FunctionFate.Kept, FunctionFate.Inlined, FunctionFate.Inlined, FunctionFate.Kept], merged.Parts.Items.Select(part => part.Functions[0]));
        Assert.Equal((50 * 3) + 3, Result(merged, 3));
        Assert.Equal((6 * 5) + 5, Result(merged, 5));
    }

    [Fact]
    public void Functions_that_call_each_other_are_put_into_each_other_once()
    {
        var merged = Merged(
            "m1-run",
            """
            (module $M0 (type $f (func (param i32) (result i32))) (table (export "t") 1 funcref)
              (func (export "f") (param i32) (result i32)
                (if (result i32) (local.get 0) (then (call_indirect (type $f) (i32.sub (local.get 0) (i32.const 1)) (i32.const 0))) (else (i32.const 7)))))
            """,
            """
            (module $M1 (import "m0" "f" (func $f (param i32) (result i32))) (import "m0" "t" (table 1 funcref)) (elem (i32.const 0) func $g)
              (func $g (export "run") (param i32) (result i32) (i32.add (call $f (local.get 0)) (i32.const 1))))
            """);

        Assert.Equal(17, Result(merged, 9));
    }

    [Fact]
    public void Code_grows_by_no_more_than_half()
    {
        const int Functions = 10_000;
        var text = new StringBuilder("(module $M1 (import \"m0\" \"f\" (func $f (param i32) (result i32)))\n");
        for (int i = 0; i < Functions; i++)
            text.Append($"(func (export \"run{i}\") (param i32) (result i32) (call $f (call $f (local.get 0))))\n");
        string callee = Callee($"(local.get 0) {string.Concat(Enumerable.Repeat("(i32.const 1) (i32.add) ", 40))}");
        var program = LinkedRun.Program(new LinkedModules([callee, text.Append(')').ToString()], []));
        var merged = LinkedRun.Merge(program, new MergeOptions());
        var plain = LinkedRun.Merge(program, new MergeOptions(InlineCalls: false));

        Assert.InRange(merged.Parts[1].InlinedCalls, 100, 1000);
        Assert.InRange(merged.Bytes.Length, plain.Bytes.Length, (plain.Bytes.Length * 3 / 2) + (1 << 16));
    }

    [Fact]
    public void A_long_function_gets_what_is_shorter()
    {
        string calls = string.Concat(Enumerable.Repeat("(call $short) (call $long)", 60));
        var merged = Merged("m1-run", $"""
            (module $M0 (func (export "long") (param i32) (result i32) (local.get 0) {string.Concat(Enumerable.Repeat("(i32.const 1) (i32.add) ", 40))})
              (func (export "short") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1))))
            """, $"""
            (module $M1 (import "m0" "short" (func $short (param i32) (result i32))) (import "m0" "long" (func $long (param i32) (result i32)))
              (func (export "run") (param i32) (result i32) (local.get 0) {calls}))
            """);

        Assert.Equal(60, merged.Parts[1].InlinedCalls);
        Assert.Equal(60 * 41, Result(merged, 0));
    }

    [Fact]
    public void Labels_lose_their_names_where_there_are_more_blocks()
    {
        var merged = LinkedRun.Merge(
            LinkedRun.Program(new LinkedModules(
                [
                    Callee("(local.get 0)"),
                    """
                    (module $M1 (import "m0" "f" (func $f (param i32) (result i32)))
                      (func (export "run") (param i32) (result i32) (drop (call $f (local.get 0))) (block $named (br $named)) (local.get 0))
                      (func (export "other") (param i32) (result i32) (block $kept (br $kept)) (local.get 0)))
                    """,
                ],
                [])),
            new MergeOptions(Names: true));
        string names = Encoding.Latin1.GetString(merged.Bytes.AsSpan());

        Assert.DoesNotContain("named", names, System.StringComparison.Ordinal);
        Assert.Contains("kept", names, System.StringComparison.Ordinal);
    }

    private static string Callee(string body) => $"""
        (module $M0 (import "host" "log" (func $log (param i32))) (type $f (func (param i32) (result i32)))
          (memory 1) (global $g (mut i32) (i32.const 9)) (table 3 funcref) (tag $e)
          (elem (i32.const 0) func $g $g $g)
          (func $g (export "g") (param i32) (result i32) (call $log (local.get 0)) (i32.const 4))
          (func (export "f") (param i32) (result i32) {body}))
        """;

    private static int Result(MergedModule merged, int argument)
    {
        using var engine = new Engine();
        using var module = Module.FromBytes(engine, "merged", merged.Bytes.AsSpan());
        using var store = new Store(engine);
        return (int)new Instance(store, module).GetFunction(LinkedRun.Parts(merged.Bytes.AsMemory()).Exports[0].Name)!.Invoke(argument)!;
    }

    private static MergedModule Merged(string export, params string[] modules)
    {
        var program = LinkedRun.Program(new LinkedModules(modules, []));
        return LinkedRun.Merge(program with { Exports = [program.Exports.Items.Single(each => each.Name == export)] }, new MergeOptions());
    }
}
