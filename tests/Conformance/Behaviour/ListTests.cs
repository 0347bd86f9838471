using System.Linq;
using Fact.Conformance.Behaviour.Rig;
using Fact.Ir;
using Fact.Model;
using Fact.Model.Guests;
using Fact.Properties.Generators;
using Xunit;

namespace Fact.Conformance.Behaviour;

/// <summary>Lists, lists of fixed length and maps.</summary>
public sealed class ListTests
{
    public static TheoryData<MemoryPlan, MemoryPlan> Memories => new()
    {
        { MemoryPlan.With32, MemoryPlan.With32 },
        { MemoryPlan.With32, MemoryPlan.With64 },
        { MemoryPlan.With64, MemoryPlan.With32 },
        { MemoryPlan.With64, MemoryPlan.With64 },
        { MemoryPlan.Bytes32, MemoryPlan.Bytes64 },
    };

    [Theory]
    [MemberData(nameof(Memories))]
    public void An_empty_list_is_allocated_too(MemoryPlan lower, MemoryPlan lift)
    {
        using var rig = Make.Rig(Make.Takes(new ValType.List(Make.U64)), new(Memory: lower), new(Memory: lift));
        rig.CallBits(8, 0);
        Assert.Equal([(0UL, 0UL, 8UL, 0UL)], rig.Lift.Reallocs);
        Assert.Equal([rig.Lift.Heap.Calls[0].Result, 0], rig.Received!.Select(value => value.Bits));
    }

    [Theory]
    [MemberData(nameof(Memories))]
    public void Bytes_are_copied(MemoryPlan lower, MemoryPlan lift)
    {
        using var rig = Make.Rig(Make.Takes(new ValType.List(Make.U8)), new(Memory: lower), new(Memory: lift));
        byte[] bytes = [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * 7))];
        rig.CallBits(rig.Lower.Put(bytes, 1), 1000);
        Assert.Equal([(0UL, 0UL, 1UL, 1000UL)], rig.Lift.Reallocs);
        Assert.Equal(1000UL, rig.Received![1].Bits);
        Assert.Equal(bytes, rig.Lift.Bytes.Slice((int)rig.Received[0].Bits, 1000).ToArray());
    }

    [Theory]
    [MemberData(nameof(Memories))]
    public void Lists_of_lists_are_allocated_from_the_outside_in(MemoryPlan lower, MemoryPlan lift)
    {
        using var rig = Make.Rig(Make.Takes(new ValType.List(new ValType.List(Make.U16))), new(Memory: lower), new(Memory: lift));
        var value = Make.List(Make.List(Make.Bits(1), Make.Bits(0xFFFF)), Make.List(), Make.List(Make.Bits(3)));
        Assert.Equal([value], rig.Pass(value));
        ulong ptr = rig.Lift.Setup.Abi.PtrSize;
        Assert.Equal([(0UL, 0UL, ptr, 6 * ptr), (0UL, 0UL, 2UL, 4UL), (0UL, 0UL, 2UL, 0UL), (0UL, 0UL, 2UL, 2UL)], rig.Lift.Reallocs);
    }

    [Theory]
    [MemberData(nameof(Memories))]
    public void Lists_of_strings_of_other_pointers_have_another_size(MemoryPlan lower, MemoryPlan lift)
    {
        using var rig = Make.Rig(Make.Takes(new ValType.List(Make.Text)), new(Memory: lower), new(Memory: lift));
        var value = Make.List(Make.String(rig.Lower, "ab"), Make.String(rig.Lower, "c"));
        Assert.Equal([value], rig.Pass(value));
        Assert.Equal(4 * rig.Lift.Setup.Abi.PtrSize, rig.Lift.Heap.Calls[0].NewSize);
    }

    [Theory]
    [InlineData(0x1FFF0, 3, "list out of bounds of memory")]
    [InlineData(0x20000, 1, "list out of bounds of memory")]
    [InlineData(0xFFFF_FFF8, 2, "list out of bounds of memory")]
    [InlineData(0x404, 1, "pointer not aligned correctly")]
    public void A_source_that_is_not_there_or_not_aligned_traps(ulong ptr, ulong length, string message)
    {
        foreach (var memory in new[] { MemoryPlan.With32, MemoryPlan.With64 })
        {
            using var rig = Make.Rig(Make.Takes(new ValType.List(Make.U64)), new(Memory: memory));
            var report = rig.Traps(ptr, length);
            Assert.Equal((message, "param \"p0\""), (report.Message, report.Path));
            Assert.Empty(rig.Lift.Reallocs);
        }
    }

    [Fact]
    public void A_list_may_end_where_the_memory_ends()
    {
        using var rig = Make.Rig(Make.Takes(new ValType.List(Make.U64)));
        rig.CallBits(0x1FFF0, 2);
        rig.CallBits(0x20000, 0);
    }

    [Fact]
    public void Addresses_beyond_four_gigabytes_are_no_small_ones()
    {
        using var rig = Make.Rig(Make.Takes(new ValType.List(Make.U64)), new(Memory: MemoryPlan.With64));
        Assert.Equal("list out of bounds of memory", rig.Traps(0x1_0000_0400, 1).Message);
        Assert.Equal("byte size of list too large for i32", rig.Traps(0x400, 0x1_0000_0001).Message);
        Assert.Equal("list out of bounds of memory", rig.Traps(ulong.MaxValue - 7, 1).Message);
    }

    [Theory]
    [InlineData(MemoryPlan.With32, 0x1FFF8UL)]
    [InlineData(MemoryPlan.With64, 0x1FFF8UL)]
    [InlineData(MemoryPlan.With32, 0xFFFF_FFF8UL)]
    [InlineData(MemoryPlan.With64, 0xFFFF_FFFF_FFFF_FFF8UL)]
    [InlineData(MemoryPlan.With64, 0x1_0000_8000UL)]
    [InlineData(MemoryPlan.Bytes32, 131_000UL)]
    [InlineData(MemoryPlan.Bytes64, 130_992UL)]
    public void An_allocation_that_is_not_there_traps(MemoryPlan memory, ulong answer)
    {
        using var rig = Make.Rig(Make.Takes(new ValType.List(Make.U64)), lift: new(Memory: memory));
        rig.Lift.Heap.Answer = (_, _) => answer;
        var report = rig.Traps(rig.Lower.Put(new byte[16], 8), 2);
        Assert.Equal(("realloc result out of bounds of memory", "param \"p0\""), (report.Message, report.Path));
    }

    [Fact]
    public void An_allocation_that_is_not_aligned_traps()
    {
        using var rig = Make.Rig(Make.Takes(new ValType.List(Make.U64)));
        rig.Lift.Heap.Answer = (_, _) => 0x8004;
        Assert.Equal("pointer not aligned correctly", rig.Traps(0x400, 1).Message);
    }

    [Fact]
    public void Custom_pages_bound_a_memory_to_the_byte()
    {
        using var rig = Make.Rig(Make.Takes(new ValType.List(Make.U8)), new(Memory: MemoryPlan.Bytes32), new(Memory: MemoryPlan.Bytes64));
        rig.CallBits(130_999, 1);
        Assert.Equal("list out of bounds of memory", rig.Traps(130_999, 2).Message);
    }

    [Fact]
    public void An_allocator_may_grow_its_memory()
    {
        foreach (var memory in new[] { MemoryPlan.With32, MemoryPlan.With64 })
        {
            using var rig = Make.Rig(Make.Takes(new ValType.List(Make.U64)), lift: new(Memory: memory));
            rig.DuringRealloc = _ => rig.Lift.Memory!.Grow(3);
            rig.Lift.Heap.Answer = (_, _) => 0x2FFF0;
            rig.CallBits(rig.Lower.Put([1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 9], 8), 2);
            Assert.Equal([0x2FFF0UL, 2], rig.Received!.Select(value => value.Bits));
            Assert.Equal([2, 0, 0, 0, 0, 0, 0, 9], rig.Lift.Bytes.Slice(0x2FFF8, 8).ToArray());
        }
    }

    [Fact]
    public void A_map_is_a_list_of_pairs()
    {
        using var rig = Make.Rig(Make.Takes(new ValType.Map(Make.Text, Make.U64)));
        var value = Make.List(Make.Tuple(Make.String(rig.Lower, "one"), Make.Bits(1)), Make.Tuple(Make.String(rig.Lower, "two"), Make.Bits(2)));
        Assert.Equal([value], rig.Pass(value));
        Assert.Equal([(0UL, 0UL, 8UL, 32UL), (0UL, 0UL, 1UL, 3UL), (0UL, 0UL, 1UL, 3UL)], rig.Lift.Reallocs);
    }

    [Fact]
    public void A_list_of_fixed_length_is_flat_while_it_fits()
    {
        using var rig = Make.Rig(Make.Takes(new ValType.FixedLengthList(Make.U16, 16)));
        rig.CallBits([.. Enumerable.Range(0, 16).Select(i => 0x10000UL + (ulong)i)]);
        Assert.Equal(Enumerable.Range(0, 16).Select(i => (ulong)i), rig.Received!.Select(value => value.Bits));
        Assert.Empty(rig.Lift.Reallocs);
    }

    [Theory]
    [MemberData(nameof(Memories))]
    public void A_list_of_fixed_length_is_inline_in_memory(MemoryPlan lower, MemoryPlan lift)
    {
        foreach (var (element, make) in new (ValType, System.Func<Guest, int, SpecValue>)[]
        {
            (Make.U16, (_, i) => Make.Bits((ulong)i)),
            (Make.Bool, (_, i) => new SpecValue.Bool(i % 3 == 0)),
            (Make.Text, (guest, i) => Make.String(guest, new string('x', i))),
            (new ValType.FixedLengthList(Make.U8, 3), (_, i) => Make.List(Make.Bits((ulong)i), Make.Bits(1), Make.Bits(2))),
        })
        {
            using var rig = Make.Rig(Make.Takes(new ValType.FixedLengthList(element, 20)), new(Memory: lower), new(Memory: lift));
            var value = Make.List(Enumerable.Range(0, 20).Select(i => make(rig.Lower, i)));
            Assert.Equal([value], rig.Pass(value));
            Assert.Equal((0UL, 0UL, rig.Lift.Setup.Abi.Alignment(element), 20 * rig.Lift.Setup.Abi.ElemSize(element)), rig.Lift.Reallocs.First());
        }
    }

    [Fact]
    public void An_invalid_element_of_a_fixed_length_list_is_found()
    {
        using var rig = Make.Rig(Make.Takes(new ValType.FixedLengthList(Make.Char, 20)));
        byte[] bytes = new byte[80];
        bytes[77] = 0xD8;
        Assert.Equal(("invalid char value specified", "param \"p0\" · list element"),
            rig.Traps(rig.Lower.Put(bytes, 4)) is var report ? (report.Message, report.Path) : default);
    }
}
