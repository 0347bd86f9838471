using System.Linq;
using Fact.Ir;
using Wasmtime;
using Xunit;

namespace Fact.Conformance.Fuse;

/// <summary>What a host calls of a fused module has storage of its own, as by what it is called for. Spec: <c>context.get</c>, <c>context.set</c>.</summary>
public sealed class FuseStorageFacts
{
    // Whatever is called notes what it finds: digits behind a 1. One function is called after two others, and by itself.
    private const string Noting = """
        (component
          (core func $get (canon context.get i32 0))
          (core func $set (canon context.set i32 0))
          (core module $m
            (import "" "get" (func $get (result i32)))
            (import "" "set" (func $set (param i32)))
            (memory (export "memory") 1)
            (global $seen (mut i32) (i32.const 1))
            (func $note (global.set $seen (i32.add (i32.mul (i32.const 10) (global.get $seen)) (call $get))))
            (func (export "realloc") (param i32 i32 i32 i32) (result i32) (call $note) (call $set (i32.const 1)) (i32.const 64))
            (func (export "f") (param i32 i32) (result i32) (call $note) (call $set (i32.const 7)) (i32.const 5))
            (func (export "g") (result i32) (call $note) (call $set (i32.const 3)) (i32.const 6))
            (func (export "after") (param i32) (call $note) (call $set (i32.const 9)))
            (func (export "seen") (result i32) (global.get $seen)))
          (core instance $i (instantiate $m (with "" (instance (export "get" (func $get)) (export "set" (func $set))))))
          (alias core export $i "after" (core func $after))
          (func (export "f") (param "text" string) (result u32)
            (canon lift (core func $i "f") (memory (core memory $i "memory")) (realloc (core func $i "realloc")) (post-return (core func $after))))
          (func (export "g") (result u32) (canon lift (core func $i "g") (post-return (core func $after))))
          (func (export "alone") (param "x" u32) (canon lift (core func $after)))
          (func (export "seen") (result u32) (canon lift (core func $i "seen"))))
        """;

    [Fact]
    public void A_call_of_the_host_finds_nothing_but_what_is_called_after_it_finds_what_it_left()
    {
        var fused = Fused(Noting);
        using var engine = new Engine(new Config().WithMultiMemory(true));
        using var module = Module.FromBytes(engine, "fused", fused.Bytes.AsSpan());
        using var linker = new Linker(engine);
        using var store = new Store(engine);
        var instance = linker.Instantiate(store, module);
        var (f, g) = (Export("f"), Export("g"));

        Call(f.Realloc!, 0, 0, 1, 3);
        Call(f.Export!, 64, 3);
        Call(f.PostReturn!, 5);
        Call(Export("alone").Export!, 5);
        Call(g.Export!);
        Call(f.Realloc!, 0, 0, 1, 3);
        Call(g.PostReturn!, 6);
        Assert.Equal(10_070_003, Call(Export("seen").Export!));

        FusedFunction Export(string name) => fused.Exports.Items.Single(export => export.Path is [var only] && only == name);

        object? Call(string name, params ValueBox[] arguments) => instance.GetFunction(name)!.Invoke(arguments);
    }

    [Fact]
    public void What_is_called_for_the_same_is_one_function()
    {
        var fused = Fused(Noting);
        Assert.Equal(6, fused.Parts.Items.Count(part => part.Name == "call"));
        Assert.Equal(2, fused.Parts.Items.Count(part => part.Name == "guard"));
    }

    /// <summary>The allocator between a component and its host is in no component instance: none is closed while it runs.</summary>
    [Fact]
    public void The_allocator_of_the_border_has_no_guard()
    {
        var options = FuseOptions.Default with { OneMemory = true };
        var fused = Fused("""
            (component
              (core module $m
                (memory (export "memory") 1)
                (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
                (func (export "f") (param i32 i32)))
              (core instance $i (instantiate $m))
              (func (export "f") (param "text" string)
                (canon lift (core func $i "f") string-encoding=utf16 (memory (core memory $i "memory")) (realloc (core func $i "realloc")))))
            """, options);
        Assert.NotNull(Assert.Single(fused.Exports.Items).Realloc);
        Assert.DoesNotContain(fused.Parts.Items, part => part.Name == "guard");
    }

    private static FusedComponent Fused(string component, FuseOptions? options = null)
    {
        Assert.True(Fuser.TryFuse(Module.ConvertText(component), options ?? FuseOptions.Default, out var fused, out var errors), errors.ToString());
        return fused;
    }
}
