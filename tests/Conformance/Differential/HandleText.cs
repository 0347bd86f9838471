namespace Fact.Conformance.Differential;

/// <summary>What the guests of a pair with resources have in addition: functions that make resources, and that do with handles what a script says.</summary>
internal static class HandleText
{
    /// <summary>What the core module imports.</summary>
    public const string Imports = """
        (import "res" "make0" (func $make0 (param i32) (result i32)))
          (import "res" "make1" (func $make1 (param i32) (result i32)))
          (import "res" "drop0" (func $drop0 (param i32)))
          (import "res" "drop1" (func $drop1 (param i32)))
          (import "res" "rep0" (func $rep0 (param i32) (result i32)))
          (import "res" "rep1" (func $rep1 (param i32) (result i32)))
          (import "res" "dropped0" (func $dropped0 (result i32)))
          (import "res" "dropped1" (func $dropped1 (result i32)))
        """;

    /// <summary>The functions.</summary>
    /// <param name="reps">What the first resource is known by.</param>
    public static string Functions(int reps) => Template
        .Replace("{REPS}", PairText.N(reps))
        .Replace("{REPS1}", PairText.N(reps + Handles.TypeReps - Handles.Stock))
        .Replace("{STOCK}", PairText.N(Handles.Stock))
        .Replace("{STOCKS}", PairText.N(2 * Handles.Stock))
        .Replace("{SCRIPT}", PairText.N(GuestText.HandleScript))
        .Replace("{STEPS}", PairText.N(GuestText.HandleScript + 8))
        .Replace("{KIND}", PairText.N(GuestText.LogHandle));

    private const string Template = """
        (func (export "stock")
            (local $i i32)
            (loop $next
              (drop (call $make0 (i32.add (i32.const {REPS}) (local.get $i))))
              (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const {STOCK}))))
            (loop $next
              (drop (call $make1 (i32.add (i32.const {REPS1}) (local.get $i))))
              (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const {STOCKS})))))
          (func (export "handles")
            (local $i i32) (local $op i32) (local $handle i32) (local $rep i32)
            (block $done
              (loop $next
                (br_if $done (i32.ge_u (local.get $i) (i32.load $ctl offset={SCRIPT} (i32.const 0))))
                (local.set $op (i32.load $ctl offset={STEPS} (i32.shl (local.get $i) (i32.const 4))))
                (local.set $handle (i32.load $ctl offset={STEPS} (i32.or (i32.shl (local.get $i) (i32.const 4)) (i32.const 8))))
                (local.set $rep (i32.const 0))
                (block $log (block $dropped1 (block $dropped0 (block $rep1 (block $rep0 (block $drop1 (block $drop0
                  (br_table $drop0 $drop1 $rep0 $rep1 $dropped0 $dropped1 (local.get $op)))
                  (call $drop0 (local.get $handle)) (br $log))
                  (call $drop1 (local.get $handle)) (br $log))
                  (local.set $rep (call $rep0 (local.get $handle))) (br $log))
                  (local.set $rep (call $rep1 (local.get $handle))) (br $log))
                  (local.set $rep (call $dropped0)) (br $log))
                  (local.set $rep (call $dropped1)))
                (call $log (i32.const {KIND}) (i64.extend_i32_u (local.get $op)) (i64.extend_i32_u (local.get $handle))
                  (i64.const 0) (i64.const 0) (i64.extend_i32_u (local.get $rep)))
                (local.set $i (i32.add (local.get $i) (i32.const 1)))
                (br $next))))
        """;
}
