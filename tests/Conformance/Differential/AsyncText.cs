using System;
using System.Linq;
using System.Text;
using Fact.Ir;

namespace Fact.Conformance.Differential;

/// <summary>What guests have in addition whose functions are asynchronous: the callee's callbacks, which yield before they return, and the caller's waiting.</summary>
internal static class AsyncText
{
    /// <summary>The states of calls. The numbers are those of the specification.</summary>
    public const int StateStarted = 1, StateReturned = 2;

    /// <summary>What a caller needs to wait for calls, in its component.</summary>
    public const string CallersFunctions = """
            (core func $set-new (canon waitable-set.new))
            (core func $set-wait (canon waitable-set.wait (memory (core memory $libc "ctl"))))
            (core func $set-drop (canon waitable-set.drop))
            (core func $join (canon waitable.join))
            (core func $subtask-drop (canon subtask.drop))

        """;

    /// <summary>The functions as arguments of an instantiation.</summary>
    public const string CallersArguments =
        """ (with "wait" (instance (export "new" (func $set-new)) (export "wait" (func $set-wait)) (export "drop" (func $set-drop))"""
        + """ (export "join" (func $join)) (export "subtask-drop" (func $subtask-drop))))""";

    /// <summary>What the caller's core module imports.</summary>
    public const string CallersImports = """
              (import "wait" "new" (func $set-new (result i32)))
              (import "wait" "wait" (func $set-wait (param i32 i32) (result i32)))
              (import "wait" "drop" (func $set-drop (param i32)))
              (import "wait" "join" (func $join (param i32 i32)))
              (import "wait" "subtask-drop" (func $subtask-drop (param i32)))
        """;

    /// <summary>
    /// Waits for the call that has a status, and gives the state that it has at last. Anything unexpected is a trap: a callee that does not yield has returned
    /// when the caller goes on; of one that does, a host may choose that it need not wait.
    /// </summary>
    public const string Finish = """
              (func $finish (param $status i32) (param $least i32) (result i32)
                (local $set i32) (local $subtask i32) (local $state i32)
                (local.set $subtask (i32.shr_u (local.get $status) (i32.const 4)))
                (local.set $state (i32.and (local.get $status) (i32.const 15)))
                (if (i32.lt_u (local.get $state) (local.get $least)) (then unreachable))
                (if (local.get $subtask)
                  (then
                    (local.set $set (call $set-new))
                    (call $join (local.get $subtask) (local.get $set))
                    (if (i32.ne (call $set-wait (local.get $set) (i32.const 0x1FFE0)) (i32.const 1 (; subtask ;))) (then unreachable))
                    (if (i32.ne (i32.load $ctl (i32.const 0x1FFE0)) (local.get $subtask)) (then unreachable))
                    (local.set $state (i32.load $ctl (i32.const 0x1FFE4)))
                    (call $subtask-drop (local.get $subtask))
                    (call $set-drop (local.get $set))))
                (local.get $state))
        """;

    /// <summary>Calls a function and waits for it.</summary>
    public static string CallAndFinish(FuncUnderTest func, string call) =>
        $"        (call $finish\n{call}\n          (i32.const {PairText.N(func.Yields > 0 ? StateStarted : StateReturned)}))";

    /// <summary>The function that a callee returns through, in its component.</summary>
    public static string Return(int number, FuncUnderTest func, TypeText types, string options)
    {
        string result = func.Type.Result is { } type ? $" (result {types.Of(type)})" : "";
        return func.LiftsAsync ? $"    (core func $return{PairText.N(number)} (canon task.return{result} {options}))\n" : "";
    }

    /// <summary>The functions that a callee returns through as arguments of an instantiation.</summary>
    public static string CalleesArguments(Pair pair)
    {
        string exports = string.Concat(Async(pair).Select(i => $" (export \"{PairText.N(i)}\" (func $return{PairText.N(i)}))"));
        return exports.Length == 0 ? "" : $"(with \"return\" (instance{exports})) ";
    }

    /// <summary>What the callee's core module imports.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="signature">The text of parameters.</param>
    public static string CalleesImports(Pair pair, Func<EquatableArray<CoreValType>, string> signature)
    {
        var text = new StringBuilder();
        foreach (int i in Async(pair))
            text.AppendLine($"      (import \"return\" \"{PairText.N(i)}\" (func $return{PairText.N(i)} "
                + $"{signature(FlatSignature.Lifted(pair.Callee, pair.Funcs[i]).Results)}))");
        return text.ToString();
    }

    /// <summary>The end of a function, and its callback.</summary>
    /// <param name="number">The function's number.</param>
    /// <param name="func">The function.</param>
    /// <param name="results">Pushes what it returns.</param>
    public static string Functions(int number, FuncUnderTest func, string results)
    {
        string n = PairText.N(number), @return = $"        (call $return{n}\n{results}        )\n        (i32.const 0 (; exit ;))\n      )";
        if (func.Yields == 0)
            return $"{@return}\n      (func (export \"callback{n}\") (param i32 i32 i32) (result i32) unreachable)";
        return $"""
                    (global.set $left{n} (i32.const {PairText.N(func.Yields)}))
                    (i32.const 1 (; yield ;))
                  )
                  (global $left{n} (mut i32) (i32.const 0))
                  (func (export "callback{n}") (param $event i32) (param $index i32) (param $payload i32) (result i32)
                    (if (i32.or (local.get $event) (i32.or (local.get $index) (local.get $payload))) (then unreachable))
                    (global.set $left{n} (i32.sub (global.get $left{n}) (i32.const 1)))
                    (if (global.get $left{n}) (then (return (i32.const 1 (; yield ;)))))
            {@return}
            """;
    }

    private static int[] Async(Pair pair) => [.. Enumerable.Range(0, pair.Funcs.Length).Where(i => pair.Funcs[i].LiftsAsync)];
}
