using Fact.Fuse;
using Wasmtime;
using Xunit;

namespace Fact.Properties.Facade;

/// <summary>What becomes of adapters in a fused module, in each way by itself.</summary>
public sealed class AdapterFateFacts
{
    // Somebody who asks for storage of calls can tell an adapter from its callee: it stays, although nothing is left of it but the call.
    private const string Asking = """
        (component $asking
          (core func $get (canon context.get i32 0))
          (core module $m (import "" "get" (func (result i32))))
          (core instance (instantiate $m (with "" (instance (export "get" (func $get)))))))
        (instance (instantiate $asking))
        """;

    private static readonly FuseOptions Calling = FuseOptions.Default with { InlineCalls = false };

    [Fact]
    public void An_adapter_that_nobody_can_tell_from_its_callee_is_left_out() => Becomes(new(1, 0, 0, 0, 0), Calls("u32"));

    [Fact]
    public void An_adapter_that_only_calls_is_passed_by() => Becomes(new(0, 1, 0, 0, 0), Calls("u32", Asking), Calling);

    [Fact]
    public void A_short_adapter_is_inlined() => Becomes(new(0, 0, 1, 0, 0), Calls("u8"));

    [Fact]
    public void An_adapter_that_nothing_calls_is_unreached() => Becomes(new(0, 0, 0, 1, 0), Calls("u8", caller: ""));

    [Fact]
    public void Any_other_is_kept() => Becomes(new(0, 0, 0, 0, 1), Calls("u8"), Calling);

    private static void Becomes(AdapterFates expected, string component, FuseOptions? options = null)
    {
        Assert.True(Fuser.TryFuse(Module.ConvertText(component), options ?? FuseOptions.Default, out var fused, out var errors), errors.ToString());
        Assert.Equal(expected, fused.Adapters);
        Assert.Equal(1, fused.Adapters.All);
    }

    /// <summary>A component with one adapter, which a core function of its own calls.</summary>
    private static string Calls(string type, string beside = "", string caller = "(call $f (local.get 0))") => $$"""
        (component
          {{beside}}
          (component $inner
            (core module $m
              (global $sum (mut i32) (i32.const 0))
              (func (export "f") (param i32) (global.set $sum (i32.add (global.get $sum) (local.get 0)))))
            (core instance $i (instantiate $m))
            (func (export "f") (param "x" {{type}}) (canon lift (core func $i "f"))))
          (instance $inner (instantiate $inner))
          (core func $f (canon lower (func $inner "f")))
          (core module $m
            (import "" "f" (func $f (param i32)))
            (func (export "run") (param i32) {{caller}}))
          (core instance $i (instantiate $m (with "" (instance (export "f" (func $f))))))
          (func (export "run") (param "x" {{type}}) (canon lift (core func $i "run"))))
        """;
}
