using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Fuse;
using Wasmtime;
using Xunit;

namespace Fact.Conformance.Fuse;

/// <summary>What a component's functions are called in the module that it becomes.</summary>
public sealed class FuseNameFacts
{
    [Theory]
    [InlineData("a:b/c", "a:b/c")]
    [InlineData("a:b/c@1.2.3+alpha", "a:b/c@1")]
    [InlineData("a:b/c@0.1.2+alpha", "a:b/c@0.1")]
    [InlineData("a:b/c@0.0.1+alpha", "a:b/c@0.0.1")]
    [InlineData("a:b/c@1.2.3-nightly+alpha", "a:b/c@1.2.3-nightly")]
    [InlineData("a:b/c@10.0.0", "a:b/c@10")]
    [InlineData("a:b/c@1.2", "a:b/c@1.2")]
    [InlineData("a:b/c@x.y.z", "a:b/c@x.y.z")]
    [InlineData("plain", "plain")]
    public void Versions_say_what_is_compatible(string name, string canonical) => Assert.Equal(canonical, CoreNames.Canonical(name));

    [Fact]
    public void Interfaces_that_would_have_one_name_keep_their_own()
    {
        var names = new CoreNames();

        Assert.Equal(
            ["cm32p2|a:b/c@1 f", "cm32p2|a:b/c@1.3.0 f", "cm32p2|a:b/c@1 g", "cm32p2|a:b/c@1.2.0-x f", "cm32p2|a:b/c@1.2.0-x+y f", "cm32p2|a:b/c@1.2.0-x#1 f"],
            new[] { "a:b/c@1.2.0 f", "a:b/c@1.3.0 f", "a:b/c@1.2.0 g", "a:b/c@1.2.0-x+z f", "a:b/c@1.2.0-x+y f", "a:b/c@1.2.0-x f" }
                .Select(text => names.Import([.. text.Split(' ')], 0)).Select(name => $"{name.Module} {name.Name}"));
        Assert.Equal("cm32p2|a:b/c@1|f", names.Export(["a:b/c@1.9.0", "f"]));
    }

    [Fact]
    public void A_function_that_is_lowered_in_several_ways_has_a_name_for_each()
    {
        var fused = Fused("""
            (component (import "i:i/log" (instance $i (export "log" (func (param "x" string))))) (alias export $i "log" (func $log))
              (core module $libc (memory (export "a") 1 1) (memory (export "b") 2 2) (data (memory 0) (i32.const 0) "one")
                (data (memory 1) (i32.const 8) "d\00e\00u\00x\00"))
              (core instance $libc (instantiate $libc))
              (core func $one (canon lower (func $log) (memory (core memory $libc "a"))))
              (core func $again (canon lower (func $log) (memory (core memory $libc "a"))))
              (core func $two (canon lower (func $log) (memory (core memory $libc "b")) string-encoding=utf16))
              (core func $three (canon lower (func $log) (memory (core memory $libc "b"))))
              (core module $m
                (import "" "one" (func $one (param i32 i32))) (import "" "again" (func $again (param i32 i32)))
                (import "" "two" (func $two (param i32 i32))) (import "" "three" (func $three (param i32 i32)))
                (func (export "f")
                  (call $one (i32.const 0) (i32.const 3)) (call $again (i32.const 1) (i32.const 2))
                  (call $two (i32.const 8) (i32.const 4)) (call $three (i32.const 8) (i32.const 1))))
              (core instance $m (instantiate $m (with "" (instance
                (export "one" (func $one)) (export "again" (func $again)) (export "two" (func $two)) (export "three" (func $three))))))
              (func (export "f") (canon lift (core func $m "f"))))
            """);

        Assert.Equal(
            ["cm32p2|i:i/log log utf8 cm32p2_memory", "cm32p2|i:i/log log_1 utf16 cm32p2_memory_1", "cm32p2|i:i/log log_2 utf8 cm32p2_memory_1"],
            fused.Imports.Items.Select(import =>
                $"{import.Import!.Module} {import.Import.Name} {import.StringEncoding.ToString().ToLowerInvariant()} {import.Memory}"));
        Assert.All(fused.Imports.Items, import => Assert.Equal("i:i/log log", string.Join(' ', import.Path)));

        var heard = new List<string>();
        using var engine = new Engine(new Config().WithMultiMemory(true));
        using var module = Module.FromBytes(engine, "fused", fused.Bytes.AsSpan());
        using var store = new Store(engine);
        Instance? instance = null;
        var functions = fused.Imports.Items.ToDictionary(import => import.Import!.Name, import => Function.FromCallback(store, (int at, int length) =>
        {
            var memory = instance!.GetMemory(import.Memory!)!;
            bool isUtf16 = import.StringEncoding == Fact.Ir.StringEncoding.Utf16;
            heard.Add((isUtf16 ? System.Text.Encoding.Unicode : System.Text.Encoding.UTF8).GetString(memory.GetSpan(at, isUtf16 ? 2 * length : length)));
        }));
        instance = new Instance(store, module, [.. module.Imports.Select(import => functions[import.Name])]);
        instance.GetAction("cm32p2||f")!();

        Assert.Equal(["one", "ne", "deux", "d"], heard);
    }

    [Fact]
    public void Instances_in_instances_are_in_the_names()
    {
        var fused = Fused("""
            (component
              (import "outer" (instance $outer (export "inner" (instance (export "f" (func (param "x" u32) (result u32)))))))
              (alias export $outer "inner" (instance $inner)) (alias export $inner "f" (func $f))
              (core func $f' (canon lower (func $f)))
              (core module $m (import "" "f" (func $f (param i32) (result i32))) (func (export "g") (param i32) (result i32) (call $f (local.get 0))))
              (core instance $m (instantiate $m (with "" (instance (export "f" (func $f'))))))
              (func $g (param "x" u32) (result u32) (canon lift (core func $m "g")))
              (instance $in (export "g" (func $g)))
              (instance $middle (export "in" (instance $in)) (export "h" (func $g)))
              (export "a:b/out@2.0.0" (instance $middle)))
            """);

        Assert.Equal(("cm32p2|outer#inner", "f"), (fused.Imports[0].Import!.Module, fused.Imports[0].Import!.Name));
        Assert.Equal(
            ["a:b/out@2.0.0 h", "a:b/out@2.0.0 in g"], fused.Exports.Items.Select(export => string.Join(' ', export.Path)).Order(StringComparer.Ordinal));
        Assert.Equal(["cm32p2|a:b/out@2#in|g", "cm32p2|a:b/out@2|h"], fused.Exports.Items.Select(export => export.Export!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Instances_that_are_in_each_other_again_and_again_are_not_written_out()
    {
        var text = new System.Text.StringBuilder(
            "(component (core module $m (func (export \"f\"))) (core instance $m (instantiate $m)) (func $f (canon lift (core func $m \"f\")))");
        text.Append("(instance $i0 (export \"f\" (func $f)))");
        for (int i = 1; i < 18; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"(instance $i{i} (export \"a\" (instance $i{i - 1})) (export \"b\" (instance $i{i - 1})))");
        text.Append("(export \"i\" (instance $i17)))");

        Assert.False(Fuser.TryFuse(Module.ConvertText(text.ToString()), FuseOptions.Default, out _, out var errors));
        Assert.Contains("more than 100000 things", errors[0].Message);
    }

    private static FusedComponent Fused(string text) =>
        Fuser.TryFuse(Module.ConvertText(text), FuseOptions.Default, out var fused, out var errors) ? fused : throw new InvalidOperationException(errors.ToString());
}
