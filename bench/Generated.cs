using System;
using System.Globalization;
using System.Text;
using Wasmtime;

namespace Fact.Bench;

/// <summary>
/// A component of any number of adapters: one callee, one caller, ten kinds of functions in turn, all nine pairs of
/// string encodings. One function in ten has a record type that no other has, so that not all code can be shared.
/// </summary>
internal static class Generated
{
    private static readonly string[] Encodings = ["utf8", "utf16", "latin1+utf16"];

    private static readonly (string Name, string Type)[] SharedTypes =
    [
        ("person", """(record (field "name" string) (field "age" u32) (field "tags" (list string)))"""),
        ("shape", """(variant (case "circle" f32) (case "named" string) (case "nothing"))"""),
        ("mode", """(flags "read" "write" "create")"""),
        ("color", """(enum "red" "green" "blue")"""),
    ];

    /// <summary>What a function is in the component model, and what its two sides are in core WebAssembly.</summary>
    private sealed record Kind(string Type, string Lifted, string Lowered);

    private static readonly Kind[] Kinds =
    [
        new("", "", ""),
        new("""(param "a" u32) (param "b" u64) (result f64)""", "(param i32 i64) (result f64)", "(param i32 i64) (result f64)"),
        new("""(param "text" string)""", "(param i32 i32)", "(param i32 i32)"),
        new("""(param "text" string) (result string)""", "(param i32 i32) (result i32)", "(param i32 i32 i32)"),
        new("""(param "bytes" (list u8)) (result (list u32))""", "(param i32 i32) (result i32)", "(param i32 i32 i32)"),
        new("""(param "who" $person) (result (option $person))""", "(param i32 i32 i32 i32 i32) (result i32)", "(param i32 i32 i32 i32 i32 i32)"),
        new("""(param "what" $shape) (result (result f32 (error string)))""", "(param i32 i32 i32) (result i32)", "(param i32 i32 i32 i32)"),
        new("""(param "all" (list $person)) (result (list $shape))""", "(param i32 i32) (result i32)", "(param i32 i32 i32)"),
        new("""(param "one" $item) (result (list $item))""", "(param i64 i32 i32) (result i32)", "(param i64 i32 i32 i32)"),
        new("""(param "mode" $mode) (param "color" $color) (param "c" char) (result bool)""", "(param i32 i32 i32) (result i32)", "(param i32 i32 i32) (result i32)"),
    ];

    private const string Libc = """
        (core module $libc
          (memory (export "memory") 1)
          (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
        (core instance $libc (instantiate $libc))

        """;

    private const string Options = "(memory (core memory $libc \"memory\")) (realloc (core func $libc \"realloc\"))";

    /// <summary>The component in binary form.</summary>
    /// <param name="adapters">How many adapters it has.</param>
    /// <param name="first">The number of the first: which kind it is follows from it.</param>
    public static byte[] Component(int adapters, int first = 0)
    {
        var text = new StringBuilder("(component\n");
        Callee(text, first, first + adapters);
        Caller(text, first, first + adapters);
        text.Append("(instance $callee (instantiate $callee))\n");
        text.Append("(instance $caller (instantiate $caller (with \"callee\" (instance $callee)))))\n");
        return Module.ConvertText(text.ToString());
    }

    private static void Callee(StringBuilder text, int first, int end)
    {
        text.Append("(component $callee\n").Append(Libc).Append("(core module $m\n");
        for (int i = first; i < end; i++)
            Line(text, $"  (func (export \"f{i}\") {Of(i).Lifted} unreachable)");
        text.Append(")\n(core instance $i (instantiate $m))\n");
        foreach (var (name, type) in SharedTypes)
            Export(text, name, type);
        for (int i = first; i < end; i++)
        {
            if (HasItem(i))
                Export(text, "item" + Number(i), Item(i));
            Line(text, $"(func (export \"f{i}\") {Type(i)} (canon lift (core func $i \"f{i}\") {Options} string-encoding={Encodings[i % 3]}))");
        }
        text.Append(")\n");
    }

    private static void Caller(StringBuilder text, int first, int end)
    {
        text.Append("(component $caller\n(import \"callee\" (instance $callee\n");
        foreach (var (name, type) in SharedTypes)
            ExportType(text, name, type);
        for (int i = first; i < end; i++)
        {
            if (HasItem(i))
                ExportType(text, "item" + Number(i), Item(i));
            Line(text, $"(export \"f{i}\" (func {Type(i)}))");
        }
        text.Append("))\n").Append(Libc).Append("(core module $m\n");
        for (int i = first; i < end; i++)
            Line(text, $"  (import \"callee\" \"f{i}\" (func {Of(i).Lowered}))");
        text.Append(")\n");
        for (int i = first; i < end; i++)
            Line(text, $"(core func $f{i} (canon lower (func $callee \"f{i}\") {Options} string-encoding={Encodings[i / 3 % 3]}))");
        text.Append("(core instance $i (instantiate $m (with \"callee\" (instance\n");
        for (int i = first; i < end; i++)
            Line(text, $"  (export \"f{i}\" (func $f{i}))");
        text.Append(")))))\n");
    }

    /// <summary>A type that a component exports.</summary>
    private static void Export(StringBuilder text, string name, string type) =>
        Line(text, $"(type ${name}-type {type}) (export ${name} \"{name}\" (type ${name}-type))");

    /// <summary>The same in the type of an instance.</summary>
    private static void ExportType(StringBuilder text, string name, string type) =>
        Line(text, $"(type ${name}-type {type}) (export \"{name}\" (type ${name} (eq ${name}-type)))");

    private static Kind Of(int i) => Kinds[i % Kinds.Length];

    private static bool HasItem(int i) => Of(i).Type.Contains("$item", StringComparison.Ordinal);

    private static string Type(int i) => Of(i).Type.Replace("$item", "$item" + Number(i), StringComparison.Ordinal);

    private static string Item(int i) => $"(record (field \"id\" u64) (field \"label{Number(i)}\" string))";

    private static string Number(int i) => i.ToString(CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
