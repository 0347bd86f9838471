using System.Collections.Generic;
using System.Linq;
using System.Text;
using Fact.Ir;
using Fact.Model;

namespace Fact.Conformance.Differential;

/// <summary>The core modules that differ between guests: one function for each function under test.</summary>
public static class GuestMain
{
    /// <summary>
    /// The callee: every function logs its core parameters and returns the core results in the control memory; every
    /// post-return function logs its parameters and, after the last call, overwrites the values in memory.
    /// </summary>
    public static string Callee(Pair pair)
    {
        string memory = pair.Callee.Is64 ? "i64 1" : "1";
        var text = Start($"""
                  (import "libc" "m" (memory $m {memory}))
                  (import "libc" "ping" (func $ping))
                  (import "back" "back" (func $back))

            """ + AsyncText.CalleesImports(pair, type => Type(type, [])), pair);
        for (int i = 0; i < pair.Funcs.Length; i++)
        {
            var func = pair.Funcs[i];
            var signature = FlatSignature.Lifted(pair.Callee, func);
            text.AppendLine($"      (func (export \"f{PairText.N(i)}\") {Type(signature.Params, func.LiftsAsync ? [CoreValType.I32] : signature.Results)}");
            LogParams(text, GuestText.LogValue, signature.Params);
            UseContext(text, pair, ContextText.OfFunc(i));
            UseHandles(text, pair);
            LeaveIf(text, Leaving.InTheCall, "$ping");
            LeaveIf(text, Leaving.Back, "$back");
            var results = new StringBuilder();
            PushSlots(results, signature.Results);
            text.AppendLine(func.LiftsAsync ? AsyncText.Functions(i, func, results.ToString()) : $"{results}      )");
            if (!pair.Funcs[i].PostReturn || pair.PostReturnOf(i) != i)
                continue;
            text.AppendLine($"      (func (export \"post{PairText.N(i)}\") {Type(signature.Results, [])}");
            LogParams(text, GuestText.LogPostReturn, signature.Results);
            UseContext(text, pair, null);
            LeaveIf(text, Leaving.InPostReturn, "$ping");
            string pointer = pair.Callee.Is64 ? "i64" : "i32";
            text.AppendLine("        (i32.store $ctl offset=32 (i32.const 0) (i32.sub (i32.load $ctl offset=32 (i32.const 0)) (i32.const 1)))");
            text.AppendLine("        (if (i32.eqz (i32.load $ctl offset=32 (i32.const 0)))");
            text.AppendLine($"          (then (memory.fill $m ({pointer}.const 0x100) (i32.const 0xEE) ({pointer}.const 0x7E00))))");
            text.AppendLine("      )");
        }
        return text.Append("    )").ToString();
    }

    /// <summary>The caller: every function passes the core arguments in the control memory, and logs the core results.</summary>
    public static string Caller(Pair pair)
    {
        FlatSignature[] signatures = [.. pair.Funcs.Items.Select(f => FlatSignature.Lowered(pair.Caller, f))];
        var imports = new StringBuilder();
        for (int i = 0; i < signatures.Length; i++)
            imports.AppendLine($"      (import \"callee\" \"f{PairText.N(i)}\" (func $f{PairText.N(i)} {Type(signatures[i].Params, signatures[i].Results)}))");
        bool isAsync = pair.Funcs.Items.Any(f => f.LowersAsync);
        if (isAsync)
            imports.AppendLine(AsyncText.CallersImports);
        var text = Start(imports.ToString(), pair);
        if (isAsync)
            text.AppendLine(AsyncText.Finish);
        for (int i = 0; i < signatures.Length; i++)
        {
            text.AppendLine($"      (func $run{PairText.N(i)} (export \"run{PairText.N(i)}\")");
            UseContext(text, pair, ContextText.OfCaller);
            string call = $"(call $f{PairText.N(i)}";
            var args = new StringBuilder();
            PushSlots(args, signatures[i].Params);
            string full = $"        {call}\n{args}        )";
            if (pair.Funcs[i].LowersAsync)
                full = AsyncText.CallAndFinish(pair.Funcs[i], full);
            text.AppendLine(signatures[i].Results.IsEmpty
                ? full
                : "        " + Entry(GuestText.LogValue, 0, ToI64(signatures[i].Results[0], full)));
            UseContext(text, pair, null);
            UseHandles(text, pair);
            text.AppendLine("      )");
        }
        Back(text, pair);
        return text.Append("    )").ToString();
    }

    /// <summary>What the callee calls back: it calls a function again as often as the case says.</summary>
    private static void Back(StringBuilder text, Pair pair)
    {
        text.AppendLine("      (func (export \"back\")");
        text.AppendLine($"        {Entry(GuestText.LogBack, 0, "(i64.const 0)")}");
        UseContext(text, pair, ContextText.OfBack);
        string again = PairText.N(GuestText.Again), which = PairText.N(GuestText.Again + 8);
        text.AppendLine($"        (if (i32.eqz (i32.load $ctl offset={again} (i32.const 0))) (then (return)))");
        text.AppendLine($"        (i32.store $ctl offset={again} (i32.const 0) (i32.sub (i32.load $ctl offset={again} (i32.const 0)) (i32.const 1)))");
        for (int i = 0; i < pair.Funcs.Length; i++)
            text.AppendLine($"        (if (i32.eq (i32.load $ctl offset={which} (i32.const 0)) (i32.const {PairText.N(i)})) (then (call $run{PairText.N(i)})))");
        UseContext(text, pair, null);
        text.AppendLine("      )");
    }

    private static StringBuilder Start(string imports, Pair pair) => new StringBuilder()
        .AppendLine("    (core module $Main")
        .Append(imports)
        .AppendLine("      (import \"libc\" \"ctl\" (memory $ctl 48))")
        .AppendLine("      (import \"libc\" \"log\" (func $log (param i32 i64 i64 i64 i64 i64)))")
        .AppendLine(pair.Resources ? "      (import \"libc\" \"handles\" (func $handles))" : "")
        .AppendLine(pair.Contexts ? "      " + ContextText.Imports : "");

    private static void UseHandles(StringBuilder text, Pair pair)
    {
        if (pair.Resources)
            text.AppendLine("        (call $handles)");
    }

    /// <summary>Logs what is in the storage of the thread, and puts something there.</summary>
    private static void UseContext(StringBuilder text, Pair pair, int? value)
    {
        if (pair.Contexts)
            text.AppendLine("        " + ContextText.Log + (value is { } number ? " " + ContextText.Set(number) : ""));
    }

    private static void LeaveIf(StringBuilder text, Leaving when, string where) =>
        text.AppendLine($"        (if (i32.eq (i32.load $ctl offset=40 (i32.const 0)) (i32.const {PairText.N((int)when)})) (then (call {where})))");

    private static string Type(EquatableArray<CoreValType> parameters, EquatableArray<CoreValType> results)
    {
        string text = parameters.IsEmpty ? "" : $"(param {Names(parameters)})";
        return results.IsEmpty ? text : $"{text} (result {Names(results)})";
    }

    private static string Names(IEnumerable<CoreValType> types) => string.Join(' ', types.Select(Name));

    private static string Name(CoreValType type) => type.ToString().ToLowerInvariant();

    private static void LogParams(StringBuilder text, int kind, EquatableArray<CoreValType> parameters)
    {
        text.AppendLine("        " + Entry(kind, -1, "(i64.const 0)"));
        for (int i = 0; i < parameters.Length; i++)
            text.AppendLine("        " + Entry(kind, i, ToI64(parameters[i], $"(local.get {PairText.N(i)})")));
    }

    /// <summary>Logs a number of 64 bits.</summary>
    internal static string Entry(int kind, int position, string value) =>
        $"(call $log (i32.const {PairText.N(kind)}) (i64.const {PairText.N(position)}) {value} (i64.const 0) (i64.const 0) (i64.const 0))";

    private static void PushSlots(StringBuilder text, EquatableArray<CoreValType> types)
    {
        for (int i = 0; i < types.Length; i++)
            text.AppendLine($"          ({Name(types[i])}.load $ctl offset={PairText.N(GuestText.Slots + (8 * i))} (i32.const 0))");
    }

    private static string ToI64(CoreValType type, string value) => type switch
    {
        CoreValType.I64 => value,
        CoreValType.I32 => $"(i64.extend_i32_u {value})",
        CoreValType.F32 => $"(i64.extend_i32_u (i32.reinterpret_f32 {value}))",
        CoreValType.F64 => $"(i64.reinterpret_f64 {value})",
        _ => throw new System.ArgumentOutOfRangeException(nameof(type)),
    };
}
