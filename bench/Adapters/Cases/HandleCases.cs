using System.Collections.Generic;

namespace Fact.Bench.Adapters;

/// <summary>Handles of resources: between components, and of one's own.</summary>
internal static class HandleCases
{
    private const string Make = "(call $make)";
    private const string NewAndDrop = """
        (local.set $handle (call $new (local.get $n)))
                  (local.set $total (i64.add (local.get $total) (i64.extend_i32_u (local.get $handle))))
                  (call $drop (local.get $handle))
        """;

    /// <summary>The cases.</summary>
    public static IEnumerable<AdapterCase> All =>
    [
        new("own, make + take", Text($"(call $take {Make})")) { Goal = 15, FusedGoal = 25 },
        new("borrow", Text("(call $use (local.get $handle))")) { Goal = 20 },
        new("resource.rep", Text("(local.set $total (i64.add (local.get $total) (i64.extend_i32_u (call $rep (local.get $handle)))))", own: true)) { Goal = 5 },
        new("resource.new + drop", Text(NewAndDrop, own: true)),
    ];

    private const string Callee = """
          (component $callee
            (type $r-type (resource (rep i32)))
            (core func $new (canon resource.new $r-type))
            (core func $drop (canon resource.drop $r-type))
            (core module $m
              (import "" "new" (func $new (param i32) (result i32)))
              (import "" "drop" (func $drop (param i32)))
              (global $count (mut i64) (i64.const 0))
              (func (export "make") (result i32) (call $new (i32.const 7)))
              (func (export "take") (param i32) (call $drop (local.get 0)) (global.set $count (i64.add (global.get $count) (i64.const 1))))
              (func (export "use") (param i32) (global.set $count (i64.add (global.get $count) (i64.extend_i32_u (local.get 0)))))
              (func (export "sum") (result i64) (global.get $count)))
            (core instance $i (instantiate $m (with "" (instance (export "new" (func $new)) (export "drop" (func $drop))))))
            (export $r "r" (type $r-type))
            (func (export "make") (result (own $r)) (canon lift (core func $i "make")))
            (func (export "take") (param "one" (own $r)) (canon lift (core func $i "take")))
            (func (export "use") (param "one" (borrow $r)) (canon lift (core func $i "use")))
            (func (export "sum") (result u64) (canon lift (core func $i "sum"))))
        """;

    /// <summary>A component whose caller does something in a loop, with a handle of the callee's resource or of one of its own.</summary>
    private static string Text(string call, bool own = false) => $"""
        (component
        {Callee}
          (component $caller
            (import "callee" (instance $callee
              (export "r" (type $r (sub resource)))
              (export "make" (func (result (own $r))))
              (export "take" (func (param "one" (own $r))))
              (export "use" (func (param "one" (borrow $r))))))
            (type $own (resource (rep i32)))
            (core func $make (canon lower (func $callee "make")))
            (core func $take (canon lower (func $callee "take")))
            (core func $use (canon lower (func $callee "use")))
            (core func $new (canon resource.new $own))
            (core func $rep (canon resource.rep $own))
            (core func $drop (canon resource.drop $own))
            (core module $m
              (import "" "make" (func $make (result i32)))
              (import "" "take" (func $take (param i32)))
              (import "" "use" (func $use (param i32)))
              (import "" "new" (func $new (param i32) (result i32)))
              (import "" "rep" (func $rep (param i32) (result i32)))
              (import "" "drop" (func $drop (param i32)))
              (global $handle (mut i32) (i32.const 0))
              (func (export "prepare") (param i32 i32 i32 i32)
                (global.set $handle {(own ? "(call $new (i32.const 41))" : Make)}))
              (func (export "run") (param $n i32) (result i64) (local $handle i32) (local $total i64)
                (local.set $handle (global.get $handle))
                (loop $again
                  {call}
                  (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
                (local.get $total))
              (func (export "sum") (result i64) (i64.extend_i32_u (global.get $handle))))
            (core instance $i (instantiate $m (with "" (instance
              (export "make" (func $make)) (export "take" (func $take)) (export "use" (func $use))
              (export "new" (func $new)) (export "rep" (func $rep)) (export "drop" (func $drop))))))
            (func (export "prepare") (param "pattern" u32) (param "pattern-bytes" u32) (param "times" u32) (param "length" u32) (canon lift (core func $i "prepare")))
            (func (export "run") (param "calls" u32) (result u64) (canon lift (core func $i "run")))
            (func (export "sum") (result u64) (canon lift (core func $i "sum"))))
          (instance $callee (instantiate $callee))
          (instance $caller (instantiate $caller (with "callee" (instance $callee))))
          (export "prepare" (func $caller "prepare"))
          (export "run" (func $caller "run"))
          (export "caller-sum" (func $caller "sum"))
          (export "callee-sum" (func $callee "sum")))
        """;
}
