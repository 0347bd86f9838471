using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Component.Plan;
using Wasmtime;
using Xunit;

namespace Fact.Conformance.Fuse;

/// <summary>Handles of a host and of a component pass the border of the module as they pass that of the component.</summary>
public sealed class FuseBorderFacts
{
    private const string Counter = "my:own/counters@0.2.1#[constructor]counter", Next = "my:own/counters@0.2.1#[method]counter.next",
        Weigh = "my:own/counters@0.2.1#weigh";

    private static readonly Dictionary<string, Action<BorderSide>> Stories = new()
    {
        ["a handle of the host goes in and out"] = side =>
        {
            object? thing = side.Call("pass", side.NewThing(7));
            side.Call("use", thing!);
            side.Drop(thing!);
        },
        ["a handle that the host has lent is lent further"] = side =>
        {
            object thing = side.NewThing(20);
            side.Call("use", thing);
            side.Call("use", thing);
        },
        ["handles of the component go out, are lent, come in and are gone"] = side =>
        {
            object? one = side.Call(Counter, 30u), two = side.Call(Counter, 40u);
            side.Call(Next, one!);
            side.Call("totals", [new object[] { one!, two!, one! }]);
            side.Call("bring", one!, side.NewThing(3));
            side.Call(Weigh, two!, side.NewThing(4));
            object? three = side.Call(Counter, 50u);
            side.Drop(three!);
        },
        ["lists of handles"] = side =>
        {
            side.Call("exchange", 60u);
            var many = (object[])side.Call("many", 70u)!;
            side.Call("pass", many[1]);
            side.Call("use", many[0]);
        },
        ["strings beside handles"] = side =>
        {
            object thing = side.NewThing(80);
            side.Call("names", thing, "the");
            side.Call("names", thing, "");
            side.Call("names", thing, "äöü €");
            side.Call("names", thing, new string('x', 100_000));
        },
    };

    public static TheoryData<string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string story in Stories.Keys)
            {
                foreach (string encoding in (string[])["utf8", "utf16", "latin1+utf16"])
                    data.Add(story, encoding);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Handles_pass_the_border(string story, string encoding) => Same(BorderGuests.Text(encoding), Stories[story]);

    [Theory]
    [InlineData("")]
    [InlineData("(call $drop-thing (local.get $t)) (call $drop-thing (local.get $t))")]
    [InlineData("(call $keep (local.get $t))")]
    [InlineData("(call $drop-thing (local.get $t)) (drop (call $get (local.get $t)))")]
    [InlineData("(call $drop-counter (local.get $t))")]
    [InlineData("(call $drop-thing (local.get $t)) (call $drop-thing (call $thing (i32.const 5)))")]
    [InlineData("(call $drop-thing (local.get $t)) (call $drop-counter (call $counter (i32.const 6)))")]
    [InlineData("(call $drop-thing (local.get $t)) (call $drop-thing (call $counter (i32.const 6)))")]
    public void What_a_guest_does_wrong_traps(string careless) => Same(BorderGuests.Text(careless: careless), side => side.Call("use", side.NewThing(9)));

    [Theory]
    [InlineData("(call $drop-thing (local.get $t))")]
    [InlineData("")]
    [InlineData("(call $drop (local.get $t))")]
    [InlineData("(call $drop-thing (local.get $t)) (drop (call $rep (local.get $c)))")]
    public void Handles_of_one_instance_are_those_that_the_host_keeps(string careless)
    {
        string text = BorderGuests.Single(careless);
        Same(text, side =>
        {
            object? thing = side.Call("pass", side.NewThing(7));
            object? counter = side.Call("[constructor]counter", 30u), other = side.Call("[constructor]counter", 40u);
            side.Call("[method]counter.next", counter!);
            side.Call("end", counter!);
            side.Drop(other!);
            side.Call("use", thing!);
        });
        var fused = Fused(text);
        Assert.DoesNotContain(fused.Exports.Items, export => export.Memory is not null);
        Assert.Contains(fused.Resources.Items, resource => resource is { Destructor: "cm32p2||counter_dtor", New.Module: "cm32p2|_ex_" });
    }

    // Two instances with a memory each, one of them with strings in UTF-16, and resources in one alone, or in both.
    [Theory]
    [MemberData(nameof(Cases))]
    public void All_values_can_pass_in_one_memory(string story, string encoding)
    {
        string text = BorderGuests.Text(encoding);
        var fused = Same(text, Stories[story], FuseOptions.Default with { OneMemory = true });

        Assert.All(fused.Exports.Items.Concat(fused.Imports.Items), function => Assert.Equal(Fact.Ir.StringEncoding.Utf8, function.StringEncoding));
        Assert.All(fused.Exports.Items.Concat(fused.Imports.Items), function => Assert.True(function.Memory is null or "cm32p2_memory"));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void All_memories_can_be_one(string story, string encoding)
    {
        var fused = Same(BorderGuests.Text(encoding), Stories[story], FuseOptions.Default with { FoldMemories = true });

        Assert.Null(Wasmtime.Module.Validate(FoldedModules.Engine, fused.Bytes.AsSpan()));
        Assert.All(fused.Exports.Items.Concat(fused.Imports.Items), function => Assert.True(function.Memory is null or "cm32p2_memory"));
    }

    [Theory]
    [InlineData("utf8", false)]
    [InlineData("utf16", true)]
    public void Functions_without_handles_can_pass_in_one_memory(string encoding, bool isAdapted)
    {
        string text = $$"""
            (component
              (import "note" (func $note (param "x" u32)))
              (import "host:api/things@1.2.3" (instance $things (export "thing" (type $thing (sub resource)))))
              (core module $m
                (memory (export "memory") 2)
                (global $top (mut i32) (i32.const 1024))
                (func (export "realloc") (param i32 i32 i32 i32) (result i32) (local $at i32)
                  (local.set $at (i32.and (i32.add (global.get $top) (i32.const 7)) (i32.const -8)))
                  (global.set $top (i32.add (local.get $at) (local.get 3)))
                  (memory.copy (local.get $at) (local.get 0) (select (local.get 1) (local.get 3) (i32.lt_u (local.get 1) (local.get 3))))
                  (local.get $at))
                (func (export "echo") (param i32 i32) (result i32)
                  (i32.store (i32.const 16) (local.get 0)) (i32.store (i32.const 20) (local.get 1)) (i32.const 16)))
              (core instance $i (instantiate $m))
              (func (export "echo") (param "x" string) (result string)
                (canon lift (core func $i "echo") (memory (core memory $i "memory")) (realloc (core func $i "realloc")) string-encoding={{encoding}})))
            """;
        var fused = Same(
            text,
            side =>
            {
                side.Call("echo", "");
                side.Call("echo", "grüß Gott \u20ac");
                side.Call("echo", new string('z', 5000));
            },
            FuseOptions.Default with { OneMemory = true });

        Assert.Equal(("cm32p2_memory", "cm32p2_realloc", Fact.Ir.StringEncoding.Utf8),
            (fused.Exports[0].Memory, fused.Exports[0].Realloc, fused.Exports[0].StringEncoding));
        Assert.Equal(isAdapted, fused.Exports[0].PostReturn is not null);
    }

    [Fact]
    public void Nothing_is_left_behind()
    {
        using var side = new ModuleSide(Fused(BorderGuests.Text()));
        foreach (var story in Stories.Values)
            story(side);
        var before = (side.Handles, side.Pages);
        for (int i = 0; i < 100; i++)
        {
            side.Call("names", side.NewThing(1), new string('y', 1000));
            side.Call("exchange", 5u);
        }

        Assert.Equal(0, side.Handles);
        Assert.Equal(before, (side.Handles, side.Pages));
        Assert.DoesNotContain(side.Happened, line => line.EndsWith(": trap", StringComparison.Ordinal));
    }

    // A counter whose number has more than 32 bits goes out, comes in, and goes to another instance; it is exported by two names, and so is the host's type.
    private static string Wide(string more = "") => $$"""
        (component
          (import "host:api/things@1.2.3" (instance $things (export "thing" (type $thing (sub resource)))))
          (alias export $things "thing" (type $thing))
          (import "note" (func $note (param "x" u32)))
          (component $maker
            (import "note" (func $note (param "x" u32)))
            (core func $note' (canon lower (func $note)))
            (core module $d
              (import "" "note" (func $note (param i32)))
              (func (export "dtor") (param i64) (call $note (i32.wrap_i64 (i64.shr_u (local.get 0) (i64.const 32))))))
            (core instance $d (instantiate $d (with "" (instance (export "note" (func $note'))))))
            (type $counter' (resource (rep i64) (dtor (core func $d "dtor"))))
            (core func $new (canon resource.new $counter'))
            (core func $rep (canon resource.rep $counter'))
            (core module $m
              (import "" "new" (func $new (param i64) (result i32)))
              (import "" "rep" (func $rep (param i32) (result i64)))
              (func (export "make") (param i32) (result i32) (call $new (i64.shl (i64.extend_i32_u (local.get 0)) (i64.const 32))))
              (func (export "look") (param i32) (result i64) (call $rep (local.get 0)))
              (func (export "low") (param i32) (result i32) (local.get 0)))
            (core instance $i (instantiate $m (with "" (instance (export "new" (func $new)) (export "rep" (func $rep))))))
            (export $counter "counter" (type $counter'))
            (export "same" (type $counter))
            (func (export "[constructor]counter") (param "x" u32) (result (own $counter)) (canon lift (core func $i "make")))
            (func (export "look") (param "c" (own $counter)) (result u64) (canon lift (core func $i "look")))
            (func (export "low") (param "c" (borrow $counter)) (result u32) (canon lift (core func $i "low"))))
          (component $user
            (import "maker" (instance $maker
              (export "counter" (type $counter (sub resource)))
              (export "look" (func (param "c" (own $counter)) (result u64)))))
            (alias export $maker "counter" (type $counter))
            (core func $look (canon lower (func $maker "look")))
            (core module $m
              (import "" "look" (func $look (param i32) (result i64)))
              (func (export "look") (param i32) (result i32) (i32.wrap_i64 (i64.shr_u (call $look (local.get 0)) (i64.const 32))))
              (func (export "nothing") (param i32)))
            (core instance $i (instantiate $m (with "" (instance (export "look" (func $look))))))
            (func (export "look") (param "c" (own $counter)) (result u32) (canon lift (core func $i "look")))
            (func (export "nothing") (param "c" (borrow $counter)) (canon lift (core func $i "nothing"))))
          (instance $maker (instantiate $maker (with "note" (func $note))))
          (instance $user (instantiate $user (with "maker" (instance $maker))))
          (export "my:own/counters@0.2.1" (instance $maker))
          (export "also-thing" (type $thing))
          (export "look" (func $user "look"))
          {{more}})
        """;

    [Fact]
    public void Resources_may_be_represented_by_64_bits()
    {
        var fused = Same(Wide(), side =>
        {
            object? one = side.Call(Counter, 30u), two = side.Call(Counter, 40u);
            side.Call("look", one!);
            side.Call("my:own/counters@0.2.1#low", two!);
            side.Drop(two!);
        });

        Assert.Equal("my:own/counters@0.2.1 counter", string.Join(' ', Assert.Single(fused.Resources.Items).Path));
        Assert.False(Fuser.TryFuse(Module.ConvertText(Wide("(export \"nothing\" (func $user \"nothing\"))")), FuseOptions.Default, out _, out var errors));
        Assert.Contains("borrows a resource that 64 bits represent", errors[0].Message);
    }

    [Fact]
    public void Resources_have_the_names_of_the_build_target()
    {
        var fused = Fused(BorderGuests.Text());
        var thing = Assert.Single(fused.Resources.Items, resource => fused.Plan.Tables.Resources[(int)resource.Resource.Value] is PlanResource.Imported);
        var counter = Assert.Single(fused.Resources.Items, resource => resource != thing);

        Assert.Equal("host:api/things@1.2.3 thing", string.Join(' ', thing.Path));
        Assert.Equal(("cm32p2|host:api/things@1", "thing_drop"), (thing.Drop!.Module, thing.Drop.Name));
        Assert.Null(thing.New ?? thing.Rep);
        Assert.Equal("my:own/counters@0.2.1 counter", string.Join(' ', counter.Path));
        Assert.Equal(("cm32p2|_ex_my:own/counters@0.2", "counter_new"), (counter.New!.Module, counter.New.Name));
        Assert.Equal("counter_rep", counter.Rep!.Name);
        Assert.Equal("counter_drop", counter.Drop!.Name);
        Assert.Equal("cm32p2|my:own/counters@0.2|counter_dtor", counter.Destructor);
        Assert.Contains("cm32p2|my:own/counters@0.2|[method]counter.next", fused.Exports.Items.Select(export => export.Export));
        Assert.Equal(["cm32p2_memory"], fused.Exports.Items.Concat(fused.Imports.Items).Select(function => function.Memory).OfType<string>().Distinct());
    }

    // Two instances have handles, so that the module keeps them; one makes some before its host has the memory.
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Start_functions_can_make_handles(bool oneMemory, bool foldMemories)
    {
        string text = """
            (component
              (import "host:api/things@1.2.3" (instance $things
                (export "thing" (type $thing (sub resource)))
                (export "[constructor]thing" (func (param "x" u32) (result (own $thing))))
                (export "name" (func (param "self" (borrow $thing)) (param "prefix" string) (result string)))))
              (alias export $things "thing" (type $thing))
              (component $other
                (import "thing" (type $thing (sub resource)))
                (core func $drop (canon resource.drop $thing))
                (core instance $i (export "f" (func $drop)))
                (func (export "take") (param "x" (own $thing)) (canon lift (core func $i "f"))))
              (instance $other (instantiate $other (with "thing" (type $thing))))
              (core module $libc
                (memory (export "m") 1) (data (i32.const 500) "first")
                (global $top (mut i32) (i32.const 1000))
                (func (export "r") (param i32 i32 i32 i32) (result i32) (global.get $top) (global.set $top (i32.add (global.get $top) (local.get 3)))))
              (core instance $libc (instantiate $libc))
              (core func $make (canon lower (func $things "[constructor]thing")))
              (core func $name (canon lower (func $things "name") (memory (core memory $libc "m")) (realloc (core func $libc "r"))))
              (core func $take (canon lower (func $other "take")))
              (core module $m
                (import "" "m" (memory 1)) (import "" "make" (func $make (param i32) (result i32)))
                (import "" "name" (func $name (param i32 i32 i32 i32))) (import "" "take" (func $take (param i32)))
                (global $kept (mut i32) (i32.const 0))
                (func $start
                  (call $take (call $make (i32.const 3)))
                  (global.set $kept (call $make (i32.const 4)))
                  (call $name (global.get $kept) (i32.const 500) (i32.const 5) (i32.const 16)))
                (start $start)
                (func (export "kept") (result i32) (global.get $kept))
                (func (export "text") (result i32) (i32.const 16)))
              (core instance $i (instantiate $m (with "" (instance
                (export "m" (memory $libc "m")) (export "make" (func $make)) (export "name" (func $name)) (export "take" (func $take))))))
              (func (export "kept") (result (own $thing)) (canon lift (core func $i "kept")))
              (func (export "text") (result string) (canon lift (core func $i "text") (memory (core memory $libc "m")))))
            """;
        var fused = Same(
            text,
            side =>
            {
                side.Call("text");
                side.Drop(side.Call("kept")!);
                side.Call("text");
            },
            FuseOptions.Default with { OneMemory = oneMemory, FoldMemories = foldMemories });

        Assert.Equal("cm32p2_initialize", fused.Initialize);
    }

    [Fact]
    public void Resources_have_the_first_name_that_they_are_exported_by()
    {
        string text = """
            (component
              (component $definer (type $r (resource (rep i32))) (export "r" (type $r)))
              (instance $definer (instantiate $definer))
              (alias export $definer "r" (type $r))
              (component $user
                (import "r" (type $r (sub resource)))
                (core func $drop (canon resource.drop $r))
                (core instance $i (export "f" (func $drop)))
                (export $out "mine" (type $r))
                (func (export "f") (param "x" (own $out)) (canon lift (core func $i "f"))))
              (instance $user (instantiate $user (with "r" (type $r))))
              (instance $around (export "inner" (instance $definer)))
              (export "a:b/first" (instance $around))
              (export "a:b/second" (instance $user))
              (export "third" (type $r)))
            """;

        Assert.Equal("a:b/first inner r", string.Join(' ', Assert.Single(Fused(text).Resources.Items).Path));
    }

    private static FusedComponent Same(string text, Action<BorderSide> story, FuseOptions? options = null)
    {
        byte[] bytes = Module.ConvertText(text);
        using var component = new ComponentSide(bytes);
        var fused = Fused(text, options);
        using var module = new ModuleSide(fused);
        story(component);
        story(module);

        Assert.Equal(component.Happened, module.Happened);
        using var wrapped = new ComponentSide([.. Wrapper.Wrap(fused).Match(made => made, errors => throw new InvalidOperationException(errors.ToString()))]);
        story(wrapped);
        Assert.Equal(component.Happened, wrapped.Happened);
        return fused;
    }

    private static FusedComponent Fused(string text, FuseOptions? options = null) =>
        Fuser.TryFuse(Module.ConvertText(text), options ?? FuseOptions.Default, out var fused, out var errors) ? fused
            : throw new InvalidOperationException(errors.ToString());
}
