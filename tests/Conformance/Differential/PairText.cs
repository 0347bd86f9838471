using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Fact.Ir;

namespace Fact.Conformance.Differential;

/// <summary>The component that holds a caller, a callee, and what they share; its text.</summary>
public static class PairText
{
    /// <summary>
    /// The component. It exports <c>caller-setup</c>, <c>caller-dump</c>, <c>callee-setup</c>, <c>callee-dump</c>, and
    /// <c>run0</c> … : the caller calls that function with the arguments in its control memory.
    /// </summary>
    public static string Component(Pair pair)
    {
        var text = new StringBuilder();
        text.AppendLine($"""
            (component
              (component $Leaf
                (core module $M (func (export "ping")))
                (core instance $m (instantiate $M))
                (func (export "ping") (canon lift (core func $m "ping")))
            {(pair.Resources ? ResourceText.Definer(0) : "")}  )
            """);
        switch (pair.Shape)
        {
            case PairShape.Siblings:
                Siblings(text, pair);
                break;
            case PairShape.Nested:
                OneInstance(text, pair, Nested(pair));
                break;
            case PairShape.Self:
                OneInstance(text, pair, Self(pair));
                break;
        }
        for (int i = 0; i < pair.Funcs.Length; i++)
            text.AppendLine($"  (export \"run{N(i)}\" (func $caller \"run{N(i)}\"))");
        return text.Append(')').ToString();
    }

    private static string[] Exports(Pair pair) => pair.Resources ? ["setup", "dump", "stock"] : ["setup", "dump"];

    private static void Siblings(StringBuilder text, Pair pair)
    {
        text.AppendLine($"  (component $Callee\n{ImportLeaf(pair)}{ImportBack}{Callee(pair, "$imported-back")}  )");
        text.Append($"  (component $Caller\n{ImportLeaf(pair)}{ImportCallee(pair)}{Caller(pair)}");
        text.AppendLine("    (func (export \"back\") (canon lift (core func $main \"back\")))\n  )");
        text.AppendLine("  (instance $leaf (instantiate $Leaf))").Append(Relay);
        for (int i = 0; i < pair.Others; i++)
        {
            text.AppendLine($"""  (instance $callee{N(i)} (instantiate $Callee (with "leaf" (instance $leaf)) (with "back" (func $back))))""");
            text.AppendLine($"""  (instance $caller{N(i)} (instantiate $Caller (with "leaf" (instance $leaf)) (with "callee" (instance $callee{N(i)}))))""");
        }
        text.AppendLine("""  (instance $callee (instantiate $Callee (with "leaf" (instance $leaf)) (with "back" (func $back))))""");
        text.AppendLine("""  (instance $caller (instantiate $Caller (with "leaf" (instance $leaf)) (with "callee" (instance $callee))))""");
        text.AppendLine("""  (core func $caller-back (canon lower (func $caller "back")))""").Append(FillRelay("$caller-back"));
        foreach (string export in Exports(pair))
            text.AppendLine($"  (export \"caller-{export}\" (func $caller \"{export}\"))\n  (export \"callee-{export}\" (func $callee \"{export}\"))");
    }

    /// <summary>A component with an instance of which all is called.</summary>
    private static void OneInstance(StringBuilder text, Pair pair, string caller)
    {
        text.Append(caller).AppendLine("  (instance $leaf (instantiate $Leaf))");
        text.AppendLine("""  (instance $caller (instantiate $Caller (with "leaf" (instance $leaf))))""");
        foreach (string export in Exports(pair))
            text.AppendLine($"  (export \"caller-{export}\" (func $caller \"{export}\"))\n  (export \"callee-{export}\" (func $caller \"callee-{export}\"))");
    }

    /// <summary>A caller with the callee inside.</summary>
    private static string Nested(Pair pair)
    {
        var text = new StringBuilder($"  (component $Caller\n{ImportLeaf(pair)}{Relay}");
        text.AppendLine($"  (component $Callee\n{ImportLeaf(pair)}{ImportBack}{Callee(pair, "$imported-back")}  )");
        text.AppendLine("""    (instance $callee (instantiate $Callee (with "leaf" (instance $leaf)) (with "back" (func $back))))""");
        foreach (string export in Exports(pair))
            text.AppendLine($"    (export \"callee-{export}\" (func $callee \"{export}\"))");
        return text.Append(Caller(pair)).Append(CallersBack).Append(FillRelay("$callers-back")).AppendLine("  )").ToString();
    }

    /// <summary>A caller that is the callee.</summary>
    private static string Self(Pair pair)
    {
        string callee = Callee(pair, "$back", "callee-");
        return $"  (component $Caller\n{ImportLeaf(pair)}{Relay}{callee}{Caller(pair)}{CallersBack}{FillRelay("$callers-back")}  )\n";
    }

    /// <summary>What a callee has. Its functions are <c>$lifted0</c> … .</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="back">The function that it calls back.</param>
    /// <param name="at">What the names of its core instances and of what serves the tests begin with.</param>
    private static string Callee(Pair pair, string back, string at = "")
    {
        var text = new StringBuilder();
        var types = new TypeText();
        string[] signatures = [.. pair.Funcs.Items.Select(f => Async(f) + types.Of(f.Type))];
        if (pair.Resources)
            text.Append(ResourceText.Definer(1)).Append(ResourceText.CalleeFunctions);
        if (pair.Contexts)
            text.Append(ContextText.Functions);
        Libc(text, pair, pair.Callee, Handles.CalleeReps, at);
        text.AppendLine($"    (core func $back-lowered (canon lower (func {back})))");
        text.Append(types.Definitions(imported: false));
        for (int i = 0; i < pair.Funcs.Length; i++)
            text.Append(AsyncText.Return(i, pair.Funcs[i], types, Encoding(pair.Funcs[i].Lift, at)));
        text.AppendLine(GuestMain.Callee(pair).Replace("$Main", $"${at}Main"));
        text.Append($"""    (core instance ${at}main (instantiate ${at}Main (with "libc" (instance ${at}libc)){Contexts(pair.Contexts)}""");
        text.AppendLine($""" {AsyncText.CalleesArguments(pair)}(with "back" (instance (export "back" (func $back-lowered))))))""");
        for (int i = 0; i < pair.Funcs.Length; i++)
        {
            string postReturn = pair.Funcs[i].PostReturn ? $" (post-return (core func ${at}main \"post{N(pair.PostReturnOf(i))}\"))" : "";
            string callback = pair.Funcs[i].LiftsAsync ? $" async (callback (core func ${at}main \"callback{N(i)}\"))" : "";
            string lift = $"(canon lift (core func ${at}main \"f{N(i)}\") {Options(pair.Funcs[i].Lift, at)}{postReturn}{callback})";
            text.AppendLine($"    (func $lifted{N(i)} (export \"f{N(i)}\") {signatures[i]} {lift})");
        }
        return text.ToString();
    }

    private static string ImportCallee(Pair pair)
    {
        var text = new StringBuilder();
        var types = new TypeText();
        string[] signatures = [.. pair.Funcs.Items.Select(f => Async(f) + types.Of(f.Type))];
        text.AppendLine("    (import \"callee\" (instance $callee");
        if (pair.Resources)
            text.Append(ResourceText.Imported(1));
        text.Append(types.Definitions(imported: true));
        for (int i = 0; i < pair.Funcs.Length; i++)
            text.AppendLine($"    (export \"f{N(i)}\" (func {signatures[i]}))");
        return text.AppendLine("    ))").ToString();
    }

    /// <summary>What a caller has. Where it is the callee, it uses what that has.</summary>
    private static string Caller(Pair pair)
    {
        var text = new StringBuilder();
        bool isCallee = pair.Shape == PairShape.Self;
        if (pair.Resources && !isCallee)
            text.Append(ResourceText.CallerFunctions);
        if (pair.Contexts && !isCallee)
            text.Append(ContextText.Functions);
        Libc(text, pair, pair.Caller, Handles.CallerReps);
        for (int i = 0; i < pair.Funcs.Length; i++)
            text.AppendLine($"    (core func $f{N(i)} (canon lower (func {(isCallee ? $"$lifted{N(i)}" : $"$callee \"f{N(i)}\"")}) "
                + $"{Options(pair.Funcs[i].Lower)}{(pair.Funcs[i].LowersAsync ? " async" : "")}))");
        bool isAsync = pair.Funcs.Items.Any(f => f.LowersAsync);
        text.Append(isAsync ? AsyncText.CallersFunctions : "").AppendLine(GuestMain.Caller(pair));
        string arguments = Contexts(pair.Contexts) + (isAsync ? AsyncText.CallersArguments : "");
        text.AppendLine($"""    (core instance $main (instantiate $Main (with "libc" (instance $libc)){arguments} (with "callee" (instance""");
        for (int i = 0; i < pair.Funcs.Length; i++)
            text.AppendLine($"      (export \"f{N(i)}\" (func $f{N(i)}))");
        text.AppendLine("    ))))");
        for (int i = 0; i < pair.Funcs.Length; i++)
            text.AppendLine($"    (func (export \"run{N(i)}\") {Async(pair.Funcs[i])}(canon lift (core func $main \"run{N(i)}\")))");
        return text.ToString();
    }

    private const string ImportBack = """    (import "back" (func $imported-back))""" + "\n";

    private const string CallersBack = """    (alias core export $main "back" (core func $callers-back))""" + "\n";

    /// <summary>A function for the callee to call: what it does is known when the caller is there.</summary>
    private const string Relay = """
          (core module $Relay
            (type $void (func))
            (table (export "table") 1 funcref)
            (func (export "back") (call_indirect (type $void) (i32.const 0))))
          (core instance $relay (instantiate $Relay))
          (func $back (canon lift (core func $relay "back")))

        """;

    private static string FillRelay(string back) => $"""
          (core module $FillRelay (import "" "table" (table 1 funcref)) (import "" "back" (func $back)) (elem (i32.const 0) func $back))
          (alias core export $relay "table" (core table $relay-table))
          (core instance (instantiate $FillRelay (with "" (instance (export "table" (table $relay-table)) (export "back" (func {back}))))))

        """;

    private static string ImportLeaf(Pair pair) => $"""
            (import "leaf" (instance $leaf (export "ping" (func))
        {(pair.Resources ? ResourceText.Imported(0) : "")}    ))
            {(pair.Resources ? "(alias export $leaf \"r0\" (type $r0))" : "")}
            (core func $ping (canon lower (func $leaf "ping")))

        """;

    private static void Libc(StringBuilder text, Pair pair, GuestMemoryType memory, int reps, string at = "")
    {
        string setup = $"(memory (core memory ${at}libc \"ctl\")) (realloc (core func ${at}libc \"setup-realloc\")) string-encoding=latin1+utf16";
        string resources = pair.Resources ? ResourceText.Arguments : "", contexts = Contexts(pair.Contexts);
        text.AppendLine(GuestText.Module(memory, pair.Resources ? reps : null, pair.Contexts).Replace("$Libc", $"${at}Libc"));
        text.AppendLine($"""    (core instance ${at}libc (instantiate ${at}Libc (with "leaf" (instance (export "ping" (func $ping)))){resources}{contexts}))""");
        text.AppendLine($"    (func (export \"{at}setup\") (param \"image\" string) (canon lift (core func ${at}libc \"setup\") {setup}))");
        text.AppendLine($"    (func (export \"{at}dump\") (result string) (canon lift (core func ${at}libc \"dump\") {setup}))");
        if (pair.Resources)
            text.AppendLine($"    (func (export \"{at}stock\") (canon lift (core func ${at}libc \"stock\")))");
    }

    private static string Contexts(bool used) => used ? ContextText.Arguments : "";

    private static string Async(FuncUnderTest func) => func.Pairing == Pairing.Sync ? "" : "async ";

    private static string Options(StringEncoding encoding, string at = "") => $"{Encoding(encoding, at)} (realloc (core func ${at}libc \"realloc\"))";

    /// <summary>What is also said of a built-in that only reads.</summary>
    private static string Encoding(StringEncoding encoding, string at)
    {
        string name = encoding switch
        {
            StringEncoding.Utf8 => "utf8",
            StringEncoding.Utf16 => "utf16",
            _ => "latin1+utf16",
        };
        return $"string-encoding={name} (memory (core memory ${at}libc \"m\"))";
    }

    internal static string N(int value) => value.ToString(CultureInfo.InvariantCulture);
}
