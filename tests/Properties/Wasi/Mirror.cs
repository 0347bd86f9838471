using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Fact.Properties.Wasi;

/// <summary>A function of an interface.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type in the text format; types go by the names that the interface gives them.</param>
/// <param name="Core">The core types of its parameters; <c>borrow:NAME</c> is the handle of a resource, which is dropped afterwards.</param>
/// <param name="Result">The core type of its result, or <c>ptr</c> where that goes through memory; null for none.</param>
internal sealed record MirrorFunction(string Name, string Type, string Core = "", string? Result = "ptr");

/// <summary>An interface.</summary>
/// <param name="Name">Its name, without version.</param>
/// <param name="Types">
/// Its types in order: a name, and a definition in the text format. Without one it is a resource; <c>=</c> is the type of this name of an interface before it.
/// </param>
/// <param name="Functions">What it has.</param>
internal sealed record MirrorInterface(string Name, (string Name, string? Definition)[] Types, MirrorFunction[] Functions)
{
    public string Short => Name[(Name.IndexOf('/', StringComparison.Ordinal) + 1)..];
}

/// <summary>
/// A component that exports every function of some interfaces that it imports: the core module in between passes on what it is given. So calls of the exports are
/// calls of the host's functions by a guest.
/// </summary>
internal static class Mirror
{
    private const int ReturnArea = 16;

    private const string Options = "(memory (core memory $libc \"memory\")) (realloc (core func $libc \"realloc\"))";

    public static string Of(string version, params MirrorInterface[] interfaces)
    {
        var text = new StringBuilder("(component\n");
        foreach (var one in interfaces)
            Import(text, version, one);
        text.Append("""
              (core module $libc
                (memory (export "memory") 64)
                (global $next (mut i32) (i32.const 1024))
                (func (export "realloc") (param i32 i32 i32 i32) (result i32) (local $at i32)
                  (local.set $at (i32.and (i32.add (global.get $next) (i32.const 15)) (i32.const -16)))
                  (global.set $next (i32.add (local.get $at) (local.get 3)))
                  (if (i32.gt_u (global.get $next) (i32.const 3000000)) (then (global.set $next (i32.const 1024))))
                  (local.get $at)))
              (core instance $libc (instantiate $libc))

            """);
        var all = interfaces.SelectMany(one => one.Functions.Select(function => (one.Short, Function: function))).ToList();
        var resources = all.SelectMany(one => Tokens(one.Function)).Where(token => token.Contains(':', StringComparison.Ordinal)).Select(Borrowed).Distinct().ToList();
        for (int i = 0; i < all.Count; i++)
        {
            text.Append($"  (core func $f{i} (canon lower (func ${all[i].Short} \"{all[i].Function.Name}\") {Options}))\n");
        }
        foreach (string resource in resources)
            text.Append($"  (core func $drop-{resource} (canon resource.drop ${resource}))\n");
        Module(text, all.Select(one => one.Function).ToList(), resources);
        for (int i = 0; i < all.Count; i++)
        {
            text.Append($"  (func (export \"{ExportName(all[i].Function.Name)}\") {all[i].Function.Type} (canon lift (core func $m \"e{i}\") {Options}))\n");
        }
        return text.Append(")\n").ToString();
    }

    /// <summary>What a function is exported as.</summary>
    public static string ExportName(string name) => name.Replace("[method]", "", StringComparison.Ordinal).Replace('.', '-');

    private static void Import(StringBuilder text, string version, MirrorInterface one)
    {
        text.Append($"  (import \"{one.Name}@{version}\" (instance ${one.Short}\n");
        foreach (var (name, definition) in one.Types)
        {
            text.Append(definition switch
            {
                null => $"    (export \"{name}\" (type ${name} (sub resource)))\n",
                "=" => $"    (export \"{name}\" (type ${name} (eq $outer-{name})))\n",
                _ => $"    (type ${name}' {definition}) (export \"{name}\" (type ${name} (eq ${name}')))\n",
            });
        }
        foreach (var function in one.Functions)
            text.Append($"    (export \"{function.Name}\" (func {function.Type}))\n");
        text.Append("  ))\n");
        foreach (var (name, definition) in one.Types.Where(type => type.Definition != "="))
            text.Append($"  (alias export ${one.Short} \"{name}\" (type ${name}))\n  (alias export ${one.Short} \"{name}\" (type $outer-{name}))\n");
    }

    private static void Module(StringBuilder text, List<MirrorFunction> functions, List<string> resources)
    {
        text.Append("  (core module $m\n    (import \"\" \"memory\" (memory 0))\n");
        for (int i = 0; i < functions.Count; i++)
        {
            string parameters = string.Join(' ', [.. Tokens(functions[i]).Select(CoreType), .. functions[i].Result == "ptr" ? (string[])["i32"] : []]);
            text.Append($"    (import \"\" \"f{i}\" (func $f{i} (param {parameters}){ResultOf(functions[i], lowered: true)}))\n");
        }
        foreach (string resource in resources)
            text.Append($"    (import \"\" \"drop-{resource}\" (func $drop-{resource} (param i32)))\n");
        for (int i = 0; i < functions.Count; i++)
        {
            var tokens = Tokens(functions[i]);
            text.Append($"    (func (export \"e{i}\") (param "
                + $"{string.Join(' ', tokens.Select(CoreType))}){ResultOf(functions[i], lowered: false)} (local $i i32)\n      (call $f{i}");
            for (int p = 0; p < tokens.Length; p++)
                text.Append($" (local.get {p})");
            text.Append(functions[i].Result == "ptr" ? $" (i32.const {ReturnArea}))\n" : ")\n");
            for (int p = 0; p < tokens.Length; p++)
                Drop(text, tokens[p], p);
            text.Append(functions[i].Result == "ptr" ? $"      (i32.const {ReturnArea}))\n" : "    )\n");
        }
        text.Append("  )\n  (core instance $m (instantiate $m (with \"\" (instance (export \"memory\" (memory $libc \"memory\"))");
        for (int i = 0; i < functions.Count; i++)
            text.Append($" (export \"f{i}\" (func $f{i}))");
        foreach (string resource in resources)
            text.Append($" (export \"drop-{resource}\" (func $drop-{resource}))");
        text.Append("))))\n");
    }

    /// <summary>A borrowed handle is dropped; of a list of them, at an address whose length follows, each.</summary>
    private static void Drop(StringBuilder text, string token, int parameter)
    {
        if (token.StartsWith("borrow:", StringComparison.Ordinal))
            text.Append($"      (call $drop-{Borrowed(token)} (local.get {parameter}))\n");
        else if (token.StartsWith("borrows:", StringComparison.Ordinal))
            text.Append($"""
                      (block $end (loop $next
                        (br_if $end (i32.ge_u (local.get $i) (local.get {parameter + 1})))
                        (call $drop-{Borrowed(token)} (i32.load (i32.add (local.get {parameter}) (i32.mul (local.get $i) (i32.const 4)))))
                        (local.set $i (i32.add (local.get $i) (i32.const 1)))
                        (br $next)))

                """);
    }

    private static string[] Tokens(MirrorFunction function) => function.Core.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string CoreType(string token) => token.Contains(':', StringComparison.Ordinal) ? "i32" : token;

    private static string Borrowed(string token) => token[(token.IndexOf(':', StringComparison.Ordinal) + 1)..];

    private static string ResultOf(MirrorFunction function, bool lowered) => function.Result switch
    {
        null => "",
        "ptr" => lowered ? "" : " (result i32)",
        var type => $" (result {type})",
    };
}
