using System;
using System.Linq;
using System.Text.Json;
using Fact.Component;
using Fact.Component.Ast;
using Fact.Component.Plan;
using Fact.Host;
using Fact.Ir;
using LanguageExt;
using Xunit;
using Xunit.Sdk;
using Trampoline = Fact.Component.Plan.Trampoline;

namespace Fact.Properties.Component.Link;

/// <summary>
/// <c>stream.forward</c> and <c>future.forward</c> take a readable and a writable end and return nothing. Text that the engine converts cannot say them
/// yet, so the opcodes of two other built-ins are replaced.
/// </summary>
public sealed class ForwardLaws
{
    private static readonly Fact.Ir.CoreFuncType TwoEnds = new([Fact.Ir.CoreValType.I32, Fact.Ir.CoreValType.I32], []);

    [Fact]
    public void They_are_planned_with_the_table_of_the_ends()
    {
        var plan = Linked.Plan(Component("$s", "$f"));
        var stream = Assert.Single(plan.Trampolines.Items.OfType<Trampoline.Stream>());
        var future = Assert.Single(plan.Trampolines.Items.OfType<Trampoline.Future>());
        Assert.Equal(new Trampoline.Stream(TwoEnds, EndOp.Forward, new StreamTableId(0)), stream);
        Assert.Equal(new Trampoline.Future(TwoEnds, EndOp.Forward, new FutureTableId(0)), future);
    }

    [Fact]
    public void Plans_call_them_by_their_names()
    {
        var compiled = ComponentCompiler.Compile(Component("$s", "$f"), CompileOptions.Default)
            .Match(Right: compiled => compiled, Left: errors => throw new XunitException(errors[0].ToString()));
        using var json = JsonDocument.Parse(compiled.ToJson().Match(Right: utf8 => utf8, Left: error => throw new XunitException(error.ToString())));
        Assert.Equal(["stream.forward", "future.forward"], json.RootElement.GetProperty("trampolines").EnumerateArray().Select(t => t.GetProperty("kind").GetString()!));
    }

    [Theory]
    [InlineData("$f", "$f", "type 1 is a future type, not a stream type")]
    [InlineData("$s", "$s", "type 0 is a stream type, not a future type")]
    public void They_are_about_a_stream_and_about_a_future(string stream, string future, string message) =>
        Assert.Contains(message, Linked.Error(Component(stream, future)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_host_looks_for_the_ends_that_they_are_given()
    {
        using var engine = new HostEngine();
        using var component = ComponentHost.Open(engine, Component("$s", "$f")).IfLeft(e => throw new InvalidOperationException(e[0].ToString()));
        foreach (string kind in (string[])["stream", "future"])
        {
            using var instance = component.Instantiate().IfLeft(f => throw new InvalidOperationException(f.ToString()));
            string result = instance.Invoke(kind).Match(Right: _ => "no trap", Left: failure => failure.ToString());
            Assert.Contains("unknown handle index 1", result, StringComparison.Ordinal);
        }
    }

    private static byte[] Component(string stream, string future)
    {
        byte[] bytes = Wasmtime.Module.ConvertText($"""
            (component
              (type $s (stream u8))
              (type $f (future u8))
              (core func $stream (canon stream.drop-readable {stream}))
              (core func $future (canon future.drop-writable {future}))
              (core module $m
                (import "" "stream" (func $s (param i32 i32)))
                (import "" "future" (func $f (param i32 i32)))
                (func (export "stream") (call $s (i32.const 1) (i32.const 2)))
                (func (export "future") (call $f (i32.const 1) (i32.const 2))))
              (core instance $i (instantiate $m (with "" (instance (export "stream" (func $stream)) (export "future" (func $future))))))
              (func (export "stream") (canon lift (core func $i "stream")))
              (func (export "future") (canon lift (core func $i "future"))))
            """);
        byte s = (byte)(stream == "$s" ? 0 : 1), f = (byte)(future == "$s" ? 0 : 1);
        int at = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x02, 0x13, s, 0x1b, f]);
        (bytes[at + 1], bytes[at + 3]) = (0x2e, 0x2f);
        return bytes;
    }
}
