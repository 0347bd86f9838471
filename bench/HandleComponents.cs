using System;
using System.Globalization;
using System.Text;
using Wasmtime;

namespace Fact.Bench;

/// <summary>
/// Components that pass handles: one callee with a resource type of its own, which has a destructor, one caller, and any number of functions of four kinds in turn.
/// Where there are all kinds, the root exports what makes a resource, looks at it and drops it so many times: <c>use</c>, which adds up what it saw.
/// </summary>
internal static class HandleComponents
{
    /// <summary>What a resource is known by.</summary>
    public const uint Representation = 7;

    private static readonly (string Type, string Lifted, string Lowered)[] Kinds =
    [
        ("(result (own $thing))", "(result i32) i32.const 7 call $new", "(result i32)"),
        ("(param \"it\" (borrow $thing)) (result u32)", "(param i32) (result i32) local.get 0", "(param i32) (result i32)"),
        ("(param \"it\" (own $thing))", "(param i32) local.get 0 call $drop", "(param i32)"),
        ("(param \"it\" (borrow $thing)) (param \"text\" string)", "(param i32 i32 i32)", "(param i32 i32 i32)"),
    ];

    private const string Libc = """
        (core module $libc
          (memory (export "memory") 1)
          (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable)
          (func (export "destroy") (param i32)))
        (core instance $libc (instantiate $libc))

        """;

    private const string Options = "(memory (core memory $libc \"memory\")) (realloc (core func $libc \"realloc\"))";

    private const string Use = """
        (func (export "use") (param $times i32) (result i32) (local $sum i32) (local $thing i32)
          loop
            call $f0 local.tee $thing call $f1 local.get $sum i32.add local.set $sum
            local.get $thing call $drop
            local.get $times i32.const 1 i32.sub local.tee $times
            br_if 0
          end
          local.get $sum)

        """;

    /// <summary>The component in binary form.</summary>
    /// <param name="functions">How many functions the callee has.</param>
    public static byte[] Component(int functions)
    {
        var text = new StringBuilder("(component\n");
        Callee(text, functions);
        Caller(text, functions);
        text.Append("(instance $callee (instantiate $callee))\n(instance $caller (instantiate $caller (with \"callee\" (instance $callee))))\n");
        if (HasUse(functions))
            text.Append("(export \"use\" (func $caller \"use\"))\n");
        return Module.ConvertText(text.Append(')').ToString());
    }

    private static void Callee(StringBuilder text, int functions)
    {
        text.Append("(component $callee\n").Append(Libc);
        text.Append("(type $own (resource (rep i32) (dtor (core func $libc \"destroy\"))))\n(export $thing \"thing\" (type $own))\n");
        text.Append("(core func $new (canon resource.new $own)) (core func $drop (canon resource.drop $own))\n");
        text.Append("(core module $m (import \"\" \"new\" (func $new (param i32) (result i32))) (import \"\" \"drop\" (func $drop (param i32)))\n");
        for (int i = 0; i < functions; i++)
            Line(text, $"  (func (export \"f{i}\") {Of(i).Lifted})");
        text.Append(")\n(core instance $i (instantiate $m (with \"\" (instance (export \"new\" (func $new)) (export \"drop\" (func $drop))))))\n");
        for (int i = 0; i < functions; i++)
            Line(text, $"(func (export \"f{i}\") {Of(i).Type} (canon lift (core func $i \"f{i}\") {Options}))");
        text.Append(")\n");
    }

    private static void Caller(StringBuilder text, int functions)
    {
        text.Append("(component $caller\n(import \"callee\" (instance $callee\n(export \"thing\" (type $thing (sub resource)))\n");
        for (int i = 0; i < functions; i++)
            Line(text, $"(export \"f{i}\" (func {Of(i).Type}))");
        text.Append("))\n").Append(Libc).Append("(alias export $callee \"thing\" (type $other)) (core func $drop (canon resource.drop $other))\n");
        text.Append("(core module $m (import \"callee\" \"drop\" (func $drop (param i32)))\n");
        for (int i = 0; i < functions; i++)
            Line(text, $"  (import \"callee\" \"f{i}\" (func $f{i} {Of(i).Lowered}))");
        text.Append(HasUse(functions) ? Use : "").Append(")\n");
        for (int i = 0; i < functions; i++)
            Line(text, $"(core func $f{i} (canon lower (func $callee \"f{i}\") {Options}))");
        text.Append("(core instance $i (instantiate $m (with \"callee\" (instance (export \"drop\" (func $drop))\n");
        for (int i = 0; i < functions; i++)
            Line(text, $"  (export \"f{i}\" (func $f{i}))");
        text.Append("))))\n");
        if (HasUse(functions))
            text.Append("(func (export \"use\") (param \"times\" u32) (result u32) (canon lift (core func $i \"use\")))\n");
        text.Append(")\n");
    }

    private static bool HasUse(int functions) => functions >= Kinds.Length;

    private static (string Type, string Lifted, string Lowered) Of(int i) => Kinds[i % Kinds.Length];

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
