using System;
using Fact.Host;
using Fact.Host.Calls;
using Wasmtime;
using Xunit;

namespace Fact.Properties.Host;

/// <summary>Nobody can tell whether the modules of a component were merged, but for what it costs.</summary>
public sealed class MergedModuleTests : IDisposable
{
    private const string TwoModules = """
        (core module $a (memory (export "memory") 1) (func (export "f") (result i32) i32.const 7))
        (core module $b (import "a" "f" (func $f (result i32))) (func (export "g") (result i32) call $f))
        (core instance $a (instantiate $a))
        (core instance $b (instantiate $b (with "a" (instance $a))))
        """;

    private const string Handles = """
        (type $r (resource (rep i32)))
        (core func $new (canon resource.new $r))
        (core module $m (import "" "new" (func $new (param i32) (result i32))))
        (core instance (instantiate $m (with "" (instance (export "new" (func $new))))))
        """;

    /// <summary>What a function of the host does with a string that a start function passes: the memory is there already.</summary>
    private const string Starting = """
        (component
          (import "log" (func $log (param "text" string)))
          (core module $libc
            (memory (export "memory") 1)
            (data (i32.const 8) "one")
            (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
          (core instance $libc (instantiate $libc))
          (core func $log' (canon lower (func $log) (memory (core memory $libc "memory"))))
          (core module $first
            (import "libc" "memory" (memory 1)) (import "" "log" (func $log (param i32 i32)))
            (func $start i32.const 8 i32.const 3 call $log)
            (start $start))
          (core module $second
            (import "libc" "memory" (memory 1)) (import "" "log" (func $log (param i32 i32)))
            (data (i32.const 8) "two")
            (func $start i32.const 8 i32.const 3 call $log ACT)
            (func (export "get") (result i32) i32.const 8 i32.load8_u)
            (start $start))
          (core instance $host (export "log" (func $log')))
          (core instance $first (instantiate $first (with "libc" (instance $libc)) (with "" (instance $host))))
          (core instance $second (instantiate $second (with "libc" (instance $libc)) (with "" (instance $host))))
          (func (export "get") (result u32) (canon lift (core func $second "get"))))
        """;

    private readonly HostEngine engine = new();

    [Theory]
    [InlineData("", "get")]
    [InlineData("unreachable", "")]
    [InlineData("i32.const -1 i32.load drop", "")]
    public void Start_functions_and_segments_take_effect_in_their_order(string act, string function) => BothWays.Same(Starting.Replace("ACT", act), function, "one two");

    [Theory]
    [InlineData("(data (i32.const 65535) \"ab\")")]
    [InlineData("(elem (table 0) (i32.const 5) func 0) (table 1 funcref)")]
    [InlineData("(start 0)")]
    public void What_goes_wrong_when_modules_are_instantiated_is_the_same(string wrong) => BothWays.Same(
        $"""
        (component {TwoModules}
          (core module $c (import "a" "memory" (memory 1)) (func unreachable) {wrong})
          (core instance (instantiate $c (with "a" (instance $a)))))
        """,
        "",
        "");

    [Fact]
    public void Memories_share_the_limit_as_before()
    {
        const string Growing = """
            (component
              (core module $a (memory (export "memory") 1) (func (export "grow") (result i32) i32.const 3 memory.grow))
              (core module $b (import "a" "grow" (func $grow (result i32))) (memory 2) (func (export "grow") (result i32)
                call $grow i32.const 10 i32.mul i32.const 2 memory.grow i32.add))
              (core instance $a (instantiate $a))
              (core instance $b (instantiate $b (with "a" (instance $a))))
              (func (export "grow") (result s32) (canon lift (core func $b "grow"))))
            """;

        for (int pages = 2; pages < 10; pages++)
            BothWays.Same(Growing, "grow", "", new HostOptions { MaxMemoryBytes = pages << 16 });
    }

    [Theory]
    [InlineData(TwoModules, true)]
    [InlineData("(core module $a (func)) (core instance (instantiate $a)) (core instance (instantiate $a))", false)]
    [InlineData("(core module $a (func)) (core instance (instantiate $a))", false)]
    [InlineData(Handles, true)]
    [InlineData(Handles + "(core instance (instantiate $m (with \"\" (instance (export \"new\" (func $new))))))", false)]
    [InlineData("(import \"m\" (core module $m)) (core module $a (func)) (core instance (instantiate $a)) (core instance (instantiate $m))", false)]
    [InlineData(TwoModules + "(core func $f (canon backpressure.inc)) (core module $c (import \"\" \"f\" (func))) "
        + "(core instance (instantiate $c (with \"\" (instance (export \"f\" (func $f))))))", false)]
    public void What_can_be_merged_is(string content, bool isMerged)
    {
        var loaded = LoadedComponent.Load(engine, Module.ConvertText($"(component {content})"), new HostOptions(), default)
            .IfLeft(errors => throw new InvalidOperationException(errors[0].ToString()));
        using (loaded)
            Assert.Equal(isMerged, loaded.Merged is not null);
    }

    /// <inheritdoc/>
    public void Dispose() => engine.Dispose();
}
