using System;
using System.Linq;
using System.Threading;
using Fact.Component;
using Fact.Component.Ast;
using Fact.Component.Binary;
using Fact.Ir;
using LanguageExt;
using Xunit;

namespace Fact.Properties.Component.Binary;

/// <summary>What input can make the decoder do is bounded by its length.</summary>
public class HostileLaws
{
    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    [InlineData(200_000, false)]
    public void Types_nest_to_a_limit(int depth, bool isAllowed) =>
        Assert.Equal(isAllowed, OnSmallStack(Samples.NestedTypes(depth)).IsRight);

    [Theory]
    [InlineData(101, true)]
    [InlineData(102, false)]
    [InlineData(3_000, false)]
    public void Components_nest_to_a_limit(int depth, bool isAllowed) =>
        Assert.Equal(isAllowed, OnSmallStack(Samples.NestedComponents(depth)).IsRight);

    [Fact]
    public void A_count_alone_allocates_little()
    {
        // Every level of nesting announces as many items as bytes are left, and fails at the innermost.
        byte[] bytes = new byte[1_000_000];
        var o = new Out(padding: 0).Bytes("\0asm"u8).Bytes([0x0d, 0x00, 0x01, 0x00]);
        o.Byte(7).U32((uint)bytes.Length - 20).U32(900_000);
        for (int depth = 0; depth < 90; depth++)
            o.Byte(0x41).U32(900_000).Byte(0x01);
        o.ToArray().CopyTo(bytes, 0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var result = ComponentDecoder.Decode(bytes);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(result.IsLeft);
        Assert.InRange(allocated, 0, 1_000_000);
    }

    [Theory]
    [InlineData(0x72, "record field")]
    [InlineData(0x6f, "tuple type")]
    [InlineData(0x6e, "flag")]
    public void A_count_over_its_limit_is_an_error(byte opcode, string what)
    {
        byte[] content = [0x01, opcode, 0xff, 0xff, 0x7f, .. new byte[100]];
        var result = ComponentDecoder.Decode(Samples.Component(Samples.Section(7, content)));
        Assert.Contains(what, result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_over_its_limit_is_an_error()
    {
        byte[] name = [.. Enumerable.Repeat((byte)'a', 100_001)];
        byte[] content = [.. new Out(padding: 0).Byte(1).Byte(0x6d).Byte(1).Name(System.Text.Encoding.ASCII.GetString(name)).ToArray()];
        var result = ComponentDecoder.Decode(Samples.Component(Samples.Section(7, content)));
        Assert.Contains("100001 bytes is longer", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void So_many_instances_as_in_Wasmtime_are_the_most()
    {
        byte[] one = Samples.Section(2, 0x01, 0x01, 0x00);
        Assert.True(ComponentDecoder.Decode(Samples.Component([.. Enumerable.Repeat(one, 4_096)])).IsRight);
        Assert.True(ComponentDecoder.Decode(Samples.Component([.. Enumerable.Repeat(one, 4_097)])).IsLeft);
    }

    [Fact]
    public void A_million_names_that_must_differ_end()
    {
        var o = new Out(padding: 0).U32(1_000_000);
        for (int i = 0; i < 1_000_000; i++)
            o.Byte(0).Name($"n{i}").Byte(3).Byte(1);
        var result = Ending.Of(() => ComponentDecoder.Decode(Samples.Component(Samples.Section(10, o.ToArray()))));
        Assert.True(result.IsRight, result.ToString());
    }

    private static Either<Diagnostic, ComponentAst> OnSmallStack(byte[] bytes)
    {
        Either<Diagnostic, ComponentAst> result = default;
        var thread = new Thread(() => result = ComponentDecoder.Decode(bytes), maxStackSize: 256 * 1024);
        thread.Start();
        thread.Join();
        return result;
    }
}
