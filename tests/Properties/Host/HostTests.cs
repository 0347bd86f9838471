using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Host;
using Fact.Ir;
using Fact.Lower;
using Fact.Values;
using Xunit;

namespace Fact.Properties.Host;

/// <summary>Calls, imports, and what is said when something is wrong.</summary>
public class HostTests
{
    private const string Text = """
        (component
          (component $callee
            (core module $m
              (memory (export "memory") 1)
              (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
              (func (export "f") (param i32 i32 i32) (result i32) (local.get 2))
              (func (export "g") unreachable)
              (func (export "h") (param i32 i32) (result i32) (i32.const 77)))
            (core instance $i (instantiate $m))
            (type $record (record (field "text" string) (field "letter" char)))
            (export $r "r" (type $record))
            (type $shape (variant (case "a") (case "b" u8)))
            (export $v "v" (type $shape))
            (func (export "f") (param "p" $r) (result u32) (canon lift (core func $i "f") (memory (core memory $i "memory")) (realloc (core func $i "realloc"))))
            (func (export "g") (canon lift (core func $i "g")))
            (func (export "h") (param "q" $v) (result u32) (canon lift (core func $i "h"))))
          (instance $callee (instantiate $callee))
          (component $caller
            (import "callee" (instance $callee
              (type $record (record (field "text" string) (field "letter" char)))
              (export "r" (type $r (eq $record)))
              (type $shape (variant (case "a") (case "b" u8)))
              (export "v" (type $v (eq $shape)))
              (export "f" (func (param "p" $r) (result u32)))
              (export "g" (func))
              (export "h" (func (param "q" $v) (result u32)))))
            (core module $memory (memory (export "memory") 1) (data (i32.const 16) "\ff\fe"))
            (core instance $memory (instantiate $memory))
            (core func $f (canon lower (func $callee "f") (memory (core memory $memory "memory"))))
            (core func $g (canon lower (func $callee "g")))
            (core func $h (canon lower (func $callee "h")))
            (core module $m
              (import "" "f" (func $f (param i32 i32 i32) (result i32)))
              (import "" "g" (func $g))
              (import "" "h" (func $h (param i32 i32) (result i32)))
              (func (export "f") (param i32 i32 i32) (result i32) (call $f (local.get 0) (local.get 1) (local.get 2)))
              (func (export "g") (call $g))
              (func (export "h") (param i32) (result i32) (call $h (local.get 0) (i32.const 0)))
              (func (export "own") unreachable))
            (core instance $i (instantiate $m (with "" (instance (export "f" (func $f)) (export "g" (func $g)) (export "h" (func $h))))))
            (func (export "f") (param "at" u32) (param "length" u32) (param "letter" u32) (result u32) (canon lift (core func $i "f")))
            (func (export "g") (canon lift (core func $i "g")))
            (func (export "h") (param "case" u32) (result u32) (canon lift (core func $i "h")))
            (func (export "own") (canon lift (core func $i "own"))))
          (instance $caller (instantiate $caller (with "callee" (instance $callee))))
          (export "c" (instance $caller)))
        """;

    [Theory]
    [InlineData("c#f(0, 5, 65)", "65")]
    [InlineData("c#f(0, 5, 55296)", "trap: invalid char value specified (adapter0 \"f\": param \"p\" · record field \"letter\")")]
    [InlineData("c#f(16, 2, 65)", "trap: invalid utf8 encoding (adapter0 \"f\": param \"p\" · record field \"text\")")]
    [InlineData("c#f(65536, 1, 65)", "trap: string out of bounds of memory (adapter0 \"f\": param \"p\" · record field \"text\")")]
    [InlineData("c#f(0, 4294967295, 65)", "trap: string byte size exceeds maximum (adapter0 \"f\": param \"p\" · record field \"text\")")]
    [InlineData("c#h(2)", "trap: invalid variant discriminant (adapter2 \"h\": param \"q\")")]
    [InlineData("c#g()", "trap: wasm `unreachable` instruction executed")]
    [InlineData("c#own()", "trap: wasm `unreachable` instruction executed")]
    [InlineData("c#nope()", "\"c#nope\": there is no exported function of this name; there are \"c#f\", \"c#g\", \"c#h\", \"c#own\"")]
    [InlineData("c#f(1, 2)", "\"c#f\": column 9: the argument for \"letter: u32\" is missing")]
    public void A_trap_says_which_check_failed_in_which_adapter_for_which_value(string call, string result)
    {
        using var instance = HostRun.Instantiate(Text);
        HostRun.Calls(instance, (call, result));
    }

    [Fact]
    public void After_a_trap_nothing_can_be_called_any_more()
    {
        using var instance = HostRun.Instantiate(Text);
        HostRun.Calls(
            instance,
            ("c#f(1, 2)", "\"c#f\": column 9: the argument for \"letter: u32\" is missing"),
            ("c#h(0)", "77"),
            ("c#g()", "trap: wasm `unreachable` instruction executed"),
            ("c#h(0)", "trap: cannot enter component instance"),
            ("c#own()", "trap: cannot enter component instance"));
        Assert.Equal("wasm `unreachable` instruction executed", instance.Poison!.Message);
    }

    [Fact]
    public void Exports_are_listed_with_their_types()
    {
        using var host = HostRun.Open(Text);
        Assert.Equal(
            ["c#f: func(at: u32, length: u32, letter: u32) -> u32", "c#g: func()", "c#h: func(case: u32) -> u32", "c#own: func()"],
            host.Exports.Select(e => e.Name + ": " + e.TypeText));
    }

    private const string Importing = """
        (component
          (import "log" (func $log (param "text" string)))
          (import "a:b/names" (instance $names
            (export "pick" (func (param "from" (list string)) (result (option string))))
            (export "unused" (func (param "x" u8)))))
          (core module $memory
            (memory (export "memory") 1)
            (global $top (mut i32) (i32.const 4096))
            (func (export "realloc") (param i32 i32 i32 i32) (result i32)
              (global.set $top (i32.and (i32.add (i32.add (global.get $top) (local.get 3)) (i32.const 15)) (i32.const -8)))
              (i32.and (i32.sub (global.get $top) (local.get 3)) (i32.const -8)))
            (data (i32.const 16) "hello"))
          (core instance $memory (instantiate $memory))
          (core func $log (canon lower (func $log) (memory (core memory $memory "memory"))))
          (core func $pick (canon lower (func $names "pick") (memory (core memory $memory "memory")) (realloc (core func $memory "realloc"))))
          (core module $m
            (import "" "log" (func $log (param i32 i32)))
            (import "" "pick" (func $pick (param i32 i32 i32)))
            (func (export "hello") (call $log (i32.const 16) (i32.const 5)))
            (func (export "pick") (param i32 i32) (result i32) (call $pick (local.get 0) (local.get 1) (i32.const 64)) (i32.const 64)))
          (core instance $i (instantiate $m (with "" (instance (export "log" (func $log)) (export "pick" (func $pick))))))
          (func (export "hello") (canon lift (core func $i "hello")))
          (func (export "pick") (param "from" (list string)) (result (option string))
            (canon lift (core func $i "pick") (memory (core memory $memory "memory")) (realloc (core func $memory "realloc")))))
        """;

    [Fact]
    public void All_missing_imports_are_listed_with_their_types() =>
        Assert.Equal(
            "the component imports what it is not given: 2 functions, some of them of a:b/names\n"
            + "import \"log\": missing: it must be func(text: string)\n"
            + "import \"a:b/names#pick\": missing: it must be func(from: list<string>) -> option<string>\n"
            + "import \"a:b/names#unused\": a core module was given: it must be func(x: u8)",
            HostRun.InstantiateError(Importing, HostImports.None.WithCoreModule("a:b/names#unused", default)));

    [Fact]
    public void Something_else_is_no_instance_even_where_no_item_of_it_is_needed()
    {
        const string Component = """(component (import "i" (instance (export "nested" (instance)))))""";
        HostRun.Instantiate(Component).Dispose();
        Assert.Equal("import \"i\": a function was given: it must be an instance", HostRun.InstantiateError(Component, HostImports.None.WithFunction("i", _ => null)));
        Assert.Equal(
            "import \"i#nested\": a resource type was given: it must be an instance",
            HostRun.InstantiateError(Component, HostImports.None.WithResource("i#nested", new ResourceType("r"))));
    }

    private static HostImports Imports(List<string> log, Func<EquatableArray<ComponentValue>, ComponentValue?> pick) => HostImports.None
        .WithFunction("log", a =>
        {
            log.Add(((ComponentValue.String)a[0]).Value);
            return null;
        })
        .WithFunction("a:b/names#pick", a => pick(a))
        .WithFunction("a:b/names#unused", _ => null);

    [Fact]
    public void Guests_call_functions_of_the_host()
    {
        var log = new List<string>();
        using var instance = HostRun.Instantiate(Importing, Imports(log, a => new ComponentValue.Option(((ComponentValue.List)a[0]).Elements.LastOrDefault())));
        HostRun.Calls(instance, ("hello()", ""), ("pick([\"a\", \"ü☃\"])", "some(\"ü☃\")"), ("pick([])", "none"));
        Assert.Equal(["hello"], log);
    }

    [Fact]
    public void A_host_function_that_fails_or_returns_something_else_traps_its_caller()
    {
        using var throws = HostRun.Instantiate(Importing, Imports([], _ => throw new InvalidOperationException("no names today")));
        HostRun.Calls(throws, ("pick([])", "trap: the host function \"a:b/names#pick\" failed: no names today"));
        using var wrong = HostRun.Instantiate(Importing, Imports([], _ => ComponentValues.Some(ComponentValues.U8(1))));
        HostRun.Calls(wrong, ("pick([])", "trap: the host function \"a:b/names#pick\" returned a wrong result: option some: expected string, found a u8"));
        using var none = HostRun.Instantiate(Importing, Imports([], _ => null));
        HostRun.Calls(none, ("pick([])", "trap: the host function \"a:b/names#pick\" returned a wrong result: there is no result"));
    }

    [Fact]
    public void By_the_older_rule_a_host_function_cannot_enter_the_component_that_calls_it_and_does_no_harm_by_trying()
    {
        ComponentInstance? instance = null;
        string inner = "";
        using (instance = HostRun.Instantiate(
            Importing,
            Imports([], _ =>
            {
                inner = instance!.Invoke("hello").Match(_ => "entered", f => f.ToString());
                return ComponentValues.None;
            }),
            new HostOptions { Reentrance = Reentrance.Trap }))
        {
            HostRun.Calls(instance, ("pick([])", "none"), ("pick([])", "none"));
            Assert.Equal("trap: cannot enter component instance", inner);
        }
    }

    [Fact]
    public void Arguments_are_checked_before_anything_runs()
    {
        using var instance = HostRun.Instantiate(Importing, Imports([], _ => ComponentValues.None));
        var failure = instance.Invoke("pick", ComponentValues.List(ComponentValues.String("a"), ComponentValues.U8(1))).Match(_ => null!, f => f);
        Assert.Equal("\"pick\": param \"from\" · list element 1: expected string, found a u8", failure.ToString());
        Assert.Null(instance.Poison);
    }

    [Fact]
    public void A_start_function_that_traps_gives_a_trap_and_no_instance() =>
        Assert.Equal(
            "trap: integer divide by zero",
            HostRun.InstantiateError("""(component (core module $m (func $s (drop (i32.div_u (i32.const 1) (i32.const 0)))) (start $s)) """
                + """(core instance (instantiate $m)))"""));

    [Theory]
    [InlineData("(throw $tag)", "trap: uncaught exception at a component boundary")]
    [InlineData("(drop (i32.load (i32.const -1)))", "trap: out of bounds memory access")]
    [InlineData("(drop (i32.div_u (i32.const 1) (i32.const 0)))", "trap: integer divide by zero")]
    [InlineData("(call 0)", "trap: call stack exhausted")]
    [InlineData("(call_indirect (i32.const 0))", "trap: uninitialized element")]
    public void Traps_of_core_code_have_the_engines_names(string code, string result)
    {
        using var instance = HostRun.Instantiate($"""
            (component
              (core module $m (memory 1) (table 1 funcref) (tag $tag) (func (export "f") {code}))
              (core instance $i (instantiate $m))
              (func (export "f") (canon lift (core func $i "f"))))
            """);
        HostRun.Calls(instance, ("f()", result));
    }

    [Fact]
    public void Reference_types_that_would_end_the_process_are_refused_before()
    {
        Assert.Contains("with a reference type other than funcref and externref", HostRun.OpenError("""
            (component (core module $m (type $t (func)) (func (export "f") (param (ref null $t)))) (core instance (instantiate $m)))
            """), StringComparison.Ordinal);
        Assert.Contains("the core module is not valid", HostRun.OpenError("""(component (core module $m (func (result i32))) (core instance (instantiate $m)))"""),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Exception_tags_tables_and_globals_pass_between_core_modules()
    {
        using var instance = HostRun.Instantiate("""
            (component
              (core module $a
                (tag (export "tag") (param i32))
                (global (export "global") (mut i64) (i64.const 5))
                (table (export "table") 2 funcref)
                (memory (export "memory") 1))
              (core instance $a (instantiate $a))
              (core module $b
                (import "x" "t" (tag $t (param i32)))
                (import "x" "g" (global $g (mut i64)))
                (import "x" "tb" (table 2 funcref))
                (import "x" "m" (memory 1))
                (func (export "f") (param i32) (result i32)
                  (block $caught (result i32)
                    (try_table (catch $t $caught) (throw $t (local.get 0)))
                    (i32.const 0))))
              (core instance $b (instantiate $b (with "x" (instance
                (export "t" (tag $a "tag")) (export "g" (global $a "global")) (export "tb" (table $a "table")) (export "m" (memory $a "memory"))))))
              (func (export "f") (param "x" u32) (result u32) (canon lift (core func $b "f"))))
            """);
        HostRun.Calls(instance, ("f(9)", "9"));
    }

    [Fact]
    public void Core_modules_are_imported_and_checked_against_their_types()
    {
        const string Component = """
            (component
              (import "m" (core module $m (import "" "x" (func (result i32))) (export "f" (func (param i32) (result i32)))))
              (core module $x (func (export "x") (result i32) (i32.const 40)))
              (core instance $x (instantiate $x))
              (core instance $i (instantiate $m (with "" (instance $x))))
              (func (export "f") (param "x" u32) (result u32) (canon lift (core func $i "f"))))
            """;
        HostImports With(string module) => HostImports.None.WithCoreModule("m", Wasmtime.Module.ConvertText(module));
        using var instance = HostRun.Instantiate(
            Component, With("""(module (import "" "x" (func $x (result i32))) (func (export "f") (param i32) (result i32) (i32.add (call $x) (local.get 0))))"""));
        HostRun.Calls(instance, ("f(2)", "42"));
        Assert.Equal("import \"m\": the core module does not export \"f\"", HostRun.InstantiateError(Component, With("(module)")));
        Assert.Equal("import \"m\": the core module exports \"f\" with another type than the import says: expected type (func (param i32) (result i32)), found (func)",
            HostRun.InstantiateError(Component, With("""(module (func (export "f")))""")));
        Assert.Equal(
            "import \"m\": the core module exports \"f\" with another type than the import says: expected function, found memory",
            HostRun.InstantiateError(Component, With("""(module (memory (export "f") 1))""")));
        Assert.Equal("import \"m\": the core module imports \"a\" \"b\", which the type of the import does not allow",
            HostRun.InstantiateError(Component, With("""(module (import "a" "b" (func)))""")));
    }

    [Theory]
    [InlineData("(type $t (sub (func)))", "(type $t (sub (func)))", null)]
    [InlineData("(type $t (sub (func)))", "(type $s (sub (func))) (type $t (sub $s (func)))", null)]
    [InlineData("(type $t (sub (func)))", "(type $t (func))", "expected type (sub (func)), found (func)")]
    [InlineData("(type $s (sub (func))) (type $t (sub $s (func)))", "(type $t (sub (func)))", "expected type (sub $super (func)), found (sub (func))")]
    [InlineData("(type (struct)) (rec (type $t (func)) (type (array i8)))", "(rec (type $t (func)) (type (array i8)))", null)]
    [InlineData("(rec (type $t (func)) (type (array i8)))", "(type $t (func))", "expected type (rec … (func)), found (func)")]
    public void Core_modules_are_checked_by_the_declared_supertypes_of_their_functions(string asked, string given, string? why)
    {
        string component = $"""(component (import "m" (core module $m {asked} (import "" "g" (func)) (export "f" (func (type $t))))))""";
        var imports = HostImports.None.WithCoreModule("m", Wasmtime.Module.ConvertText($"""(module {given} (func (export "f") (type $t)))"""));
        if (why is null)
            HostRun.Instantiate(component, imports).Dispose();
        else
            Assert.Equal($"import \"m\": the core module exports \"f\" with another type than the import says: {why}", HostRun.InstantiateError(component, imports));
    }

    [Fact]
    public void An_instance_can_be_given_to_another_component()
    {
        using var callee = HostRun.Instantiate("""
            (component
              (core module $m (func (export "f") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1))))
              (core instance $m (instantiate $m))
              (func (export "f") (param "x" u32) (result u32) (canon lift (core func $m "f"))))
            """);
        using var caller = HostRun.Instantiate(
            """
            (component
              (import "i" (instance $i (export "f" (func (param "x" u32) (result u32)))))
              (core func $f (canon lower (func $i "f")))
              (core module $m
                (import "" "f" (func $f (param i32) (result i32)))
                (func (export "g") (param i32) (result i32) (call $f (i32.mul (local.get 0) (i32.const 2)))))
              (core instance $m (instantiate $m (with "" (instance (export "f" (func $f))))))
              (func (export "g") (param "x" u32) (result u32) (canon lift (core func $m "g"))))
            """,
            HostImports.None.WithInstance("i", callee));
        HostRun.Calls(caller, ("g(3)", "7"));
    }

    [Fact]
    public void Every_call_has_storage_of_its_own_for_context_get()
    {
        using var instance = HostRun.Instantiate("""
            (component
              (component $callee
                (core func $get (canon context.get i32 0))
                (core func $set (canon context.set i32 0))
                (core module $m
                  (import "" "get" (func $get (result i32)))
                  (import "" "set" (func $set (param i32)))
                  (global $kept (mut i32) (i32.const 0))
                  (func (export "next") (result i32)
                    (call $set (i32.add (call $get) (i32.const 1)))
                    (call $get))
                  (func (export "after") (param i32) (global.set $kept (call $get)))
                  (func (export "kept") (result i32) (global.get $kept)))
                (core instance $i (instantiate $m (with "" (instance (export "get" (func $get)) (export "set" (func $set))))))
                (func (export "next") (result u32) (canon lift (core func $i "next") (post-return (core func $i "after"))))
                (func (export "kept") (result u32) (canon lift (core func $i "kept"))))
              (instance $callee (instantiate $callee))
              (component $caller
                (import "next" (func $next (result u32)))
                (import "kept" (func $kept (result u32)))
                (core func $next (canon lower (func $next)))
                (core func $kept (canon lower (func $kept)))
                (core func $get (canon context.get i32 0))
                (core func $set (canon context.set i32 0))
                (core module $m
                  (import "" "next" (func $next (result i32)))
                  (import "" "kept" (func $kept (result i32)))
                  (import "" "get" (func $get (result i32)))
                  (import "" "set" (func $set (param i32)))
                  (func (export "run") (result i32)
                    (call $set (i32.const 500))
                    (i32.add (i32.add (i32.mul (call $next) (i32.const 100000)) (i32.mul (call $next) (i32.const 10000)))
                      (i32.add (i32.mul (call $kept) (i32.const 1000)) (call $get)))))
                (core instance $i (instantiate $m (with "" (instance
                  (export "next" (func $next)) (export "kept" (func $kept)) (export "get" (func $get)) (export "set" (func $set))))))
                (func (export "run") (result u32) (canon lift (core func $i "run"))))
              (instance $caller (instantiate $caller (with "next" (func $callee "next")) (with "kept" (func $callee "kept"))))
              (export "run" (func $caller "run")))
            """);
        HostRun.Calls(instance, ("run()", "111500"), ("run()", "111500"));
    }
}
