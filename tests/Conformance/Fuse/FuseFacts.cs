using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Properties;
using Wasmtime;
using Wasmtime.Components;
using Xunit;

namespace Fact.Conformance.Fuse;

/// <summary>Components as core modules do what they do as components.</summary>
public sealed class FuseFacts
{
    private const string Trapped = "trap";

    private static readonly Engine Engine = new(new Config()
        .WithGc(true).WithFunctionReferences(true).WithExceptions(true).WithTailCalls(true).WithMemory64(true).WithMultiMemory(true));

    // A guest whose functions call the import "log" where it is told to: in the call, in the allocator, in what is called afterwards.
    private static string Guest(int allocator, int afterwards, bool start = false) => $$"""
        (component
          (import "log" (func $log (param "x" u32)))
          (core func $core-log (canon lower (func $log)))
          (core module $m
            (import "" "log" (func $log (param i32)))
            (memory (export "memory") 1)
            (func (export "realloc") (param i32 i32 i32 i32) (result i32)
              (if (i32.const {{allocator}}) (then (call $log (i32.const 1))))
              (i32.const 64))
            (func (export "take") (param i32 i32) (result i32)
              (call $log (i32.const 2))
              (i32.store (i32.const 8) (local.get 0)) (i32.store (i32.const 12) (local.get 1)) (i32.const 8))
            (func (export "after") (param i32) (if (i32.const {{afterwards}}) (then (call $log (i32.const 3)))))
            (func $start (call $log (i32.const 4)))
            {{(start ? "(start $start)" : "")}})
          (core instance $i (instantiate $m (with "" (instance (export "log" (func $core-log))))))
          (func (export "take") (param "text" string) (result string)
            (canon lift (core func $i "take") (memory (core memory $i "memory")) (realloc (core func $i "realloc")) (post-return (core func $i "after")))))
        """;

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(1, 0, false)]
    [InlineData(0, 1, false)]
    [InlineData(0, 0, true)]
    public void What_may_not_leave_its_instance_traps_in_the_module_too(int allocator, int afterwards, bool start)
    {
        byte[] component = Module.ConvertText(Guest(allocator, afterwards, start));
        var fused = Fused(component);

        Assert.Equal(AsComponent(component), AsModule(fused));
        Assert.Equal(start, Names(fused).Contains("cm32p2_initialize"));
    }

    [Fact]
    public void Functions_have_the_names_of_the_build_target()
    {
        byte[] component = Module.ConvertText("""
            (component
              (import "host:api/log" (instance $api (export "say" (func (param "x" string)))))
              (core module $libc (memory (export "memory") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 0)))
              (core instance $libc (instantiate $libc))
              (core func $say (canon lower (func $api "say") (memory (core memory $libc "memory"))))
              (core module $m (import "" "say" (func $say (param i32 i32))) (func (export "f") (result i32) (call $say (i32.const 0) (i32.const 0)) (i32.const 7)))
              (core instance $i (instantiate $m (with "" (instance (export "say" (func $say))))))
              (func $f (result u32) (canon lift (core func $i "f")))
              (instance $out (export "f" (func $f)))
              (export "my:own/api" (instance $out))
              (export "g" (func $f)))
            """);
        var fused = Fused(component);
        using var module = Module.FromBytes(Engine, "fused", fused.Bytes.AsSpan());

        Assert.Equal(["cm32p2|host:api/log say"], module.Imports.Select(import => $"{import.ModuleName} {import.Name}"));
        Assert.Equal(["cm32p2_memory", "cm32p2|my:own/api|f", "cm32p2||g"], Names(fused).Order(StringComparer.Ordinal));
        Assert.Equal("cm32p2_memory", Assert.Single(fused.Imports.Items).Memory);
    }

    [Theory]
    [InlineData("""
        (component (core module $m (func (export "f"))) (core instance $i (instantiate $m))
          (func (export "f") async (canon lift (core func $i "f") async)))
        """, "lifted with the option async")]
    [InlineData("""
        (component (core func $f (canon waitable-set.new)) (core module $m (import "" "f" (func (result i32))))
          (core instance (instantiate $m (with "" (instance (export "f" (func $f)))))))
        """, "the built-in waitable-set.new")]
    [InlineData("""(component (import "m" (core module $m)) (core instance (instantiate $m)))""", "instantiates a core module that it imports")]
    [InlineData("""(component (core module $m) (export "m" (core module $m)))""", "the export is a core module")]
    public void What_cannot_be_fused_is_said(string component, string why)
    {
        Assert.False(Fuser.TryFuse(Module.ConvertText(component), FuseOptions.Default, out _, out var errors));

        var error = errors[0];
        Assert.Equal(DiagnosticCode.Unsupported, error.Code);
        Assert.Contains(why, error.Message);
        Assert.EndsWith("compile the component instead (fact compile)", error.Message);
    }

    private static FusedComponent Fused(byte[] component) =>
        Fuser.TryFuse(component, FuseOptions.Default, out var fused, out var errors) ? fused : throw new InvalidOperationException(errors.ToString());

    private static IEnumerable<string> Names(FusedComponent fused)
    {
        using var module = Module.FromBytes(Engine, "fused", fused.Bytes.AsSpan());
        return [.. module.Exports.Select(export => export.Name)];
    }

    private static List<string> AsComponent(byte[] bytes)
    {
        var happened = new List<string>();
        using var component = Wasmtime.Components.Component.FromBytes(Engine, bytes);
        using var linker = new ComponentLinker(Engine);
        using (var root = linker.Root())
            root.DefineFunction("log", (arguments, _) => happened.Add($"log {arguments[0].AsU32()}"));
        using var store = new Store(Engine);
        try
        {
            var take = linker.Instantiate(store, component).GetFunction("take")!;
            happened.Add(take.Call(ComponentValue.String("abc"))!.AsString());
        }
        catch (WasmtimeException)
        {
            happened.Add(Trapped);
        }
        return happened;
    }

    // What a host of the module does, step by step: initialize, allocate and write, call, read, and call what is called afterwards.
    private static List<string> AsModule(FusedComponent fused)
    {
        var happened = new List<string>();
        using var module = Module.FromBytes(Engine, "fused", fused.Bytes.AsSpan());
        using var linker = new Linker(Engine);
        using var store = new Store(Engine);
        linker.DefineFunction("cm32p2", "log", (int x) => happened.Add($"log {x}"));
        try
        {
            var instance = linker.Instantiate(store, module);
            instance.GetAction("cm32p2_initialize")?.Invoke();
            var take = Assert.Single(fused.Exports.Items);
            var memory = instance.GetMemory(take.Memory!)!;
            int at = (int)instance.GetFunction(take.Realloc!)!.Invoke(0, 0, 1, 3)!;
            memory.WriteString(at, "abc");
            int result = (int)instance.GetFunction(take.Export!)!.Invoke(at, 3)!;
            string text = memory.ReadString(memory.ReadInt32(result), memory.ReadInt32(result + 4));
            instance.GetFunction(take.PostReturn!)!.Invoke(result);
            happened.Add(text);
        }
        catch (WasmtimeException)
        {
            happened.Add(Trapped);
        }
        return happened;
    }
}
