using System;
using System.Linq;
using Fact.Host;
using Fact.Host.Canonical;
using Fact.Ir;
using Fact.Model.Laws;
using Fact.Values;
using FsCheck.Xunit;
using Xunit;

namespace Fact.Properties.Host;

/// <summary>What a guest passes is counted as what it takes here, before it is allocated.</summary>
[Properties(Arbitrary = [typeof(ValueGenerators), typeof(GuestGenerators)])]
public sealed class LiftedSizeLaws
{
    /// <summary>What lifting needs beside the values, whatever they are: the context, the path, the lists of flat values.</summary>
    private const long Own = 4_096;

    [Law(500)]
    public void Lifting_allocates_no_more_than_it_counts(TypedValues v, GuestAbi abi)
    {
        var (function, flat, guest) = Lowered(new ComponentValue.List(Enumerable.Repeat(v.First, 30).ToEquatableArray()), new ValType.List(v.Type), abi);
        // Once for what the runtime allocates on the first time.
        new Lifter(guest.Context(abi.Encoding)).Params(flat, function);
        var context = guest.Context(abi.Encoding);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var values = new Lifter(context).Params(flat, function);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated <= (long)context.Lifted + Own, $"{allocated} bytes were allocated, {context.Lifted} counted");
        // Nor is honest input stopped early: the count is not far above what the values take.
        Assert.True((long)context.Lifted <= (2 * allocated) + Own, $"{context.Lifted} bytes were counted, {allocated} allocated");
        GC.KeepAlive(values);
    }

    [Law(500)]
    public void Lifting_stops_at_the_limit_before_it_allocates_more(TypedValues v, GuestAbi abi, ushort limit)
    {
        var (function, flat, guest) = Lowered(new ComponentValue.List(Enumerable.Repeat(v.First, 30).ToEquatableArray()), new ValType.List(v.Type), abi);
        var unlimited = guest.Context(abi.Encoding);
        new Lifter(unlimited).Params(flat, function);
        var context = guest.Context(abi.Encoding, maxLifted: limit);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var trap = Record.Exception(() => new Lifter(context).Params(flat, function));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(unlimited.Lifted > limit, trap is TrapSignal);
        // An exception takes some kilobytes too.
        Assert.True(trap is null || allocated <= limit + 65_536, $"{allocated} bytes were allocated, the limit was {limit}");
    }

    [Theory]
    [InlineData("bool", 4_000_000, true)]
    [InlineData("bool", 40_000_000, false)]
    [InlineData("(tuple (tuple (tuple (tuple bool))))", 1_000_000, true)]
    [InlineData("(tuple (tuple (tuple (tuple bool))))", 4_000_000, false)]
    [InlineData("u16", 8_000_000, true)]
    [InlineData("u16", 16_000_000, false)]
    [InlineData("u8", 60_000_000, true)]
    [InlineData("s8", 8_000_000, true)]
    [InlineData("s8", 16_000_000, false)]
    public void By_default_a_few_hundred_megabytes_are_the_limit(string element, int length, bool fits)
    {
        using var instance = HostRun.Instantiate($$"""
            (component
              (core module $m (memory (export "m") 1024)
                (func (export "f") (param i32) (result i32)
                  (i32.store (i32.const 0) (i32.const 16)) (i32.store (i32.const 4) (local.get 0)) (i32.const 0)))
              (core instance $i (instantiate $m))
              (func (export "f") (param "n" u32) (result (list {{element}})) (canon lift (core func $i "f") (memory (core memory $i "m")))))
            """);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var result = instance.Invoke("f", ComponentValues.U32((uint)length));
        Assert.Equal(fits, result.IsRight);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 300_000_000);
        const string Limit = "trap: the values that the call passes to the host take more than 268435456 bytes here, the limit of this host (result";
        Assert.StartsWith(fits ? "" : Limit, result.Match(_ => "", f => f.ToString()), StringComparison.Ordinal);
    }

    private static (FunctionLayout Function, ulong[] Flat, FakeGuest Guest) Lowered(ComponentValue value, ValType type, GuestAbi abi)
    {
        var function = new FunctionLayouts().Of(new ComponentFuncType([new("a", type)], null), new(default, new(new(0), new(abi.Is64))), lifted: true)
            .IfLeft(e => throw new InvalidOperationException(e.ToString()));
        var guest = new FakeGuest(abi.Is64);
        ulong[] flat = [.. new Lowerer(guest.Context(abi.Encoding)).Params([value], function)];
        return (function, flat, guest);
    }
}
