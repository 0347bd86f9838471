using System.Collections.Generic;
using System.Linq;

namespace Fact.Bench.Adapters;

/// <summary>Calls with a few numbers, flat and in memory.</summary>
internal static class ScalarCases
{
    private const int Parameters = 20;
    private const string Increment = "(param i32) (result i32) (i32.add (local.get 0) (i32.const 1))";

    // The same in a function that is not put in place of its calls, because there is a loop in it.
    private const string Staying = "(param i32) (result i32) (loop) (i32.add (local.get 0) (i32.const 1))";

    /// <summary>The cases.</summary>
    public static IEnumerable<AdapterCase> All =>
    [
        new("u32 call, needs its adapter", (U32 with { CallsFromAllocator = true }).Text) { Goal = 1.1, FusedGoal = 4 },
        new("u32 call, needs none", U32.Text) { Goal = 2, FusedGoal = 6 },
        new("u32 call, callee stays", (U32 with { CallsFromAllocator = true, Callee = Staying }).Text) { FusedGoal = 2 },
        new("u8 call", (U32 with { Type = """(param "a" u8) (result u8)""", Callee = "(param i32) (result i32) (local.get 0)" }).Text),
        new("record of 6", RecordOf6.Text) { Goal = 1.1 },
        new("20 parameters", TwentyParameters.Text) { Goal = 1.6, Prepare = new(0, 0, Parameters, 0) },
        new("option<u32>", Option.Text) { Goal = 1.2 },
    ];

    private static PairSource U32 => new()
    {
        Type = """(param "a" u32) (result u32)""",
        Callee = Increment,
        Lowered = "(param i32) (result i32)",
        Call = "(local.set $total (i64.add (local.get $total) (i64.extend_i32_u (call $f (local.get $n)))))",
        InMemory = false,
    };

    /// <summary>Without padding, so that its bytes are its value.</summary>
    private static PairSource RecordOf6 => new()
    {
        Types = [new("six", """(record (field "a" u32) (field "b" f32) (field "c" u64) (field "d" f64) (field "e" s32) (field "f" f32))""")],
        Type = "(result $six)",
        Callee = $"(result i32) (i32.const {PairSource.Base})",
        CalleeData = $"""(data (i32.const {PairSource.Base}) "\01\02\03\04\05\06\07\40\09\0a\0b\0c\0d\0e\0f\10\11\12\13\14\15\16\17\40\19\1a\1b\1c\1d\1e\1f\40")""",
        Lowered = "(param i32)",
        Call = "(call $f (local.get $a))",
    };

    private static PairSource TwentyParameters => new()
    {
        Type = string.Join(' ', Enumerable.Range(0, Parameters).Select(i => $"(param \"p{i}\" u32)")),
        Callee = $"(param i32) {PairSource.Taken(1)}",
        Prepare = Filling.Loop(sizeof(int), "(i32.store (local.get $p) (local.get $i))"),
        Lowered = "(param i32)",
        Call = "(call $f (local.get $a))",
    };

    private static PairSource Option => new()
    {
        Type = "(result (option u32))",
        Callee = $"(result i32) (i32.const {PairSource.Base})",
        CalleeData = $"""(data (i32.const {PairSource.Base}) "\01\aa\bb\cc\05\06\07\08")""",
        Lowered = "(param i32)",
        Call = "(call $f (local.get $a))",
    };
}
