using System;
using System.Linq;
using Fact.Properties.Component.Binary;
using Fact.Properties.Component.Link;
using Xunit;

namespace Fact.Properties.Component.Types;

/// <summary>What is wrong with core types is said, with what was expected, what was found, and where.</summary>
public sealed class CoreTypeErrorLaws
{
    [Theory]
    [InlineData("(core type $t (struct)) (core type (sub $t (struct)))", "core type 1 is declared to be a subtype of (struct), which is final")]
    [InlineData("(core type $t (sub (struct (field i32)))) (core type (sub $t (struct)))",
        "core type 1 is (sub $super (struct)), which does not match its declared supertype (sub (struct …))")]
    [InlineData("(core type $t (sub (func (param i32)))) (core type (sub final $t (func)))",
        "core type 1 is (sub final $super (func)), which does not match its declared supertype (sub (func (param i32)))")]
    [InlineData("(core type (sub 1 (struct))) (core type (sub (struct)))", "core type 0 is declared to be a subtype of core type 1, which is not defined before it")]
    [InlineData("(core rec (type (sub 1 (struct))) (type (sub (struct))))", "core type 0 is declared to be a subtype of core type 1, which is not defined before it")]
    [InlineData("(core type (sub 0 (struct)))", "core type 0 is declared to be a subtype of core type 0, which is not defined before it")]
    [InlineData("(core type (struct (field (ref 1)))) (core type (struct))", "there is no core type 1 here: 0 defined before this point")]
    [InlineData("(core type (module)) (core type (struct (field (ref 0))))", "core type 0 is a module type, which no other core type can refer to")]
    [InlineData("(core type (module)) (core type (module (alias outer 1 0 (type))))", "a module type cannot be aliased into a module type")]
    [InlineData("(core type (module (alias outer 0 0 (type))))", "there is no core type 0 in the scope that the alias reaches")]
    [InlineData("(core type (module (alias outer 2 0 (type))))", "an outer alias reaches 2 scopes outward, which is beyond the outermost component")]
    [InlineData("(core type (module (import \"\" \"f\" (func (type 0)))))", "there is no core type 0 here")]
    [InlineData("(core type (module (type (struct)) (import \"\" \"f\" (func (type 0)))))", "core type 0 is not a function type")]
    [InlineData("(core type (module (type (struct)) (export \"e\" (tag (type 0)))))", "core type 0 is not a function type")]
    [InlineData("(core type (module (type (func (result i32))) (export \"e\" (tag (type 0)))))", "core type 0 has results, which the type of a tag cannot have")]
    [InlineData("(core type (module (export \"e\" (func)) (export \"e\" (func))))", "the module type exports \"e\" twice")]
    [InlineData("(core type (module (import \"e\" \"f\" (func)) (import \"e\" \"f\" (func))))", "the module type imports \"e\" \"f\" twice")]
    [InlineData("(core type (module (import \"\" \"m\" (memory 3 2))))", "a memory of at least 3 pages cannot be one of at most 2")]
    [InlineData("(core type (module (import \"\" \"m\" (memory i64 3 2))))", "a memory of at least 3 pages cannot be one of at most 2")]
    [InlineData("(core type (module (import \"\" \"m\" (memory 65537))))", "a memory of 65537 pages has more than the 65536 that can be addressed")]
    [InlineData("(core type (module (import \"\" \"m\" (memory 1 65537))))", "a memory of 65537 pages has more than the 65536 that can be addressed")]
    [InlineData("(core type (module (import \"\" \"m\" (memory i64 281474976710657))))",
        "a memory of 281474976710657 pages has more than the 281474976710656 that can be addressed")]
    [InlineData("(core type (module (export \"t\" (table 3 2 funcref))))", "a table of at least 3 elements cannot be one of at most 2")]
    [InlineData("(core module (memory 3 2))", "a memory of at least 3 pages cannot be one of at most 2")]
    [InlineData("(core module (table 3 2 funcref))", "a table of at least 3 elements cannot be one of at most 2")]
    [InlineData("(core module (import \"\" \"m\" (memory 65537)))", "a memory of 65537 pages has more than the 65536 that can be addressed")]
    [InlineData("(core module (type (func (result i32))) (tag (type 0)))", "core type 0 has results, which the type of a tag cannot have")]
    [InlineData("(core module (type $t (struct)) (type (sub $t (struct))))", "core type 1 is declared to be a subtype of (struct), which is final")]
    [InlineData("(core module (import \"a\" \"f\" (func)) (import \"a\" \"f\" (func)))", "imports \"a\" \"f\" twice, which a component cannot provide for")]
    public void A_type_that_is_wrong(string definitions, string message)
    {
        byte[] component = Wasmtime.Module.ConvertText($"(component {definitions})");
        Assert.NotNull(CoreOracle.OfComponent(component));
        var error = Linked.Error(component);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Offset);
    }

    [Theory]
    [InlineData("(core type (module (import \"\" \"m\" (memory 65536 65536))))")]
    [InlineData("(core type (module (import \"\" \"m\" (memory i64 281474976710656 281474976710656))))")]
    [InlineData("(core type (module (import \"\" \"m\" (memory 2 2 shared))))")]
    [InlineData("(core type (module (import \"\" \"m\" (memory 4294967295 (pagesize 1)))))")]
    [InlineData("(core type (module (import \"\" \"m\" (memory i64 18446744073709551615 (pagesize 1)))))")]
    [InlineData("(core type (module (import \"\" \"t\" (table 4294967295 4294967295 funcref))))")]
    [InlineData("(core type (module (import \"\" \"t\" (table i64 18446744073709551615 funcref))))")]
    [InlineData("(core module (memory 3 3) (table 2 2 funcref))")]
    [InlineData("(core type $t (sub (struct (field i32)))) (core type (sub $t (struct (field i32) (field i64))))")]
    [InlineData("(core rec (type $a (sub (struct (field (ref null $b))))) (type $b (sub $a (struct (field (ref null $b))))))")]
    public void A_type_at_the_edge_of_what_is_allowed(string definitions)
    {
        byte[] component = Wasmtime.Module.ConvertText($"(component {definitions})");
        Assert.Null(CoreOracle.OfComponent(component));
        Linked.Plan(component);
    }

    [Theory]
    [InlineData("(type $t (sub (func)))", "(type $s (sub (func))) (type $t (sub $s (func)))", "func (type $t)", "func (type $t)",
        "expected type (sub $super (func)), found (sub (func))")]
    [InlineData("(type $t (sub (func)))", "(type $t (func))", "func (type $t)", "func (type $t)", "expected type (func), found (sub (func))")]
    [InlineData("(type $t (func))", "(type $t (sub (func)))", "func (type $t)", "func (type $t)", "expected type (sub (func)), found (func)")]
    [InlineData("(rec (type $t (func)) (type (struct)))", "(type $t (func))", "func (type $t)", "func (type $t)", "expected type (func), found (rec … (func))")]
    [InlineData("(rec (type $t (func)) (type (struct)))", "(rec (type $t (func)) (type (array i8)))", "func (type $t)", "func (type $t)",
        "expected type (rec … (func)), found (rec … (func)): they look the same, but differ in their recursion group or supertype")]
    [InlineData("(type $t (func))", "(type $t (sub (func)))", "tag (type $t)", "tag (type $t)", "expected a tag of type (sub (func)), found (func)")]
    [InlineData("(type $s (sub (func))) (type $t (sub $s (func)))", "(type $s (sub (func)))", "tag (type $t)", "tag (type $s)",
        "expected a tag of type (sub (func)), found (sub $super (func))")]
    [InlineData("(type $t (func))", "(type $t (func))", "memory 1", "memory 2", "expected a memory of at least 2, found one of at least 1")]
    [InlineData("(type $t (func))", "(type $t (func))", "memory 1", "memory 1 2", "expected a memory of at most 2, found one of any size")]
    [InlineData("(type $t (func))", "(type $t (func))", "memory 1 3", "memory 1 2", "expected a memory of at most 2, found one of at most 3")]
    [InlineData("(type $t (func))", "(type $t (func))", "memory 1", "memory i64 1", "expected a memory indexed by i64, found one indexed by i32")]
    [InlineData("(type $t (func))", "(type $t (func))", "memory 1 1 shared", "memory 1 1", "the memory is shared")]
    [InlineData("(type $t (func))", "(type $t (func))", "memory 1 1", "memory 1 1 shared", "the memory is not shared")]
    [InlineData("(type $t (func))", "(type $t (func))", "memory 0 (pagesize 1)", "memory 0", "expected a memory with pages of 65536 bytes, found one with pages of 1")]
    [InlineData("(type $t (func))", "(type $t (func))", "table 1 funcref", "table 1 externref", "expected a table of externref, found one of funcref")]
    [InlineData("(type $t (func))", "(type $t (func))", "table 1 funcref", "table i64 1 funcref", "expected a table indexed by i64, found one indexed by i32")]
    [InlineData("(type $t (func))", "(type $t (func))", "table 1 funcref", "table 2 funcref", "expected a table of at least 2, found one of at least 1")]
    [InlineData("(type $t (func))", "(type $t (func))", "global i32", "global i64", "expected a global of i64, found one of i32")]
    [InlineData("(type $t (func))", "(type $t (func))", "global i32", "global (mut i32)", "expected a mutable global, found an immutable one")]
    [InlineData("(type $t (func))", "(type $t (func))", "global (mut i32)", "global i32", "expected an immutable global, found a mutable one")]
    [InlineData("(type $t (func))", "(type $t (func))", "global (mut (ref null func))", "global (mut (ref null extern))",
        "expected a global of externref, found one of funcref")]
    [InlineData("(type $t (func))", "(type $t (func))", "memory 1", "func", "expected function, found memory")]
    public void Definitions_that_do_not_fit(string types, string userTypes, string given, string asked, string message)
    {
        var error = Linked.Error($"""
            (component
              (core module $a {types} (import "" "x" ({given})) (export "x" ({given.Split(' ')[0]} 0)))
              (core module $b {userTypes} (import "a" "x" ({asked})))
              (import "t" (core module $t {types} (export "x" ({given}))))
              (core instance $t (instantiate $t))
              (core instance $a (instantiate $a (with "" (instance $t))))
              (core instance (instantiate $b (with "a" (instance $a)))))
            """);
        Assert.Equal("argument \"a\", export \"x\": " + message, error.Message);
        Assert.Equal("core instance 2", error.Path);
    }

    [Theory]
    [InlineData("(func (export \"f\"))", "(export \"f\" (func)) (export \"g\" (func))", "the module does not export \"g\"")]
    [InlineData("(func (export \"f\"))", "(export \"f\" (memory 1))", "module export \"f\": expected memory, found function")]
    [InlineData("(import \"a\" \"b\" (func))", "(import \"a\" \"c\" (func))", "the module imports \"a\" \"b\", which the expected type does not")]
    [InlineData("(import \"a\" \"b\" (func))", "(import \"a\" \"b\" (global i32))", "module import \"a\" \"b\": expected function, found global")]
    public void Modules_that_do_not_fit(string module, string type, string message)
    {
        byte[] component = Wasmtime.Module.ConvertText(
            $"(component (core module $m {module}) (component $c (import \"m\" (core module {type}))) (instance (instantiate $c (with \"m\" (core module $m)))))");
        Assert.NotNull(CoreOracle.OfComponent(component));
        Assert.Equal("instantiation argument \"m\": " + message, Linked.Error(component).Message);
    }

    [Fact]
    public void Functions_that_the_host_or_an_adapter_has_are_final_and_plain()
    {
        const string Text = """
            (component
              (core func $f (canon backpressure.inc))
              (core module $m TYPE (import "" "f" (func (type $t))))
              (core instance (instantiate $m (with "" (instance (export "f" (func $f)))))))
            """;
        Linked.Plan(Text.Replace("TYPE", "(type (struct)) (type $t (func))", StringComparison.Ordinal));
        foreach (string type in (string[])["(type $t (sub (func)))", "(rec (type $t (func)) (type (func)))", "(type $s (sub (func))) (type $t (sub final $s (func)))"])
            Assert.Contains("found (func)", Linked.Error(Text.Replace("TYPE", type, StringComparison.Ordinal)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_in_the_types_of_a_module_is_placed_at_the_group()
    {
        // (module (type (struct)) (type (sub 0 (struct))))
        byte[] module = Samples.Module(Samples.Section(1, 2, 0x5f, 0, 0x50, 1, 0, 0x5f, 0));
        byte[] component = Samples.Component(Samples.Section(1, module));
        var error = Linked.Error(component);
        Assert.Equal(component.Length - 5, error.Offset);
        Assert.Equal("core module 0", error.Path);
    }

    [Fact]
    public void A_shared_memory_needs_a_maximum() =>
        // The text format has no such memory.
        Assert.Contains("a shared memory needs a maximum size",
            Linked.Error(Samples.Component(Samples.Section(1, Samples.Module(Samples.Section(5, 1, 0b010, 1))))).Message, StringComparison.Ordinal);

    [Fact]
    public void Chains_of_supertypes_may_be_63_long()
    {
        // Each type is a subtype of the one before it: types 1 to depth have a supertype.
        static byte[] Chain(int depth)
        {
            var types = new Out(0).U32((uint)depth + 1).Bytes([0x50, 0, 0x5f, 0]);
            for (int i = 0; i < depth; i++)
                types.Byte(0x50).Byte(1).U32((uint)i).Byte(0x5f).Byte(0);
            return Samples.Module(Samples.Section(1, types.ToArray()));
        }
        foreach (int depth in (int[])[62, 63, 64, 65])
        {
            string? ours = CoreOracle.Ours(Samples.Component(Samples.Section(1, Chain(depth))));
            Assert.Equal(CoreOracle.OfModule(Chain(depth)) is null, ours is null);
            Assert.Equal(depth <= 63, ours is null);
        }
    }

    private const string Canonical = """
        (core module $m
          (type $plain (func))
          (type $f (sub (func)))
          (type $realloc (sub (func (param i32 i32 i32 i32) (result i32))))
          (type $callback (sub (func (param i32 i32 i32) (result i32))))
          (type $dtor (sub (func (param i32))))
          (rec (type $grouped (func)) (type (struct)))
          (type $derived (sub final $f (func)))
          (func (export "plain") (type $plain))
          (func (export "f") (type $f))
          (func (export "realloc") (type $realloc) unreachable)
          (func (export "callback") (type $callback) unreachable)
          (func (export "dtor") (type $dtor))
          (func (export "grouped") (type $grouped))
          (func (export "derived") (type $derived))
          (func (export "wide") (param i64))
          (memory (export "mem") 1)
          (memory (export "shared") 1 1 shared))
        (core instance $i (instantiate $m))
        (alias core export $i "plain" (core func $plain))
        (alias core export $i "f" (core func $f))
        (alias core export $i "realloc" (core func $realloc))
        (alias core export $i "callback" (core func $callback))
        (alias core export $i "dtor" (core func $dtor))
        (alias core export $i "grouped" (core func $grouped))
        (alias core export $i "derived" (core func $derived))
        (alias core export $i "wide" (core func $wide))
        (alias core export $i "mem" (core memory $mem))
        (alias core export $i "shared" (core memory $shared))
        (type $g (func (param "s" string)))
        (type $u (func (param "x" u32)))
        """;

    // "The function has type (func …)" in CanonicalABI.md is a type that is final and has no supertype, as adapters import it.
    [Theory]
    [InlineData("(func (canon lift (core func $f)))", "core function 1 has type (sub (func)), but lifting to the function type takes (func)")]
    [InlineData("(func (canon lift (core func $grouped)))", "core function 5 has type (rec … (func)), but lifting to the function type takes (func)")]
    [InlineData("(func (canon lift (core func $derived)))", "core function 6 has type (sub final $super (func)), but lifting to the function type takes (func)")]
    [InlineData("(func (type $u) (canon lift (core func $wide)))",
        "core function 7 has type (func (param i64)), but lifting to the function type takes (func (param i32))")]
    [InlineData("(func (canon lift (core func $plain) (memory $mem) (realloc $realloc)))",
        "core function 2 cannot be realloc: it has type (sub (func (param i32 i32 i32 i32) (result i32)))")]
    [InlineData("(func (canon lift (core func $plain) (post-return $f)))", "core function 1 cannot be post-return: it has type (sub (func)), not (func)")]
    [InlineData("(func async (canon lift (core func $plain) async (callback $callback)))",
        "core function 3 cannot be a callback: it has type (sub (func (param i32 i32 i32) (result i32)))")]
    [InlineData("(type (resource (rep i32) (dtor $dtor)))", "core function 4 cannot be a destructor: it has type (sub (func (param i32)))")]
    [InlineData("(func (canon lift (core func $plain) (memory $shared)))", "core memory 1 is shared, which the option memory does not allow")]
    [InlineData("(import \"g\" (func $f (type $g))) (core func (canon lower (func $f) (memory $shared)))",
        "core memory 1 is shared, which the option memory does not allow")]
    [InlineData("(core func (canon task.return (result string) (memory $shared)))", "core memory 1 is shared, which the option memory does not allow")]
    [InlineData("(core func (canon waitable-set.wait (memory $shared)))", "core memory 1 is shared, which the option memory does not allow")]
    [InlineData("(type $t (stream u8)) (core func (canon stream.write $t async (memory $shared)))", "core memory 1 is shared, which the option memory does not allow")]
    [InlineData("(core func (canon error-context.new (memory $shared)))", "core memory 1 is shared, which the option memory does not allow")]
    public void What_canonical_options_name_has_the_type_that_they_need(string definition, string message) =>
        Assert.Contains(message, Linked.Error($"(component {Canonical} {definition})").Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("(func (canon lift (core func $f)))")]
    [InlineData("(func (canon lift (core func $grouped)))")]
    [InlineData("(func (canon lift (core func $derived)))")]
    [InlineData("(func (type $u) (canon lift (core func $wide)))")]
    [InlineData("(func (canon lift (core func $plain) (memory $shared)))")]
    [InlineData("(import \"g\" (func $f (type $g))) (core func (canon lower (func $f) (memory $shared)))")]
    public void The_engine_refuses_it_too(string definition) =>
        Assert.NotNull(CoreOracle.OfComponent(Wasmtime.Module.ConvertText($"(component {Canonical} {definition})")));

    // docs/conformance.md says which words of the core specification decide.
    [Theory]
    [InlineData("(global (ref func))", "(global funcref)")]
    [InlineData("(global (ref i31))", "(global anyref)")]
    public void The_engine_s_components_do_not_link_these_as_the_core_specification_does(string given, string asked)
    {
        byte[] component = Wasmtime.Module.ConvertText($"""
            (component
              (import "a" (core module $a (export "x" {given})))
              (core module $b (import "a" "x" {asked}))
              (core instance $a (instantiate $a))
              (core instance (instantiate $b (with "a" (instance $a)))))
            """);
        Assert.Null(CoreOracle.Ours(component));
        Assert.NotNull(CoreOracle.OfComponent(component));
    }

    [Fact]
    public void The_engine_takes_a_realloc_that_is_not_final() =>
        Assert.Null(CoreOracle.OfComponent(
            Wasmtime.Module.ConvertText($"(component {Canonical} (func (canon lift (core func $plain) (memory $mem) (realloc $realloc))))")));
}
