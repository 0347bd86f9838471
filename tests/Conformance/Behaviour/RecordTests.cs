using System.Linq;
using Fact.Conformance.Behaviour.Rig;
using Fact.Ir;
using Fact.Model;
using Fact.Properties.Generators;
using Xunit;

namespace Fact.Conformance.Behaviour;

/// <summary>Records: each field goes where the layout of the other side has it.</summary>
public sealed class RecordTests
{
    private static readonly ValType Type =
        new ValType.Record([new("small", Make.U8), new("text", Make.Text), new("wide", Make.U64), new("flag", Make.Bool), new("real", Make.F32)]);

    private static SpecValue Value(AdapterRig rig) => Make.Record(
        ("small", Make.Bits(0xAB)),
        ("text", Make.String(rig.Lower, "abc")),
        ("wide", Make.Bits(0x0123_4567_89AB_CDEF)),
        ("flag", new SpecValue.Bool(true)),
        ("real", Make.Bits(0x3F80_0000)));

    [Fact]
    public void Fields_arrive_flat_as_their_types_say()
    {
        using var rig = Make.Rig(Make.Takes(new ValType.Record([new("small", Make.U8), new("wide", Make.U64), new("flag", Make.Bool), new("real", Make.F32)])));
        rig.CallBits(0x1AB, 0x0123_4567_89AB_CDEF, 2, 0x3F80_0000);
        Assert.Equal([0xABUL, 0x0123_4567_89AB_CDEF, 1, 0x3F80_0000], rig.Received!.Select(value => value.Bits));
    }

    [Theory]
    [InlineData(MemoryPlan.With32, MemoryPlan.With32)]
    [InlineData(MemoryPlan.With64, MemoryPlan.With32)]
    [InlineData(MemoryPlan.With32, MemoryPlan.With64)]
    public void Fields_go_where_the_other_layout_has_them(MemoryPlan lower, MemoryPlan lift)
    {
        using var rig = Make.Rig(Make.Takes(new ValType.List(Type)), new(Memory: lower), new(Memory: lift));
        var values = Make.List(Value(rig), Value(rig));
        Assert.Equal([values], rig.Pass(values));
        Assert.Equal((0UL, 0UL, 8UL, 2 * rig.Lift.Setup.Abi.ElemSize(Type)), rig.Lift.Reallocs.First());
    }

    [Fact]
    public void Parts_are_allocated_in_the_order_of_the_fields()
    {
        using var rig = Make.Rig(Make.Takes(new ValType.Record([new("x", Make.Text), new("y", new ValType.List(Make.U64))])));
        rig.Pass(Make.Record(("x", Make.String(rig.Lower, "abc")), ("y", Make.List(Make.Bits(1), Make.Bits(2)))));
        Assert.Equal([(0UL, 0UL, 1UL, 3UL), (0UL, 0UL, 8UL, 16UL)], rig.Lift.Reallocs);
    }

    [Theory]
    [InlineData(MemoryPlan.With64, MemoryPlan.With32)]
    [InlineData(MemoryPlan.With32, MemoryPlan.With64)]
    public void A_result_of_many_fields_is_read_where_the_callee_has_it_and_written_where_the_caller_has_it(MemoryPlan lower, MemoryPlan lift)
    {
        using var rig = Make.Rig(Make.Gives(Type), new(Memory: lower), new(Memory: lift));
        var value = Value(rig);
        Assert.Equal(value, rig.Return(value));
    }
}
