using System.Collections.Generic;

namespace Fact.Properties.Component.Link;

/// <summary>
/// A guest that tries to leave its instance while it must not: how its allocator or post-return function gets at something to call, and by which call that function runs.
/// </summary>
/// <param name="Name">How it gets at it.</param>
/// <param name="Body">What the function does.</param>
/// <param name="Out">What defines the core function <c>$out</c>, outside of the module.</param>
/// <param name="Before">Core instances that come before the guest's.</param>
/// <param name="Imports">What the guest's module imports besides.</param>
/// <param name="Given">What it is given for that.</param>
/// <param name="Defs">What it defines besides.</param>
/// <param name="After">Core instances that come after it.</param>
/// <param name="Realloc">The allocator, as canonical options name it.</param>
internal sealed record Onlooker(
    string Name,
    string Body,
    string Out = "(core func $out (canon lower (func $other)))",
    string Before = "",
    string Imports = "(import \"\" \"out\" (func $out (type $v)))",
    string Given = "(export \"out\" (func $out))",
    string Defs = "",
    string After = "",
    string Realloc = "$g \"realloc\"")
{
    private const string FilledTable = "(core module $T (table (export \"t\") 2 funcref)) (core instance $t (instantiate $T))",
        TableImport = "(import \"\" \"t\" (table 2 funcref))", TableGiven = "(export \"t\" (table $t \"t\"))",
        Fill = """
            (core module $F (import "" "t" (table 2 funcref)) (import "" "out" (func $out)) (elem (i32.const 1) func $out))
            (core instance (instantiate $F (with "" (instance (export "t" (table $t "t")) (export "out" (func $out))))))
            """;

    /// <summary>Those that can leave their instance.</summary>
    public static IEnumerable<Onlooker> Leaving =>
    [
        new("by a call", "(call $out)"),
        new("through a function", "(call $w)", Defs: "(func $w (call $x)) (func $x (if (i32.const 1) (then (call $out))))"),
        new("in a loop that never ends by itself", "(call $w)", Defs: "(func $w (call $x)) (func $x (call $out) (call $w))"),
        new("by a tail call", "(call $w)", Defs: "(func $w (return_call $out))"),
        new("by its own table", "(call_indirect (type $v) (i32.const 0))", Defs: "(table 1 funcref) (elem (i32.const 0) func $out)"),
        new("by a tail call of its own table", "(call $w)",
            Defs: "(table 1 funcref) (elem (i32.const 0) func $out) (func $w (return_call_indirect (type $v) (i32.const 0)))"),
        new("by a reference", "(call_ref $v (ref.func $out))", Defs: "(elem declare func $out)"),
        new("by a tail call of a reference", "(call $w)", Defs: "(elem declare func $out) (func $w (return_call_ref $v (ref.func $out)))"),
        new("by a table that another fills later", "(call_indirect (type $v) (i32.const 1))", Before: FilledTable, Imports: TableImport, Given: TableGiven, After: Fill),
        new(
            "by one that another exports again", "(call $again)",
            Before: "(core module $E (import \"\" \"out\" (func $out)) (export \"x\" (func $out))) "
                + "(core instance $e (instantiate $E (with \"\" (instance (export \"out\" (func $out))))))",
            Imports: "(import \"\" \"again\" (func $again (type $v)))",
            Given: "(export \"again\" (func $e \"x\"))"),
        new(
            "by a function of another that calls", "(call $other)",
            Before: "(core module $E (import \"\" \"out\" (func $out)) (func (export \"x\") (call $out))) "
                + "(core instance $e (instantiate $E (with \"\" (instance (export \"out\" (func $out))))))",
            Imports: "(import \"\" \"other\" (func $other (type $v)))",
            Given: "(export \"other\" (func $e \"x\"))"),
        new(
            "by a built-in", "(drop (call $out (i32.const 1)))",
            Out: "(type $r (resource (rep i32))) (core func $out (canon resource.new $r))",
            Imports: "(import \"\" \"out\" (func $out (param i32) (result i32)))"),
        new(
            "by destroying", "(call $out (i32.const 1))",
            Out: "(type $r (resource (rep i32))) (core func $out (canon resource.drop $r))",
            Imports: "(import \"\" \"out\" (func $out (param i32)))"),
        new("to the host", "(call $out)", Out: "(core func $out (canon lower (func $host)))"),
        new(
            "to a component in it", "(call $out)",
            Out: """
                (component $Inner (core module $m (func (export "f"))) (core instance $i (instantiate $m)) (func (export "f") (canon lift (core func $i "f"))))
                (instance $inner (instantiate $Inner)) (core func $out (canon lower (func $inner "f")))
                """),
        new(
            "to itself", "(call $out)",
            Out: "(core module $S (func (export \"f\"))) (core instance $s (instantiate $S)) (func $s (canon lift (core func $s \"f\"))) "
                + "(core func $out (canon lower (func $s)))"),
    ];

    /// <summary>An allocator that is a lowered function: for calls that allocate.</summary>
    public static Onlooker Lowered { get; } = new(
        "as a lowered function", "",
        Out: """
            (core module $S (func (export "f") (param i32 i32 i32 i32) (result i32) (i32.const 64))) (core instance $s (instantiate $S))
            (func $s (param "a" u32) (param "b" u32) (param "c" u32) (param "d" u32) (result u32) (canon lift (core func $s "f")))
              (core func $out (canon lower (func $s)))
            """,
        Imports: "", Given: "", Realloc: "$out");

    /// <summary>Those that have something to call, but not from there.</summary>
    public static IEnumerable<Onlooker> Staying =>
    [
        new("by nothing", ""),
        new("by a function that does nothing", "(call $w)", Defs: "(func $w (call $x)) (func $x (drop (memory.grow (i32.const 0)))) (func (call $out))"),
        new("in a circle", "(call $w (i32.const 3))", Defs: "(func $w (param i32) (if (local.get 0) (then (call $w (i32.sub (local.get 0) (i32.const 1))))))"),
        new(
            "by a function of another that does nothing", "(call $e)",
            Before: "(core module $E (import \"\" \"out\" (func $out)) (func (export \"x\")) (func (export \"y\") (call $out))) "
                + "(core instance $e (instantiate $E (with \"\" (instance (export \"out\" (func $out))))))",
            Imports: "(import \"\" \"out\" (func $out (type $v))) (import \"\" \"e\" (func $e (type $v)))",
            Given: "(export \"out\" (func $out)) (export \"e\" (func $e \"x\"))"),
        new("through a table, with nothing to call anywhere", "(call_indirect (type $v) (i32.const 0))", Imports: "", Given: "",
            Defs: "(table 1 funcref) (elem (i32.const 0) func $w) (func $w)"),
    ];

    /// <summary>How the function comes to be called.</summary>
    public static string[] Uses => ["take", "give", "fetch", "host-take", "host-give", "host-fetch"];

    /// <summary>A call of the component that <see cref="Text"/> gives, for which the function runs.</summary>
    public static string Call(string use) => use == "host-take" ? "run([1])" : "run()";

    /// <summary>The component. It imports <c>host</c> and <c>bytes</c> from its host.</summary>
    /// <param name="use">
    /// What calls the function: an adapter for a parameter (<c>take</c>), after a result was read (<c>give</c>), for a result of the guest's own call (<c>fetch</c>); or
    /// the host for the same.
    /// </param>
    public string Text(string use)
    {
        string body = use.EndsWith("give", System.StringComparison.Ordinal) ? "" : Body, post = use.EndsWith("give", System.StringComparison.Ordinal) ? Body : "";
        string memory = "(memory (core memory $g \"m\"))",
            realloc = Realloc[0] == '$' && Realloc.Contains(' ') ? $"(realloc (core func {Realloc}))" : $"(realloc {Realloc})";
        string lift = use[(use.IndexOf('-') + 1)..] switch
        {
            "take" => $"(func (export \"f\") (param \"x\" (list u8)) (canon lift (core func $g \"take\") {memory} {realloc}))",
            "give" => $"(func (export \"f\") (result (list u8)) (canon lift (core func $g \"give\") {memory} (post-return (core func $g \"post\"))))",
            _ => $$"""
                (core func $bytes (canon lower (func ${{(use == "fetch" ? "other-bytes" : "host-bytes")}}) {{memory}} {{realloc}}))
                (core module $C (import "" "bytes" (func $bytes (param i32))) (func (export "fetch") (call $bytes (i32.const 128))))
                (core instance $c (instantiate $C (with "" (instance (export "bytes" (func $bytes))))))
                (func (export "f") (canon lift (core func $c "fetch")))
                """,
        };
        bool byHost = use.StartsWith("host", System.StringComparison.Ordinal);
        string type = use[(use.IndexOf('-') + 1)..] switch { "take" => "(param \"x\" (list u8))", "give" => "(result (list u8))", _ => "" };
        return $$"""
            (component
              (import "host" (func $host))
              (import "bytes" (func $host-bytes (result (list u8))))
              (component $Other
                (core module $m (memory (export "m") 1) (func (export "f"))
                  (func (export "bytes") (result i32) (i32.store offset=4 (i32.const 16) (i32.const 1)) (i32.const 16)))
                (core instance $i (instantiate $m))
                (func (export "f") (canon lift (core func $i "f")))
                (func (export "bytes") (result (list u8)) (canon lift (core func $i "bytes") (memory (core memory $i "m")))))
              (instance $o (instantiate $Other))
              (component $Guest
                (import "host" (func $host))
                (import "host-bytes" (func $host-bytes (result (list u8))))
                (import "other" (func $other))
                (import "other-bytes" (func $other-bytes (result (list u8))))
                {{Out}}
                {{Before}}
                (core module $M
                  (type $v (func))
                  {{Imports}}
                  (memory (export "m") 1)
                  {{Defs}}
                  (func (export "realloc") (param i32 i32 i32 i32) (result i32) {{body}} (i32.const 64))
                  (func (export "post") (param i32) {{post}})
                  (func (export "take") (param i32 i32))
                  (func (export "give") (result i32) (i32.const 16)))
                (core instance $g (instantiate $M (with "" (instance {{Given}}))))
                {{After}}
                {{lift}})
              (instance $guest (instantiate $Guest (with "host" (func $host)) (with "host-bytes" (func $host-bytes)) (with "other" (func $o "f"))
                (with "other-bytes" (func $o "bytes"))))
              {{(byHost ? "(export \"run\" (func $guest \"f\")))" : Caller(type) + "(export \"run\" (func $caller \"run\")))")}}
            """;
    }

    private static string Caller(string type) => $$"""
              (component $Caller
                (import "f" (func $f {{type}}))
                (core module $A (memory (export "m") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64)))
                (core instance $a (instantiate $A))
                (core func $f (canon lower (func $f) (memory (core memory $a "m")) (realloc (core func $a "realloc"))))
                (core module $M (import "" "f" (func $f {{Core(type, "(param i32 i32)", "(param i32)")}}))
                  (func (export "run") (call $f {{Core(type, "(i32.const 0) (i32.const 1)", "(i32.const 8)")}})))
                (core instance $m (instantiate $M (with "" (instance (export "f" (func $f))))))
                (func (export "run") (canon lift (core func $m "run"))))
              (instance $caller (instantiate $Caller (with "f" (func $guest "f"))))
            """;

    // What differs between functions with a list as parameter, with one as result, and with neither.
    private static string Core(string type, string ofParam, string ofResult) =>
        type.StartsWith("(p", System.StringComparison.Ordinal) ? ofParam : type.Length > 0 ? ofResult : "";

    public override string ToString() => Name;
}
