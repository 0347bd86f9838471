using System.Collections.Generic;
using System.Linq;

namespace Fact.Bench.Adapters;

/// <summary>A type that both components must give a name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Definition">What it is.</param>
internal sealed record NamedType(string Name, string Definition);

/// <summary>
/// The text of two components, one of which calls the other's function <c>f</c>. Both have a memory, with what is in it at first below <see cref="Base"/>; the
/// callee's allocator counts upwards from there, and <c>f</c> sets it back, so that it costs next to nothing and always gives the same addresses.
/// </summary>
internal sealed record PairSource
{
    /// <summary>Where arguments are, on both sides.</summary>
    public const int Base = 0x10000;

    /// <summary>Where the caller's inner lists and strings are.</summary>
    public const int Pool = 0x400000;

    /// <summary>How much memory is looked at from <see cref="Base"/> on.</summary>
    private const int SumBytes = 0x400000;

    private const int Pages = 160;

    /// <summary>Takes what <c>f</c> was given for read, but for the last of its parameters, which is remembered.</summary>
    public static string Taken(int parameters) => $"(global.set $last (local.get {parameters - 1})) (global.set $heap (i32.const {Base}))";

    /// <summary>The type of <c>f</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The types that it needs.</summary>
    public IReadOnlyList<NamedType> Types { get; init; } = [];

    /// <summary>Signature and body of <c>f</c> in the callee.</summary>
    public required string Callee { get; init; }

    /// <summary>The signature of <c>f</c> in the caller.</summary>
    public required string Lowered { get; init; }

    /// <summary>The caller's <c>prepare</c>: its parameters are <c>$pattern</c>, <c>$pattern-bytes</c>, <c>$times</c> and <c>$length</c>; <c>$i</c> is zero, and
    /// <c>$p</c> is where the argument is to be.</summary>
    public string Prepare { get; init; } = "";

    /// <summary>One call: instructions that leave nothing. <c>$a</c> and <c>$b</c> are the address and the length that were prepared, <c>$n</c> counts down,
    /// <c>$total</c> is returned.</summary>
    public required string Call { get; init; }

    /// <summary>What is in the caller's memory at first.</summary>
    public string CallerData { get; init; } = "";

    /// <summary>What is in the callee's memory at first.</summary>
    public string CalleeData { get; init; } = "";

    /// <summary>The caller's string encoding.</summary>
    public string From { get; init; } = "utf8";

    /// <summary>The callee's string encoding.</summary>
    public string To { get; init; } = "utf8";

    /// <summary>Whether <c>f</c> needs memories and an allocator.</summary>
    public bool InMemory { get; init; } = true;

    /// <summary>
    /// Whether the caller exports a function with a string parameter, whose allocator is in the module that calls <c>f</c> and may do so: no proof can tell that <c>f</c>
    /// is never called where components must not call.
    /// </summary>
    public bool CallsFromAllocator { get; init; }

    /// <summary>The text.</summary>
    public string Text => $"""
        (component
        {CalleeText}
        {CallerText}
          (instance $callee (instantiate $callee))
          (instance $caller (instantiate $caller (with "callee" (instance $callee))))
          (export "prepare" (func $caller "prepare"))
          (export "run" (func $caller "run"))
          (export "caller-sum" (func $caller "sum"))
          (export "callee-sum" (func $callee "sum"))
          {(CallsFromAllocator ? """(export "text" (func $caller "text"))""" : "")})
        """;

    private string CalleeText => $"""
          (component $callee
        {Lines(Types.Select(type => $"""    (type ${type.Name}-type {type.Definition}) (export ${type.Name} "{type.Name}" (type ${type.Name}-type))"""))}
            (core module $m
              (memory (export "memory") {Pages})
              (global $heap (mut i32) (i32.const {Base}))
              (global $last (mut i32) (i32.const 0))
              (func (export "realloc") (param $old i32) (param $old-size i32) (param $align i32) (param $size i32) (result i32)
                (if (local.get $old)
                  (then (global.set $heap (i32.add (local.get $old) (local.get $size))) (return (local.get $old))))
                (local.tee $old (i32.and (i32.add (global.get $heap) (i32.sub (local.get $align) (i32.const 1))) (i32.sub (i32.const 0) (local.get $align))))
                (global.set $heap (i32.add (local.get $old) (local.get $size))))
              (func (export "f") {Callee})
              {Sum("(i64.extend_i32_u (global.get $last))")}
              {CalleeData})
            (core instance $i (instantiate $m))
            (func (export "sum") (result u64) (canon lift (core func $i "sum")))
            (func (export "f") {Type} (canon lift (core func $i "f")
              {(InMemory ? $"""(memory (core memory $i "memory")) (realloc (core func $i "realloc")) string-encoding={To}""" : "")})))
        """;

    private string CallerText => $"""
          (component $caller
            (import "callee" (instance $callee
        {Lines(Types.Select(type => $"""      (type ${type.Name}-type {type.Definition}) (export "{type.Name}" (type ${type.Name} (eq ${type.Name}-type)))"""))}
              (export "f" (func {Type}))))
            (core module $libc (memory (export "memory") {Pages}) {CallerData})
            (core instance $libc (instantiate $libc))
            (core func $f (canon lower (func $callee "f") {(InMemory ? $"""(memory (core memory $libc "memory")) string-encoding={From}""" : "")}))
            (core module $m
              (import "" "memory" (memory {Pages}))
              (import "" "f" (func $f {Lowered}))
              (global $a (mut i32) (i32.const {Base}))
              (global $b (mut i32) (i32.const 0))
              (func (export "prepare") (param $pattern i32) (param $pattern-bytes i32) (param $times i32) (param $length i32) (local $i i32) (local $p i32)
                (global.set $b (local.get $length))
                (local.set $p (global.get $a))
                {Prepare})
              (func (export "run") (param $n i32) (result i64) (local $a i32) (local $b i32) (local $total i64)
                (local.set $a (global.get $a))
                (local.set $b (global.get $b))
                (loop $again
                  {Call}
                  (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
                (local.get $total))
              {Sum("(i64.const 0)")}
              {(CallsFromAllocator ? AllocatorText : "")})
            (core instance $i (instantiate $m (with "" (instance (export "memory" (memory $libc "memory")) (export "f" (func $f))))))
            (func (export "prepare") (param "pattern" u32) (param "pattern-bytes" u32) (param "times" u32) (param "length" u32) (canon lift (core func $i "prepare")))
            (func (export "run") (param "calls" u32) (result u64) (canon lift (core func $i "run")))
            (func (export "sum") (result u64) (canon lift (core func $i "sum")))
            {(CallsFromAllocator ? LiftText : "")})
        """;

    private const string LiftText = """
        (func (export "text") (param "text" string)
              (canon lift (core func $i "text") (memory (core memory $libc "memory")) (realloc (core func $i "realloc"))))
        """;

    private const string AllocatorText = """
              (func (export "text") (param i32 i32))
              (func (export "realloc") (param i32 i32 i32 i32) (result i32)
                (if (i32.eq (local.get 3) (i32.const -1)) (then (drop (call $f (i32.const 1)))))
                (i32.const 65536))
        """;

    private static string Sum(string start) => $"""
        (func (export "sum") (result i64) (local $at i32) (local $sum i64)
                (local.set $at (i32.const {Base}))
                (local.set $sum {start})
                (loop $again
                  (local.set $sum (i64.mul (i64.xor (local.get $sum) (i64.load (local.get $at))) (i64.const 0x100000001b3)))
                  (local.set $sum (i64.xor (local.get $sum) (i64.shr_u (local.get $sum) (i64.const 29))))
                  (br_if $again (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 8))) (i32.const {Base + SumBytes}))))
                (local.get $sum))
        """;

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);
}
