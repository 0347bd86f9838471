using System.Collections.Generic;
using System.Linq;
using Fact.Host;
using Fact.Values;

namespace Fact.Properties.Host;

/// <summary>
/// Three instances in a row, each of which calls the next. What each of their functions does is asked from the host, step by step; everything that a part
/// of a call sees in its storage is written down in its instance. The functions share what can be shared: <c>f</c> and <c>g</c> are one core function;
/// it, the allocator and the callee of <c>k</c> are reached through one, and so are the post-return function of three of them and the callee of <c>p</c>.
/// </summary>
internal static class ContextComponents
{
    public const int Levels = 3;

    /// <summary>The functions of an instance, in the order of the steps that call them.</summary>
    public static readonly string[] Functions = ["f", "g", "h", "k", "p"];

    /// <summary>What a step does: the number of the lowest four bits, with those above as its operand.</summary>
    public const uint Return = 0, Set = 1, Log = 2, FirstCall = 3;

    public static string Text { get; } = $$"""
        (component
          (import "step" (func $step (result u32)))
          {{string.Concat(Enumerable.Range(0, Levels).Select(Level))}}
          {{string.Concat(Functions.Select(f => $"(export \"{f}\" (func $i{Levels - 1} \"{f}\"))"))}}
          {{string.Concat(Enumerable.Range(0, Levels).Select(i => $"(export \"logs{i}\" (func $i{i} \"logs\"))"))}})
        """;

    public static string Type(string function) => function switch
    {
        "k" => """(param "x" string) (param "y" string) (result string)""",
        "p" => """(param "x" u32)""",
        _ => """(param "x" string) (result string)""",
    };

    public static ComponentValue[] Arguments(string function) => function switch
    {
        "k" => [ComponentValues.String("a"), ComponentValues.String("b")],
        "p" => [ComponentValues.U32(1)],
        _ => [ComponentValues.String("a")],
    };

    /// <summary>What an instance wrote down.</summary>
    public static IEnumerable<uint> Logs(ComponentInstance instance, int level) => instance.Invoke($"logs{level}").Match(
        value => value.Match(list => ((ComponentValue.List)list).Elements.Items.Select(e => ((ComponentValue.U32)e).Value), () => []),
        failure => throw new System.InvalidOperationException(failure.ToString()));

    private static string Level(int level) => $$"""
        (component $c{{level}}
          (import "step" (func $step (result u32)))
          {{(level == 0 ? "" : string.Concat(Functions.Select(f => $"(import \"{f}\" (func ${f} {Type(f)}))")))}}
          (core func $get (canon context.get i32 0))
          (core func $set (canon context.set i32 0))
          (core module $state
            (import "" "get" (func $get (result i32)))
            (import "" "set" (func $set (param i32)))
            (type $run (func (result i32)))
            (memory (export "memory") 1)
            (table (export "table") 1 funcref)
            (global $n (mut i32) (i32.const 0))
            (func $log (export "log") (param i32)
              (i32.store offset=4096 (i32.shl (global.get $n) (i32.const 2)) (local.get 0))
              (global.set $n (i32.add (global.get $n) (i32.const 1))))
            (func (export "realloc") (param i32 i32 i32 i32) (result i32)
              (if (i32.eqz (local.get 0))
                (then (call $log (call $get)) (call $set (i32.const 999)) (return (i32.const 32768))))
              (call_indirect (type $run) (i32.const 0)))
            (func (export "post") (param i32) (call $log (call $get)) (call $set (i32.const 777)))
            (func (export "logs") (result i32)
              (i32.store (i32.const 16) (i32.const 4096))
              (i32.store (i32.const 20) (global.get $n))
              (i32.const 16)))
          (core instance $state (instantiate $state (with "" (instance (export "get" (func $get)) (export "set" (func $set))))))
          (core func $step (canon lower (func $step)))
          {{(level == 0 ? "" : string.Concat(Functions.Select(Lower)))}}
          (core module $m
            (import "" "get" (func $get (result i32)))
            (import "" "set" (func $set (param i32)))
            (import "" "step" (func $step (result i32)))
            (import "state" "log" (func $log (param i32)))
            (import "state" "memory" (memory 1))
            (import "state" "table" (table 1 funcref))
            {{(level == 0 ? "" : """
            (import "" "f" (func $f (param i32 i32 i32)))
            (import "" "g" (func $g (param i32 i32 i32)))
            (import "" "h" (func $h (param i32 i32 i32)))
            (import "" "k" (func $k (param i32 i32 i32 i32 i32)))
            (import "" "p" (func $p (param i32)))
            """)}}
            (elem (i32.const 0) func $run)
            (func $run (result i32) (local $step i32)
              (loop $next
                (local.set $step (call $step))
                (if (i32.eq (i32.and (local.get $step) (i32.const 15)) (i32.const 1)) (then (call $set (i32.shr_u (local.get $step) (i32.const 4)))))
                (if (i32.eq (local.get $step) (i32.const 2)) (then (call $log (call $get))))
                {{(level == 0 ? "" : """
                (if (i32.eq (local.get $step) (i32.const 3)) (then (call $f (i32.const 64) (i32.const 1) (i32.const 48))))
                (if (i32.eq (local.get $step) (i32.const 4)) (then (call $g (i32.const 64) (i32.const 1) (i32.const 48))))
                (if (i32.eq (local.get $step) (i32.const 5)) (then (call $h (i32.const 64) (i32.const 1) (i32.const 48))))
                (if (i32.eq (local.get $step) (i32.const 6)) (then (call $k (i32.const 64) (i32.const 1) (i32.const 64) (i32.const 1) (i32.const 48))))
                (if (i32.eq (local.get $step) (i32.const 7)) (then (call $p (i32.const 1))))
                """)}}
                (br_if $next (local.get $step)))
              (i32.store (i32.const 32) (i32.const 64))
              (i32.store (i32.const 36) (i32.const 1))
              (i32.const 32))
            (func (export "f") (param i32 i32) (result i32) (call $run))
            (func (export "h") (param i32 i32) (result i32) (call $run)))
          (core instance $m (instantiate $m
            (with "state" (instance $state))
            (with "" (instance
              (export "get" (func $get)) (export "set" (func $set)) (export "step" (func $step))
              {{(level == 0 ? "" : string.Concat(Functions.Select(f => $"(export \"{f}\" (func ${f}))")))}}))))
          {{Lift("f", "$m \"f\"", isFinished: true)}}
          {{Lift("g", "$m \"f\"", isFinished: true)}}
          {{Lift("h", "$m \"h\"", isFinished: false)}}
          {{Lift("k", "$state \"realloc\"", isFinished: true)}}
          {{Lift("p", "$state \"post\"", isFinished: false)}}
          (func (export "logs") (result (list u32)) (canon lift (core func $state "logs") (memory (core memory $state "memory")))))
        (instance $i{{level}} (instantiate $c{{level}} (with "step" (func $step))
          {{(level == 0 ? "" : string.Concat(Functions.Select(f => $"(with \"{f}\" (func $i{level - 1} \"{f}\"))")))}}))
        """;

    private static string Lower(string name) =>
        $"(core func ${name} (canon lower (func ${name}) (memory (core memory $state \"memory\")) (realloc (core func $state \"realloc\"))))";

    private static string Lift(string name, string function, bool isFinished) => $$"""
        (func (export "{{name}}") {{Type(name)}} (canon lift (core func {{function}})
          (memory (core memory $state "memory")) (realloc (core func $state "realloc")) {{(isFinished ? "(post-return (core func $state \"post\"))" : "")}}))
        """;
}
