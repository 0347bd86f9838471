using System;
using System.Linq;
using Fact.Component.Binary;
using Fact.Component.Types;
using Fact.Properties.Component.Link;
using Wasmtime;
using Xunit;

namespace Fact.Properties.Component.Types;

/// <summary>Every check of types, of which each refuses something that the others let pass. Wasmtime refuses it too, where it knows the feature.</summary>
public sealed class CheckLaws
{
    private const string Core = """
        (core module $m
          (func (export "none"))
          (func (export "number") (param i32))
          (func (export "get") (result i32) unreachable)
          (func (export "pointer") (param i32 i32))
          (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable)
          (func (export "callback") (param i32 i32 i32) (result i32) unreachable)
          (memory (export "mem") 1)
          (table (export "funcs") 1 funcref)
          (table (export "externs") 1 externref))
        (core instance $i (instantiate $m))
        (alias core export $i "none" (core func $none))
        (alias core export $i "number" (core func $number))
        (alias core export $i "get" (core func $get))
        (alias core export $i "pointer" (core func $pointer))
        (alias core export $i "realloc" (core func $realloc))
        (alias core export $i "callback" (core func $callback))
        (alias core export $i "mem" (core memory $mem))
        (alias core export $i "funcs" (core table $funcs))
        (alias core export $i "externs" (core table $externs))
        (core type $start (func (param i32)))
        (core type $nothing (func))
        """;

    [Theory]
    [InlineData("(import \"f\" (func $f (param \"s\" string))) (core func (canon lower (func $f)))", "the option memory is missing: its parameters")]
    [InlineData("(import \"f\" (func $f (param \"t\" (tuple u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8)))) (core func (canon lower (func $f)))",
        "the option memory is missing: its parameters")]
    [InlineData("(import \"f\" (func $f (result string))) (core func (canon lower (func $f) (memory $mem)))", "the option realloc is missing: its result")]
    [InlineData("(import \"f\" (func $f (result (tuple u8 u8)))) (core func (canon lower (func $f)))", "the option memory is missing: its result")]
    [InlineData("(func (param \"t\" (tuple u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8)) (canon lift (core func $number)))",
        "the option memory is missing: its parameters")]
    [InlineData("(func (result (tuple u8 u8)) (canon lift (core func $get)))", "the option memory is missing: its result")]
    [InlineData("(func (result string) (canon lift (core func $get)))", "the option memory is missing: its result")]
    [InlineData("(func (result string) (canon lift (core func $get) (memory $mem) (post-return (core func $none))))", "cannot be post-return")]
    [InlineData("(import \"f\" (func $f (result string))) (core func (canon lower (func $f) (memory $mem) (realloc $realloc) (post-return (core func $number))))",
        "the option post-return is not allowed on canon lower")]
    public void Options_are_as_functions_need_them(string definitions, string message) => Refused(definitions, message);

    [Theory]
    [InlineData("(type $s (stream string)) (core func (canon stream.read $s async (memory $mem)))", "the option realloc is missing: its elements")]
    [InlineData("(core func (canon context.get i32 0)) (core func (canon context.set i64 0))", "all context slots of a component are of one type")]
    [InlineData("(core func (canon task.return (post-return (core func $none))))", "the option post-return is not allowed on task.return")]
    [InlineData("(core func (canon task.return async (callback $callback)))", "the option callback is not allowed on task.return")]
    [InlineData("(core func (canon task.return gc))", "task.return with the option gc is not supported")]
    [InlineData("(core func (canon thread.new-indirect $nothing (core table $funcs)))", "the start function of a thread takes one i32 or i64 and returns nothing")]
    [InlineData("(core func (canon thread.new-indirect $start (core table $externs)))", "is not a table of funcref")]
    [InlineData("(func (canon lift (core func $none) gc (core-type $nothing)))", "the option core-type is not allowed on canon lift")]
    [InlineData("(func (param \"p\" u32) (canon lift (core func $number) gc))", "canon lift with the option gc is not supported for functions with parameters")]
    [InlineData("(import \"f\" (func $f async)) (core func (canon lower (func $f) async (callback $callback)))", "the option callback is not allowed on canon lower")]
    [InlineData("(import \"f\" (func $f)) (core func (canon lower (func $f) gc))", "needs the option core-type")]
    [InlineData("(import \"f\" (func $f)) (core func (canon lower (func $f) gc (core-type $start)))", "but the function is lowered to (func)")]
    [InlineData("(import \"f\" (func $f)) (core func (canon lower (func $f) (core-type $nothing)))", "the option core-type needs the option gc")]
    public void Options_and_built_ins_of_gated_features_are_checked(string definitions, string message) => Refused(definitions, message, isKnownToWasmtime: false);

    [Fact]
    public void Memories_that_are_shared_are_refused() => Refused("""
        (core module $s (memory (export "mem") 1 1 shared))
        (core instance $j (instantiate $s))
        (import "f" (func $f (param "s" string)))
        (core func (canon lower (func $f) (memory (core memory $j "mem"))))
        """, "is shared, which the option memory does not allow", isKnownToWasmtime: false);

    [Fact]
    public void An_asynchronous_drop_is_refused()
    {
        byte[] bytes = Module.ConvertText("(component (type $r (resource (rep i32))) (core func (canon resource.drop $r)))");
        int at = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x08, 0x03, 0x01, 0x03, 0x00]);
        bytes[at + 3] = 0x07;
        Assert.Contains("resource.drop async", Linked.Error(bytes).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(type $r (resource (rep i32) (dtor (core func $none))))", "cannot be a destructor")]
    [InlineData("(type $k f32) (type (map $k u8))", "the keys of a map cannot be of f32")]
    [InlineData("(type $f (func)) (import \"i\" (instance (type $f)))", "is a function type, not an instance type")]
    [InlineData("(type $f (func)) (import \"i\" (component (type $f)))", "is a function type, not a component type")]
    [InlineData("(import \"m\" (core module (type $start)))", "is not a module type")]
    [InlineData("(type $t u8) (import \"f\" (func (type $t)))", "is a u8 type, not a function type")]
    [InlineData("(import \"i\" (instance $j (export \"f\" (func)))) (alias export $j \"f\" (instance))", "is a function, not what the alias says")]
    [InlineData("(import \"i\" (instance $j (export \"f\" (func)))) (alias export $j \"g\" (func))", "has no export \"g\"")]
    [InlineData("(alias core export $i \"mem\" (core func))", "is a memory, not a function")]
    [InlineData("(alias core export $i \"nowhere\" (core func))", "has no export \"nowhere\"")]
    [InlineData("(alias outer 2 0 (type))", "reaches 2 scopes outward")]
    [InlineData("(import \"f\" (func $f)) (export \"g\" (func $f) (func (param \"p\" u8)))",
        "does not have the type that is ascribed to it: expected 1 parameters, found 0")]
    [InlineData("(import \"f\" (func $f)) (export \"url=<a>\" (func $f))", "can name imports only")]
    [InlineData("(import \"f\" (func $f)) (instance (export \"[static]r.f\" (func $f)))", "names no resource type")]
    public void Definitions_are_what_they_must_be(string definitions, string message) =>
        Refused(definitions, message, isKnownToWasmtime: !definitions.Contains("(map ", StringComparison.Ordinal));

    [Theory]
    [InlineData("(export \"[static]s.f\" (func))", "names no resource type")]
    [InlineData("(export \"[method]r.f\" (func (param \"that\" (borrow $r))))", "must have a first parameter \"self\"")]
    [InlineData("(export \"[method]r.f\" (func (param \"self\" (own $r))))", "must have a first parameter \"self\"")]
    [InlineData("(export \"[method]r.f\" (func))", "must have a first parameter \"self\"")]
    [InlineData("(export \"[method]r.f\" (func (param \"self\" (borrow $q))))", "must have a first parameter \"self\"")]
    [InlineData("(export \"[constructor]r\" (func (result (list (own $r)))))", "must return an own")]
    [InlineData("(export \"[constructor]r\" (func))", "must return an own")]
    [InlineData("(export \"[constructor]r\" (func (result (own $q))))", "must return an own")]
    [InlineData("(export \"[constructor]r\" (func async (result (own $r))))", "must be a synchronous function")]
    [InlineData("(export \"[method]r.f\" (instance))", "must name a function, not a instance")]
    public void Functions_are_what_their_names_say(string export, string message) => Refused(
        $"(type (instance (export \"r\" (type $r (sub resource))) (export \"q\" (type $q (sub resource))) {export}))", message,
            isKnownToWasmtime: !export.Contains("async", StringComparison.Ordinal));

    [Theory]
    [InlineData("(type (list u8 4))", "(type (list u8 5))", "expected a list of 4 elements, found one of 5")]
    [InlineData("(type (tuple u8 u8))", "(type (tuple u8 u8 u8))", "expected 2 types, found 3")]
    [InlineData("(type (enum \"a\"))", "(type (enum \"a\" \"b\"))", "expected 1 labels, found 2")]
    [InlineData("(type (record (field \"a\" u8)))", "(type (record (field \"b\" u8)))", "expected field \"a\", found \"b\"")]
    [InlineData("(type (variant (case \"a\")))", "(type (variant (case \"a\" u8)))", "case \"a\": expected no type, found one")]
    [InlineData("(type (variant (case \"a\" u8)))", "(type (variant (case \"a\")))", "case \"a\": expected a type, found none")]
    [InlineData("(type (result u8))", "(type (result u8 (error u8)))", "error: expected no type, found one")]
    [InlineData("(type (func))", "(type (func (param \"p\" u8)))", "expected 0 parameters, found 1")]
    [InlineData("(type (func))", "(type u8)", "expected function type, found u8 type")]
    [InlineData("(type (component))", "(type (component (import \"f\" (func))))", "import \"f\" is missing")]
    [InlineData("(type (instance (export \"f\" (func))))", "(type (instance))", "export \"f\" is missing")]
    public void Types_that_are_given_are_those_that_are_asked_for(string asked, string given, string message) => Refused($"""
        (component
          (component $user {asked.Replace("(type (", "(type $t (", StringComparison.Ordinal)} (import "t" (type (eq $t))))
          {(given == "(type u8)" ? "(type $g u8)" : given.Replace("(type (", "(type $g (", StringComparison.Ordinal))}
          (instance (instantiate $user (with "t" (type $g)))))
        """, message, isKnownToWasmtime: !asked.Contains("u8 4", StringComparison.Ordinal));

    /// <summary>Spec: Binary.md, "for every defvaltype t, elem_size(t, 'i64') is less than 2^28".</summary>
    [Theory]
    [InlineData("(list u8 268435455)", true)]
    [InlineData("(list u8 268435456)", false)]
    [InlineData("(list u32 67108863)", true)]
    [InlineData("(list u32 67108864)", false)]
    [InlineData("(list u64 1073741824)", false)]
    [InlineData("(list (list u8) 16777215)", true)]
    [InlineData("(list (list u8) 16777216)", false)]
    [InlineData("(tuple (list u8 200000000) (list u8 68435455))", true)]
    [InlineData("(tuple (list u8 200000000) (list u8 68435456))", false)]
    [InlineData("(option (list u8 268435454))", true)]
    [InlineData("(option (list u8 268435455))", false)]
    [InlineData("(list (list u8 134217728) 2)", false)]
    [InlineData("(list (list u8 268435455))", true)]
    [InlineData("(stream (list u8 268435455))", true)]
    public void Values_have_a_greatest_size(string type, bool isAllowed)
    {
        string text = $"(component (type {type}))";
        if (isAllowed)
            Assert.NotNull(Linked.Plan(text));
        else
            Assert.Contains("must be less than 2^28 bytes", Linked.Error(text).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Modules_that_are_given_are_those_that_are_asked_for() => Refused("""
        (component $user (import "m" (core module (export "f" (func (param i64))))))
        (core module $given (func (export "f")))
        (instance (instantiate $user (with "m" (core module $given))))
        """, "instantiation argument \"m\": ");

    /// <summary>What a type binds itself is no resource type of a component around it.</summary>
    [Theory]
    [InlineData("(type $t (instance (export \"r\" (type (sub resource)))))")]
    [InlineData("(type $t (component (import \"r\" (type (sub resource)))))")]
    [InlineData("(type $t (component (export \"r\" (type (sub resource)))))")]
    [InlineData("(type $t (component (import \"i\" (instance (export \"r\" (type (sub resource))))) (export \"f\" (func))))")]
    public void Types_that_bind_their_resource_types_can_be_taken_from_outside(string definition)
    {
        byte[] bytes = Module.ConvertText($"(component {definition} (component (alias outer 1 $t (type))))");
        Assert.NotNull(Linked.Plan(bytes));
        Assert.True(EngineOracle.Accepts(bytes));
    }

    /// <summary>An instance mentions what it was given, which has its name where it was given.</summary>
    [Theory]
    [InlineData("(with \"t\" (type $t))", true)]
    [InlineData("(with \"t\" (type $s))", false)]
    public void What_was_given_to_an_instance_has_the_name_that_it_has_outside(string arg, bool isValid)
    {
        byte[] bytes = Module.ConvertText($"""
            (component (component
              (type $s (record (field "x" u8)))
              (import "t" (type $t (eq $s)))
              (import "f" (func $f (param "p" $t)))
              (component $child
                (type $s (record (field "x" u8)))
                (import "t" (type $t (eq $s)))
                (import "f" (func $f (param "p" $t)))
                (export "g" (func $f)))
              (instance $x (instantiate $child {arg} (with "f" (func $f))))
              (alias export $x "g" (func $g))
              (export "g" (func $g))))
            """);
        var context = new CheckContext();
        Assert.Equal(isValid, ComponentDecoder.Decode(bytes).Match(Right: ast => ComponentChecker.Check(context, ast) is not null, Left: _ => false));
        Assert.Equal(isValid, EngineOracle.Accepts(bytes));
    }

    [Theory]
    [InlineData("(import \"#\" (instance (type $empty)))", "4097 instances", 4_096)]
    [InlineData("(instance)", "instances: 4097 are more than the 4096 allowed", 4_096)]
    [InlineData("(core instance)", "4096 allowed", 4_096)]
    [InlineData("(import \"i\" (instance $i (type $full))) (alias export $i \"m\" (core module))", "core modules")]
    [InlineData("(import \"#\" (component (type $c)))", "1001 components")]
    [InlineData("(import \"#\" (core module (type $m)))", "1001 core modules")]
    [InlineData("(alias outer 1 $outer (component))", "more than 1000 definitions of one kind")]
    [InlineData("(alias outer 1 $module (core module))", "more than 1000 definitions of one kind")]
    public void Instances_components_and_modules_are_limited_as_in_Wasmtime(string definition, string message, int limit = 1_000)
    {
        string once = "";
        int split = definition.IndexOf(") (alias export", StringComparison.Ordinal);
        if (split > 0)
            (once, definition) = (definition[..(split + 1)], definition[(split + 2)..]);
        string Text(int count) => $"""
            (component (component $outer) (core module $module) (component
              (type $empty (instance)) (type $c (component)) (core type $m (module)) (type $full (instance (core type $m (module)) (export "m" (core module (type $m)))))
              {once} {string.Concat(Enumerable.Range(0, count).Select(n => definition.Replace("#", $"n{n}", StringComparison.Ordinal)))}))
            """;
        Assert.Contains(message, Linked.Error(Text(limit + 1)).Message, StringComparison.Ordinal);
        Assert.False(EngineOracle.Accepts(Module.ConvertText(Text(limit + 1))));
        byte[] most = Module.ConvertText(Text(limit - (once.Length > 0 ? 1 : 0)));
        Assert.NotNull(Linked.Plan(most));
        Assert.True(EngineOracle.Accepts(most));
    }

    [Theory]
    [InlineData("(instance)")]
    [InlineData("(core instance)")]
    public void Instances_of_all_origins_are_counted_together(string last)
    {
        string Text(int count) => "(component (component (type $i (instance)) "
            + $"{string.Concat(Enumerable.Range(0, count).Select(n => $"(import \"n{n}\" (instance (type $i)))"))} {last}))";
        Assert.Contains("4097 instances", Linked.Error(Text(4_096)).Message, StringComparison.Ordinal);
        Assert.False(EngineOracle.Accepts(Module.ConvertText(Text(4_096))));
        Assert.NotNull(Linked.Plan(Text(4_095)));
    }

    [Fact]
    public void What_a_component_imports_and_exports_is_counted_together()
    {
        string levels = string.Concat(Enumerable.Range(1, 18).Select(i =>
            $"(type $t{i} (instance (alias outer 1 $t{i - 1} (type $t)) (export \"a\" (instance (type $t))) (export \"b\" (instance (type $t)))))"));
        string text = $"(component (component (type $t0 (instance)) {levels} (import \"i\" (instance $i (type $t18)))";
        Assert.NotNull(Linked.Plan($"{text}))"));
        Assert.Contains("the component type writes out to 1048576 imports and exports", Linked.Error($"{text} (export \"e\" (instance $i))))").Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Bundles_that_double_are_refused()
    {
        string bundles = string.Concat(Enumerable.Range(1, 21).Select(i => $"(instance $b{i} (export \"a\" (instance $b{i - 1})) (export \"b\" (instance $b{i - 1})))"));
        Assert.Contains("the instance type writes out to", Linked.Error($"(component (instance $b0) {bundles})").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void Instances_nest_so_deep_and_no_deeper(int depth, bool isAllowed)
    {
        string bundles = string.Concat(Enumerable.Range(1, depth - 1).Select(i => $"(instance $b{i} (export \"a\" (instance $b{i - 1})))"));
        string text = $"(component (instance $b0) {bundles})";
        if (isAllowed)
            Assert.NotNull(Linked.Plan(text));
        else
            Assert.Contains("nest 101 deep", Linked.Error(text).Message, StringComparison.Ordinal);
    }

    private static void Refused(string definitions, string message, bool isKnownToWasmtime = true)
    {
        byte[] bytes = Module.ConvertText($"(component {Core} {definitions})");
        Assert.Contains(message, Linked.Error(bytes).Message, StringComparison.Ordinal);
        if (isKnownToWasmtime)
            Assert.False(EngineOracle.Accepts(bytes));
    }
}
