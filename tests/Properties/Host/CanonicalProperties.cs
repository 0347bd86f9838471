using System;
using System.Linq;
using System.Text;
using Fact.Host;
using Fact.Host.Canonical;
using Fact.Ir;
using Fact.Model;
using Fact.Model.Laws;
using Fact.Properties.Generators;
using Fact.Values;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace Fact.Properties.Host;

/// <summary>How a guest's memory is laid out: pointers and strings.</summary>
public sealed record GuestAbi(bool Is64, StringEncoding Encoding);

public static class GuestGenerators
{
    public static Arbitrary<GuestAbi> Abi() =>
        (from is64 in Gen.Elements(true, false) from e in Gen.Elements(System.Enum.GetValues<StringEncoding>()) select new GuestAbi(is64, e)).ToArbitrary();
}

/// <summary>Lowering and lifting are inverse to each other, and a hostile guest can make them trap and nothing else.</summary>
[Properties(Arbitrary = [typeof(ValueGenerators), typeof(GuestGenerators)])]
public sealed class CanonicalProperties
{
    [Law(2_000)]
    public void Core_types_are_the_specifications(TypedValues a, TypedValues b, TypedValues c, bool is64)
    {
        var spec = is64 ? SpecAbi.With64 : SpecAbi.With32;
        var type = new ComponentFuncType([new("a", a.Type), new("b", b.Type)], c.Type);
        var options = new CanonicalOptions(StringEncoding.Utf8);
        var function = Layout(type, is64);
        Assert.Equal(spec.FlattenFuncType(options, type, lift: true), function.Lifted);
        Assert.Equal(spec.FlattenFuncType(options, type, lift: false), function.Lowered);
    }

    [Law(2_000)]
    public void Lifting_lowered_parameters_returns_them(TypedValues a, TypedValues b, GuestAbi abi)
    {
        var function = Layout(new([new("a", a.Type), new("b", b.Type), new("c", a.Type)], null), abi.Is64);
        var guest = new FakeGuest(abi.Is64);
        ComponentValue[] values = [a.First, b.First, a.Second];
        var flat = new Lowerer(guest.Context(abi.Encoding)).Params(values.ToEquatableArray(), function);
        Assert.Equal(function.Lifted.Params.Length, flat.Count);
        AssertFits(flat.ToArray(), function.Lifted.Params);
        Assert.Equal(values, new Lifter(guest.Context(abi.Encoding)).Params(flat.ToArray(), function));
    }

    [Law(2_000)]
    public void Lifting_a_lowered_result_returns_it(TypedValues v, GuestAbi abi)
    {
        var function = Layout(new([], v.Type), abi.Is64);
        var guest = new FakeGuest(abi.Is64);
        var layout = guest.Context(abi.Encoding).LayoutOf(v.Type);
        ulong room = guest.Realloc(0, 0, layout.Alignment, layout.ElemSize);
        var flat = new Lowerer(guest.Context(abi.Encoding)).Result(v.First, function, room);
        Assert.Equal(function.Lowered.Results.Length, flat.Count);
        AssertFits(flat.ToArray(), function.Lowered.Results);
        Assert.Equal(v.First, new Lifter(guest.Context(abi.Encoding)).Result(function.ResultInMemory ? [room] : flat.ToArray(), function));
    }

    [Law(2_000)]
    public void Lifting_from_a_hostile_guest_returns_a_value_of_the_type_or_traps(TypedValues v, GuestAbi abi, byte[] memory, int seed)
    {
        var random = new Random(seed);
        var function = Layout(new([new("a", v.Type)], v.Type), abi.Is64);
        // Small numbers are likely to be pointers and lengths that are right.
        byte[] bytes = [.. memory, .. Enumerable.Range(0, 200).Select(_ => (byte)(random.Next(3) == 0 ? random.Next(256) : random.Next(4) == 0 ? random.Next(64) : 0))];
        ulong[] flat = [.. function.Lifted.Params.Items.Select(t => Masked(random.Next(3) == 0 ? (ulong)random.NextInt64() : (ulong)random.Next(220), t))];
        Survives(() => new Lifter(new FakeGuest(abi.Is64, bytes).Context(abi.Encoding, maxLifted: 1 << 20)).Params(flat, function)[0], v.Type);
        ulong[] result = [.. function.Lifted.Results.Items.Select(t => Masked((ulong)random.Next(220), t))];
        Survives(() => new Lifter(new FakeGuest(abi.Is64, bytes).Context(abi.Encoding, maxLifted: 1 << 20)).Result(result, function)!, v.Type);
    }

    [Law(2_000)]
    public void Lowering_into_a_hostile_guest_writes_where_its_allocator_said_or_traps(TypedValues v, GuestAbi abi, int seed)
    {
        var random = new Random(seed);
        var function = Layout(new([new("a", v.Type)], null), abi.Is64);
        var guest = new FakeGuest(abi.Is64, 4096);
        int calls = 0;
        ulong Realloc(ulong old, ulong oldSize, uint alignment, ulong newSize) =>
            ++calls < 3 && random.Next(2) == 0
                ? guest.Realloc(old, oldSize, alignment, newSize)
                : random.Next(4) switch { 0 => ulong.MaxValue, 1 => guest.Length, 2 => (ulong)random.Next(4096), _ => (ulong)random.Next(512) * 8 };
        try
        {
            new Lowerer(guest.Context(abi.Encoding, Realloc)).Params([v.First], function);
        }
        catch (TrapSignal trap)
        {
            Assert.Contains("realloc return", trap.Trap.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_list_that_shares_its_elements_cannot_make_the_host_read_without_end()
    {
        // Each list of 15 lists shares one list of 15 lists…: 15^8 values in 200 bytes.
        ValType type = ValType.Of(PrimitiveType.U8);
        byte[] memory = new byte[256];
        for (int level = 0; level < 8; level++)
            type = new ValType.List(type);
        for (int i = 0; i < 15; i++)
        {
            memory[i * 8] = 0;
            memory[(i * 8) + 4] = 15;
        }
        var function = Layout(new([new("a", type)], null), false);
        var trap = Assert.Throws<TrapSignal>(() => new Lifter(new FakeGuest(false, memory).Context(StringEncoding.Utf8, maxLifted: 1 << 16)).Params([0, 15], function));
        Assert.StartsWith("the values that the call passes to the host take more than 65536 bytes here", trap.Trap.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abc", StringEncoding.Utf8, "0 0 1 3")]
    [InlineData("aß☃", StringEncoding.Utf8, "0 0 1 6")]
    [InlineData("abc", StringEncoding.Utf16, "0 0 2 6")]
    [InlineData("aß☃", StringEncoding.Utf16, "0 0 2 12; 8 12 2 6")]
    [InlineData("", StringEncoding.Utf16, "0 0 2 0")]
    [InlineData("abc", StringEncoding.Latin1OrUtf16, "0 0 2 3")]
    [InlineData("aß", StringEncoding.Latin1OrUtf16, "0 0 2 3; 8 3 2 2")]
    [InlineData("aß☃", StringEncoding.Latin1OrUtf16, "0 0 2 6; 8 6 2 12; 14 12 2 6")]
    public void Strings_are_allocated_as_the_specification_says(string text, StringEncoding encoding, string calls)
    {
        var guest = new FakeGuest(false);
        new Lowerer(guest.Context(encoding)).Params([ComponentValues.String(text)], Layout(new([new("a", ValType.Of(PrimitiveType.String))], null), false));
        Assert.Equal(calls, string.Join("; ", guest.Calls.Select(c => $"{c.Old} {c.OldSize} {c.Alignment} {c.NewSize}")));
    }

    [Theory]
    [InlineData(0xD800u)]
    [InlineData(0xDFFFu)]
    [InlineData(0x110000u)]
    [InlineData(0xFFFFFFFFu)]
    public void What_is_no_char_traps_with_its_path(uint bits)
    {
        var function = Layout(new([new("p", new ValType.Tuple([ValType.Of(PrimitiveType.Bool), ValType.Of(PrimitiveType.Char)]))], null), false);
        var trap = Assert.Throws<TrapSignal>(() => new Lifter(new FakeGuest(false).Context(StringEncoding.Utf8)).Params([1, bits], function));
        Assert.Equal(new Trap("invalid char value specified", "", "param \"p\" · tuple element 1"), trap.Trap);
    }

    [Theory]
    [InlineData(3u, 0u, 1u, "pointer not aligned correctly")]
    [InlineData(12u, 4u, 1u, "list pointer/length out of bounds of memory")]
    [InlineData(16u, 1u, 1u, "list pointer/length out of bounds of memory")]
    [InlineData(0xFFFFFFFCu, 1u, 1u, "list pointer/length out of bounds of memory")]
    [InlineData(0u, 1u << 26, 1u, "byte size of list exceeds maximum")]
    [InlineData(0u, (1u << 26) - 1, 1u, "list pointer/length out of bounds of memory")]
    [InlineData(16u, 0u, 0u, "")]
    [InlineData(0u, 4u, 0u, "")]
    public void Lists_are_checked_for_alignment_bounds_and_length(uint pointer, uint length, uint traps, string message)
    {
        var function = Layout(new([new("p", new ValType.List(ValType.Of(PrimitiveType.U32)))], null), false);
        var lifter = new Lifter(new FakeGuest(false, 16).Context(StringEncoding.Utf8));
        if (traps == 0)
            lifter.Params([pointer, length], function);
        else
            Assert.Equal(message, Assert.Throws<TrapSignal>(() => lifter.Params([pointer, length], function)).Trap.Message);
    }

    [Fact]
    public void Lengths_of_tagged_strings_are_checked_without_their_tag()
    {
        var function = Layout(new([new("p", ValType.Of(PrimitiveType.String))], null), false);
        var guest = new FakeGuest(false, Encoding.Unicode.GetBytes("aß☃x"));
        Assert.Equal(ComponentValues.String("aß☃x"), new Lifter(guest.Context(StringEncoding.Latin1OrUtf16)).Params([0, 0x8000_0004], function)[0]);
        Assert.Throws<TrapSignal>(() => new Lifter(guest.Context(StringEncoding.Latin1OrUtf16)).Params([0, 0x8000_0005], function));
        Assert.Throws<TrapSignal>(() => new Lifter(guest.Context(StringEncoding.Latin1OrUtf16)).Params([1, 1], function));
    }

    [Fact]
    public void Types_that_no_valid_component_has_are_refused()
    {
        ValType deep = ValType.Of(PrimitiveType.U8), wide = ValType.Of(PrimitiveType.U64);
        for (int i = 0; i < 300; i++)
            deep = new ValType.Option(deep);
        for (int i = 0; i < 40; i++)
            wide = new ValType.Tuple([wide, wide]);
        ValType half = new ValType.FixedLengthList(ValType.Of(PrimitiveType.U8), 1 << 27);
        Assert.True(new FunctionLayouts().Of(new ComponentFuncType([new("p", half)], half), NoMemory, lifted: true).IsRight);
        Assert.True(new FunctionLayouts().Of(new ComponentFuncType([new("p", half), new("q", half)], null), NoMemory, lifted: true).IsLeft);
        foreach (var type in new[] { deep, wide, new ValType.List(new ValType.Tuple([])), new ValType.FixedLengthList(ValType.Of(PrimitiveType.U8), uint.MaxValue) })
            Assert.True(new FunctionLayouts().Of(new ComponentFuncType([new("p", type)], null), NoMemory, lifted: true).IsLeft);
    }

    private static CanonicalOptions NoMemory { get; } = new(default);

    private static FunctionLayout Layout(ComponentFuncType type, bool is64) =>
        new FunctionLayouts().Of(type, new(default, new(new(0), new(is64))), lifted: true).IfLeft(e => throw new InvalidOperationException(e.ToString()));

    private static ulong Masked(ulong bits, CoreValType type) => type is CoreValType.I32 or CoreValType.F32 ? (uint)bits : bits;

    private static void AssertFits(ulong[] flat, EquatableArray<CoreValType> types) =>
        Assert.All(flat.Zip(types.Items), f => Assert.Equal(f.Item1, Masked(f.Item1, f.Item2)));

    private static void Survives(Func<ComponentValue> lift, ValType type)
    {
        try
        {
            Assert.True(ValueCheck.Check(lift(), type).IsSuccess);
        }
        catch (TrapSignal trap)
        {
            Assert.NotEmpty(trap.Trap.Message);
        }
    }
}
