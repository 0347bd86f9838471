using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Fact.Ir;

namespace Fact.Conformance.Differential;

/// <summary>The component that holds a caller, a callee, and what they share; its text.</summary>
public static class PairText
{
    private const string Setup = "memory (core memory $libc \"ctl\")) (realloc (core func $libc \"setup-realloc\")) string-encoding=latin1+utf16";

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
        if (!pair.Nested)
            Callee(text, pair);
        Caller(text, pair);
        text.AppendLine("  (instance $leaf (instantiate $Leaf))");
        if (!pair.Nested)
            text.AppendLine("""  (instance $callee (instantiate $Callee (with "leaf" (instance $leaf))))""");
        string callee = pair.Nested ? "" : """ (with "callee" (instance $callee))""";
        text.AppendLine($"""  (instance $caller (instantiate $Caller (with "leaf" (instance $leaf)){callee}))""");
        foreach (string export in Exports(pair))
        {
            text.AppendLine($"  (export \"caller-{export}\" (func $caller \"{export}\"))");
            text.AppendLine($"  (export \"callee-{export}\" (func {(pair.Nested ? $"$caller \"callee-{export}\"" : $"$callee \"{export}\"")}))");
        }
        for (int i = 0; i < pair.Funcs.Length; i++)
            text.AppendLine($"  (export \"run{N(i)}\" (func $caller \"run{N(i)}\"))");
        return text.Append(')').ToString();
    }

    private static string[] Exports(Pair pair) => pair.Resources ? ["setup", "dump", "stock"] : ["setup", "dump"];

    private static void Callee(StringBuilder text, Pair pair)
    {
        var types = new TypeText();
        string[] signatures = [.. pair.Funcs.Items.Select(f => types.Of(f.Type))];
        text.AppendLine("  (component $Callee");
        ImportLeaf(text, pair);
        if (pair.Resources)
            text.Append(ResourceText.Definer(1)).Append(ResourceText.CalleeFunctions);
        Libc(text, pair, pair.Callee, Handles.CalleeReps);
        text.AppendLine(GuestMain.Callee(pair));
        text.AppendLine("""    (core instance $main (instantiate $Main (with "libc" (instance $libc))))""");
        text.Append(types.Definitions(imported: false));
        for (int i = 0; i < pair.Funcs.Length; i++)
        {
            string postReturn = pair.Funcs[i].PostReturn ? $" (post-return (core func $main \"post{N(i)}\"))" : "";
            text.AppendLine($"    (func (export \"f{N(i)}\") {signatures[i]} (canon lift (core func $main \"f{N(i)}\") {Options(pair.Funcs[i].Lift)}{postReturn}))");
        }
        text.AppendLine("  )");
    }

    private static void ImportCallee(StringBuilder text, Pair pair)
    {
        var types = new TypeText();
        string[] signatures = [.. pair.Funcs.Items.Select(f => types.Of(f.Type))];
        text.AppendLine("    (import \"callee\" (instance $callee");
        if (pair.Resources)
            text.Append(ResourceText.Imported(1));
        text.Append(types.Definitions(imported: true));
        for (int i = 0; i < pair.Funcs.Length; i++)
            text.AppendLine($"    (export \"f{N(i)}\" (func {signatures[i]}))");
        text.AppendLine("    ))");
    }

    private static void OwnCallee(StringBuilder text, Pair pair)
    {
        Callee(text, pair);
        text.AppendLine("""    (instance $callee (instantiate $Callee (with "leaf" (instance $leaf))))""");
        foreach (string export in Exports(pair))
            text.AppendLine($"    (export \"callee-{export}\" (func $callee \"{export}\"))");
    }

    private static void Caller(StringBuilder text, Pair pair)
    {
        text.AppendLine("  (component $Caller");
        ImportLeaf(text, pair);
        if (pair.Nested)
            OwnCallee(text, pair);
        else
            ImportCallee(text, pair);
        if (pair.Resources)
            text.Append(ResourceText.CallerFunctions);
        Libc(text, pair, pair.Caller, Handles.CallerReps);
        for (int i = 0; i < pair.Funcs.Length; i++)
            text.AppendLine($"    (core func $f{N(i)} (canon lower (func $callee \"f{N(i)}\") {Options(pair.Funcs[i].Lower)}))");
        text.AppendLine(GuestMain.Caller(pair));
        text.AppendLine("""    (core instance $main (instantiate $Main (with "libc" (instance $libc)) (with "callee" (instance""");
        for (int i = 0; i < pair.Funcs.Length; i++)
            text.AppendLine($"      (export \"f{N(i)}\" (func $f{N(i)}))");
        text.AppendLine("    ))))");
        for (int i = 0; i < pair.Funcs.Length; i++)
            text.AppendLine($"    (func (export \"run{N(i)}\") (canon lift (core func $main \"run{N(i)}\")))");
        text.AppendLine("  )");
    }

    private static void ImportLeaf(StringBuilder text, Pair pair)
    {
        text.AppendLine("    (import \"leaf\" (instance $leaf (export \"ping\" (func))");
        if (pair.Resources)
            text.Append(ResourceText.Imported(0));
        text.AppendLine("    ))").AppendLine(pair.Resources ? "    (alias export $leaf \"r0\" (type $r0))" : "").AppendLine("    (core func $ping (canon lower (func $leaf \"ping\")))");
    }

    private static void Libc(StringBuilder text, Pair pair, GuestMemoryType memory, int reps)
    {
        text.AppendLine(GuestText.Module(memory, pair.Resources ? reps : null));
        string resources = pair.Resources ? ResourceText.Arguments : "";
        text.AppendLine($"""    (core instance $libc (instantiate $Libc (with "leaf" (instance (export "ping" (func $ping)))){resources}))""");
        text.AppendLine($"    (func (export \"setup\") (param \"image\" string) (canon lift (core func $libc \"setup\") ({Setup}))");
        text.AppendLine($"    (func (export \"dump\") (result string) (canon lift (core func $libc \"dump\") ({Setup}))");
        if (pair.Resources)
            text.AppendLine("    (func (export \"stock\") (canon lift (core func $libc \"stock\")))");
    }

    private static string Options(StringEncoding encoding)
    {
        string name = encoding switch
        {
            StringEncoding.Utf8 => "utf8",
            StringEncoding.Utf16 => "utf16",
            _ => "latin1+utf16",
        };
        return $"string-encoding={name} (memory (core memory $libc \"m\")) (realloc (core func $libc \"realloc\"))";
    }

    internal static string N(int value) => value.ToString(CultureInfo.InvariantCulture);
}
