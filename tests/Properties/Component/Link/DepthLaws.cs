using System;
using System.Linq;
using System.Text;
using Fact.Component;
using Fact.Ir;
using Fact.Lower;
using Fact.Lower.Passes;
using Xunit;

namespace Fact.Properties.Component.Link;

/// <summary>How deep component instances are nested costs nothing, but by the older rule of reentrance, which limits it.</summary>
public sealed class DepthLaws
{
    private const int Functions = 100;

    private static readonly CompileOptions OlderRule = CompileOptions.Default with { Reentrance = Reentrance.Trap, Passes = PassList.All.Without("elide-unseen-flags") };

    /// <summary>An instance at the root calls all functions of one that is so deep inside of others.</summary>
    private static byte[] Calls(int depth)
    {
        string functions = string.Concat(Enumerable.Range(0, Functions).Select(i => $"(func (export \"f{i}\") (param \"x{i}\" u8) (canon lift (core func $i \"f\")))"));
        var text = new StringBuilder("(component (component $c0 (core module $m (func (export \"f\") (param i32))) (core instance $i (instantiate $m))\n");
        text.Append($"{functions})\n");
        string all = string.Concat(Enumerable.Range(0, Functions).Select(i => $"(export \"f{i}\" (func $x \"f{i}\"))"));
        text.Append("(component $c1 (alias outer 1 $c0 (component $inner)) (instance $x (instantiate $inner)) ");
        text.Append($"(instance $all {all}) (export \"all\" (instance $all)))\n");
        for (int i = 2; i <= depth; i++)
            text.Append($"(component $c{i} (alias outer 1 $c{i - 1} (component $inner)) (instance $x (instantiate $inner)) (export \"all\" (instance $x \"all\")))\n");
        string lowered = string.Concat(Enumerable.Range(0, Functions).Select(i => $"(core func (canon lower (func $all \"f{i}\")))"));
        string type = string.Concat(Enumerable.Range(0, Functions).Select(i => $"(export \"f{i}\" (func (param \"x{i}\" u8)))"));
        text.Append($"(component $caller (import \"all\" (instance $all {type})) {lowered})\n");
        text.Append($"(instance $x (instantiate $c{depth})) (instance (instantiate $caller (with \"all\" (instance $x \"all\")))))");
        return Wasmtime.Module.ConvertText(text.ToString());
    }

    [Fact]
    public void Adapters_are_as_large_however_deep_the_callee_is()
    {
        int Size(int depth) => ComponentCompiler.Compile(Calls(depth), CompileOptions.Default).Match(
            Right: compiled => Assert.Single(compiled.AdapterModules.Items).Bytes.Length,
            Left: errors => throw new InvalidOperationException(errors[0].ToString()));
        // The number of an instance, which is in the name of its flags, has three digits in one and one in the other.
        Assert.InRange(Size(900), Size(1), Size(1) + 2);
    }

    [Fact]
    public void By_the_older_rule_they_grow_with_it()
    {
        int Entered(int depth) => ComponentCompiler.Compile(Calls(depth), OlderRule).Match(
            Right: compiled => compiled.AdapterModules[0].Imports.Items.Count(import => import.Module == "flags"),
            Left: errors => throw new InvalidOperationException(errors[0].ToString()));
        Assert.Equal((3, 32), (Entered(1), Entered(30)));
    }

    [Fact]
    public void By_the_older_rule_too_deep_a_callee_is_an_error_that_says_where()
    {
        var error = Assert.Single(ComponentCompiler.Compile(Calls(900), OlderRule).Match(Right: _ => [], Left: found => found));
        Assert.Contains("an instance may be inside of 32 others", error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Offset);
    }
}
