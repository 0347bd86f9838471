using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Wasmtime;
using Wasmtime.Components;
using Xunit;

namespace Fact.Conformance.Fuse;

/// <summary>Handles that stay inside, and storage of calls: a component and the core module that it becomes do the same, in the same order.</summary>
public sealed class FuseResourceFacts
{
    // A definer of a resource type, whose destructor says so; a user, which has an own handle of it, lends it, and does what it is told in the end.
    private static string Pair(string rep, string act) => $$"""
        (component
          (import "log" (func $log (param "x" u32)))
          (component $definer
            (import "log" (func $log (param "x" u32)))
            (core func $core-log (canon lower (func $log)))
            (core module $dtors
              (import "" "log" (func $log (param i32)))
              (func (export "dtor") (param {{rep}}) (call $log (i32.add (i32.const 100) {{(rep == "i64" ? "(i32.wrap_i64 (local.get 0))" : "(local.get 0)")}}))))
            (core instance $dtors (instantiate $dtors (with "" (instance (export "log" (func $core-log))))))
            (type $r' (resource (rep {{rep}}) (dtor (core func $dtors "dtor"))))
            (core func $new (canon resource.new $r'))
            (core func $rep (canon resource.rep $r'))
            (core func $drop (canon resource.drop $r'))
            (core module $m
              (import "" "log" (func $log (param i32)))
              (import "" "new" (func $new (param {{rep}}) (result i32)))
              (import "" "rep" (func $rep (param i32) (result {{rep}})))
              (import "" "drop" (func $drop (param i32)))
              (func (export "make") (param i32) (result i32) (call $new {{(rep == "i64" ? "(i64.extend_i32_u (local.get 0))" : "(local.get 0)")}}))
              (func (export "look") (param i32) (call $log (local.get 0)))
              (func (export "take") (param i32) (call $log {{(rep == "i64" ? "(i32.wrap_i64 (call $rep (local.get 0)))" : "(call $rep (local.get 0))")}})
                (call $drop (local.get 0))))
            (core instance $i (instantiate $m (with "" (instance
              (export "log" (func $core-log)) (export "new" (func $new)) (export "rep" (func $rep)) (export "drop" (func $drop))))))
            (export $r "r" (type $r'))
            (func (export "make") (param "x" u32) (result (own $r)) (canon lift (core func $i "make")))
            (func (export "look") (param "x" (borrow $r)) (canon lift (core func $i "look")))
            (func (export "take") (param "x" (own $r)) (canon lift (core func $i "take"))))
          (component $user
            (import "log" (func $log (param "x" u32)))
            (import "definer" (instance $d
              (export "r" (type $r (sub resource)))
              (export "make" (func (param "x" u32) (result (own $r))))
              (export "look" (func (param "x" (borrow $r))))
              (export "take" (func (param "x" (own $r))))))
            (alias export $d "r" (type $r))
            (core func $core-log (canon lower (func $log)))
            (core func $make (canon lower (func $d "make")))
            (core func $look (canon lower (func $d "look")))
            (core func $take (canon lower (func $d "take")))
            (core func $drop (canon resource.drop $r))
            (core module $m
              (import "" "log" (func $log (param i32)))
              (import "" "make" (func $make (param i32) (result i32)))
              (import "" "look" (func $look (param i32)))
              (import "" "take" (func $take (param i32)))
              (import "" "drop" (func $drop (param i32)))
              (func (export "run") (param $x i32) (result i32) (local $a i32) (local $b i32)
                (local.set $a (call $make (local.get $x)))
                (local.set $b (call $make (i32.add (local.get $x) (i32.const 1))))
                (call $log (local.get $a)) (call $log (local.get $b))
                (call $look (local.get $a))
                {{act}}
                (local.get $b)))
            (core instance $i (instantiate $m (with "" (instance
              (export "log" (func $core-log)) (export "make" (func $make)) (export "look" (func $look)) (export "take" (func $take)) (export "drop" (func $drop))))))
            (func (export "run") (param "x" u32) (result u32) (canon lift (core func $i "run"))))
          (instance $definer (instantiate $definer (with "log" (func $log))))
          (instance $user (instantiate $user (with "log" (func $log)) (with "definer" (instance $definer))))
          (export "run" (func $user "run")))
        """;

    public static TheoryData<string> Acts => [
        "",
        "(call $take (local.get $a))",
        "(call $drop (local.get $a))",
        "(call $drop (local.get $a)) (call $look (local.get $a))",
        "(call $take (local.get $a)) (call $take (local.get $a))",
        "(call $drop (local.get $b)) (local.set $b (call $make (i32.const 9))) (call $look (local.get $b))",
        "(call $look (i32.const 7))",
        "(call $drop (i32.const 0))",
    ];

    [Theory]
    [MemberData(nameof(Acts))]
    public void Handles_between_parts_are_kept_in_the_module(string act)
    {
        byte[] component = Module.ConvertText(Pair("i32", act));

        Assert.Equal(AsComponent(component, 5, 6), AsModule(component, 5, 6));
        var (_, fused) = Fused(component);
        Assert.Empty(fused.Resources.Items);
    }

    [Fact]
    public void Resources_may_be_represented_by_64_bits()
    {
        byte[] component = Module.ConvertText(Pair("i64", "(call $take (local.get $a)) (call $drop (local.get $b))"));

        // The engine's own runtime represents resources by 32 bits alone.
        Assert.Equal(["log 1", "log 2", "log 5", "log 5", "log 105", "log 106", "returned 2"], AsModule(component, 5));
    }

    // A guest throws, and another would catch it.
    [Fact]
    public void What_a_guest_throws_is_a_trap_for_others()
    {
        byte[] component = Module.ConvertText("""
            (component
              (component $inner
                (core module $m (tag $t) (func (export "f") (param i32) (result i32) (throw $t)))
                (core instance $i (instantiate $m))
                (func (export "f") (param "x" u32) (result u32) (canon lift (core func $i "f"))))
              (instance $inner (instantiate $inner))
              (core func $f (canon lower (func $inner "f")))
              (core module $m
                (import "" "f" (func $f (param i32) (result i32)))
                (func (export "run") (param i32) (result i32)
                  (block $caught (try_table (catch_all $caught) (drop (call $f (i32.const 1)))))
                  (i32.const 3)))
              (core instance $i (instantiate $m (with "" (instance (export "f" (func $f))))))
              (func (export "run") (param "x" u32) (result u32) (canon lift (core func $i "run"))))
            """);

        Assert.Equal(["trap"], AsModule(component, 1));
        Assert.Equal(["trap"], AsComponent(component, 1));
    }

    [Fact]
    public void By_the_older_rule_a_host_cannot_come_back()
    {
        byte[] component = Module.ConvertText("""
            (component
              (import "log" (func $log (param "x" u32)))
              (core func $log (canon lower (func $log)))
              (core module $m (import "" "log" (func $log (param i32)))
                (func (export "run") (param i32) (result i32) (if (local.get 0) (then (call $log (local.get 0)))) (local.get 0)))
              (core instance $i (instantiate $m (with "" (instance (export "log" (func $log))))))
              (func (export "run") (param "x" u32) (result u32) (canon lift (core func $i "run"))))
            """);

        Assert.Equal(7, Again(Reentrance.Allow));
        Assert.ThrowsAny<WasmtimeException>(() => Again(Reentrance.Trap));

        int Again(Reentrance rule)
        {
            var fused = Fuser.Fuse(component, FuseOptions.Default with { Compile = CompileOptions.Default with { Reentrance = rule } }).Match(
                made => made, errors => throw new InvalidOperationException(errors.ToString()));
            using var engine = new Engine();
            using var module = Module.FromBytes(engine, "fused", fused.Bytes.AsSpan());
            using var linker = new Linker(engine);
            using var store = new Store(engine);
            Func<int, int>? run = null;
            linker.DefineFunction("cm32p2", "log", (int x) =>
            {
                run!(0);
            });
            run = linker.Instantiate(store, module).GetFunction<int, int>("cm32p2||run");
            return run!(7);
        }
    }

    [Fact]
    public void Every_call_has_storage_of_its_own()
    {
        byte[] component = Module.ConvertText("""
            (component
              (component $inner
                (core func $get (canon context.get i32 0))
                (core func $set (canon context.set i32 0))
                (core module $m
                  (import "" "get" (func $get (result i32)))
                  (import "" "set" (func $set (param i32)))
                  (memory (export "memory") 1)
                  (global $before (mut i32) (i32.const 0))
                  (func (export "realloc") (param i32 i32 i32 i32) (result i32)
                    (global.set $before (i32.add (global.get $before) (call $get)))
                    (call $set (i32.const 1000))
                    (i32.const 64))
                  (func (export "f") (param i32 i32) (result i32)
                    (global.set $before (i32.add (global.get $before) (call $get)))
                    (call $set (i32.add (i32.const 10) (local.get 1)))
                    (global.get $before))
                  (func (export "after") (param i32) (global.set $before (i32.add (i32.const 10000) (call $get)))))
                (core instance $i (instantiate $m (with "" (instance (export "get" (func $get)) (export "set" (func $set))))))
                (func (export "f") (param "text" string) (result u32)
                  (canon lift (core func $i "f") (memory (core memory $i "memory")) (realloc (core func $i "realloc")) (post-return (core func $i "after")))))
              (instance $inner (instantiate $inner))
              (core module $libc (memory (export "memory") 1) (data (i32.const 0) "abcdef"))
              (core instance $libc (instantiate $libc))
              (core func $f (canon lower (func $inner "f") (memory (core memory $libc "memory"))))
              (core func $get (canon context.get i32 0))
              (core func $set (canon context.set i32 0))
              (core module $m
                (import "" "get" (func $get (result i32)))
                (import "" "set" (func $set (param i32)))
                (import "" "f" (func $f (param i32 i32) (result i32)))
                (func $start (call $set (i32.const 99999)))
                (start $start)
                (func (export "run") (param i32) (result i32) (local $sum i32)
                  (local.set $sum (call $get))
                  (call $set (local.get 0))
                  (local.set $sum (i32.add (local.get $sum) (call $f (i32.const 0) (i32.const 3))))
                  (local.set $sum (i32.add (local.get $sum) (call $f (i32.const 0) (i32.const 4))))
                  (i32.add (local.get $sum) (i32.mul (i32.const 100000) (call $get)))))
              (core instance $i (instantiate $m (with "" (instance (export "get" (func $get)) (export "set" (func $set)) (export "f" (func $f))))))
              (func (export "run") (param "x" u32) (result u32) (canon lift (core func $i "run"))))
            """);

        // First the storage of all calls is empty, then that of the call which is over has 10 + 3.
        Assert.Equal(["returned 710013", "returned 820027"], AsModule(component, 7, 8));
    }

    private static (byte[] Bytes, FusedComponent Fused) Fused(byte[] component)
    {
        Assert.True(Fuser.TryFuse(component, FuseOptions.Default, out var fused, out var errors), errors.ToString());
        return ([.. fused.Bytes], fused);
    }

    private static List<string> AsComponent(byte[] bytes, params uint[] arguments)
    {
        var happened = new List<string>();
        using var engine = new Engine(new Config().WithExceptions(true));
        using var component = Wasmtime.Components.Component.FromBytes(engine, bytes);
        using var linker = new ComponentLinker(engine);
        using (var root = linker.Root())
            root.DefineFunction("log", (values, _) => happened.Add($"log {values[0].AsU32()}"));
        using var store = new Store(engine);
        return Run(happened, () =>
        {
            var run = linker.Instantiate(store, component).GetFunction("run")!;
            return x => run.Call(ComponentValue.U32(x))!.AsU32();
        }, arguments);
    }

    private static List<string> AsModule(byte[] component, params uint[] arguments)
    {
        var happened = new List<string>();
        var (bytes, fused) = Fused(component);
        using var engine = new Engine(new Config().WithExceptions(true).WithMultiMemory(true));
        using var module = Module.FromBytes(engine, "fused", bytes);
        using var linker = new Linker(engine);
        using var store = new Store(engine);
        linker.DefineFunction("cm32p2", "log", (int x) => happened.Add($"log {(uint)x}"));
        return Run(happened, () =>
        {
            var instance = linker.Instantiate(store, module);
            if (fused.Initialize is { } initialize)
                instance.GetAction(initialize)!();
            var run = instance.GetFunction<int, int>("cm32p2||run")!;
            return x => (uint)run((int)x);
        }, arguments);
    }

    private static List<string> Run(List<string> happened, Func<Func<uint, uint>> instantiate, uint[] arguments)
    {
        try
        {
            var run = instantiate();
            foreach (uint argument in arguments)
                happened.Add($"returned {run(argument)}");
        }
        catch (WasmtimeException)
        {
            happened.Add("trap");
        }
        return happened;
    }
}
