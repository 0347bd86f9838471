using System.Linq;
using Fact.Conformance.Behaviour.Rig;
using Fact.Ir;
using Fact.Model;
using Fact.Model.Guests;
using Fact.Properties.Generators;
using Xunit;

namespace Fact.Conformance.Behaviour;

/// <summary>Parameters and results that do not fit, and the pointers that stand for them.</summary>
public sealed class SignatureTests
{
    private static ValType[] Many(int count) => [.. Enumerable.Range(0, count).Select(i => i % 2 == 0 ? Make.U64 : Make.U8)];

    [Fact]
    public void Sixteen_parameters_are_flat()
    {
        using var rig = Make.Rig(Make.Takes(Many(16)));
        ulong[] sent = [.. Enumerable.Range(1, 16).Select(i => (ulong)i)];
        rig.CallBits(sent);
        Assert.Equal(sent, rig.Received!.Select(value => value.Bits));
        Assert.Empty(rig.Lift.Reallocs);
    }

    [Theory]
    [InlineData(MemoryPlan.With32, MemoryPlan.With64)]
    [InlineData(MemoryPlan.With64, MemoryPlan.With32)]
    public void Seventeen_parameters_are_one_allocation(MemoryPlan lower, MemoryPlan lift)
    {
        using var rig = Make.Rig(Make.Takes(Many(17)), new(Memory: lower), new(Memory: lift));
        SpecValue[] values = [.. Enumerable.Range(1, 17).Select(i => Make.Bits((ulong)i))];
        Assert.Equal(values, rig.Pass(values));
        Assert.Equal([(0UL, 0UL, 8UL, 136UL)], rig.Lift.Reallocs);
        Assert.Single(rig.Received!);
    }

    [Fact]
    public void Parts_of_many_parameters_are_allocated_after_them()
    {
        using var rig = Make.Rig(Make.Takes([.. Enumerable.Repeat(Make.Text, 9)]), new(StringEncoding.Utf16), new(Memory: MemoryPlan.With64));
        SpecValue[] values = [.. Enumerable.Range(0, 9).Select(i => Make.String(rig.Lower, new string('a', i)))];
        rig.Pass(values);
        Assert.Equal([(0UL, 0UL, 8UL, 144UL), .. Enumerable.Range(0, 9).Select(i => (0UL, 0UL, 1UL, (ulong)i))], rig.Lift.Reallocs);
    }

    [Theory]
    [InlineData(0x404, "pointer not aligned correctly")]
    [InlineData(0x20000 - 128, "pointer out of bounds of memory")]
    [InlineData(0xFFFF_FFF8, "pointer out of bounds of memory")]
    public void The_address_of_many_parameters_is_checked(uint address, string message)
    {
        using var rig = Make.Rig(Make.Takes(Many(17)));
        var report = rig.Traps(address);
        Assert.Equal((message, "params"), (report.Message, report.Path));
        Assert.Empty(rig.Lift.Reallocs);
    }

    [Theory]
    [InlineData(0x8004, "pointer not aligned correctly")]
    [InlineData(0x20000 - 128, "realloc result out of bounds of memory")]
    public void What_is_allocated_for_many_parameters_is_checked(uint address, string message)
    {
        using var rig = Make.Rig(Make.Takes(Many(17)));
        rig.Lift.Heap.Answer = (_, _) => address;
        var report = rig.Traps(rig.Lower.Put(new byte[136], 8));
        Assert.Equal((message, "params"), (report.Message, report.Path));
    }

    [Fact]
    public void One_flat_result_is_returned_and_two_go_through_memory()
    {
        using (var rig = Make.Rig(Make.Gives(new ValType.Tuple([Make.U8]))))
        {
            rig.Callee = _ => [new(CoreValType.I32, 0x107)];
            Assert.Equal([7UL], rig.CallBits());
        }
        using (var rig = Make.Rig(Make.Gives(new ValType.Tuple([Make.U8, Make.U64])), new(Memory: MemoryPlan.With64), new(Memory: MemoryPlan.With32)))
        {
            var value = Make.Tuple(Make.Bits(7), Make.Bits(ulong.MaxValue));
            Assert.Equal(value, rig.Return(value));
            Assert.Empty(rig.Lower.Reallocs);
        }
    }

    [Theory]
    [InlineData(0x404, 0x500, "pointer not aligned correctly")]
    [InlineData(0x500, 0x404, "pointer not aligned correctly")]
    [InlineData(0x1FFF8, 0x500, "pointer out of bounds of memory")]
    [InlineData(0x500, 0x1FFF8, "pointer out of bounds of memory")]
    [InlineData(0x500, 0xFFFF_FFF8, "pointer out of bounds of memory")]
    public void Both_addresses_of_a_result_are_checked(uint from, uint to, string message)
    {
        using var rig = Make.Rig(Make.Gives(new ValType.Tuple([Make.U8, Make.U64])));
        rig.Callee = _ => [new(CoreValType.I32, from)];
        var report = rig.Traps(to);
        Assert.Equal((message, "result"), (report.Message, report.Path));
    }

    [Fact]
    public void The_return_pointer_comes_after_the_parameters()
    {
        using var rig = Make.Rig(new([new("a", Make.U8), new("b", Make.Text)], Make.Text), new(Memory: MemoryPlan.With64));
        ulong at = rig.Lower.Room(8, 16), text = rig.Lower.Put("hi"u8, 1);
        rig.Callee = arguments =>
        {
            ulong pair = rig.Lift.Put(Make.String(rig.Lift, "there"), Make.Text);
            return [new(CoreValType.I32, pair)];
        };
        rig.CallBits(3, text, 2, at);
        Assert.Equal("there", ((SpecValue.Text)rig.Lower.Setup.Load(at, Make.Text)).Value);
        Assert.Equal([3UL, 2UL], rig.Received!.Where((_, i) => i != 1).Select(value => value.Bits));
    }

    [Fact]
    public void A_function_without_parameters_and_result_only_calls()
    {
        using var rig = Make.Rig(new([], null));
        Assert.Empty(rig.CallBits());
        Assert.Equal(["callee"], rig.Events.Select(e => e.What));
    }
}
