using System.Linq;
using Fact.Conformance.Behaviour.Rig;
using Fact.Ir;
using Fact.Model;
using Fact.Properties.Generators;
using Xunit;

namespace Fact.Conformance.Behaviour;

/// <summary>Records, whose fields are matched by name.</summary>
public sealed class RecordTests
{
    private static readonly ValType
        Caller = new ValType.Record([new("small", Make.U8), new("wide", Make.U64), new("flag", Make.Bool), new("real", Make.F32)]),
        Callee = new ValType.Record([new("real", Make.F32), new("flag", Make.Bool), new("wide", Make.U64), new("small", Make.U8)]);

    private static readonly SpecValue Value =
        Make.Record(("small", Make.Bits(0xAB)), ("wide", Make.Bits(0x0123_4567_89AB_CDEF)), ("flag", new SpecValue.Bool(true)), ("real", Make.Bits(0x3F80_0000)));

    [Fact]
    public void Fields_go_to_their_names_flat_to_flat()
    {
        using var rig = Make.Between(Make.Takes(Caller), Make.Takes(Callee));
        rig.CallBits(0x1AB, 0x0123_4567_89AB_CDEF, 2, 0x3F80_0000);
        Assert.Equal([0x3F80_0000UL, 1, 0x0123_4567_89AB_CDEF, 0xAB], rig.Received!.Select(value => value.Bits));
    }

    [Theory]
    [InlineData(MemoryPlan.With32, MemoryPlan.With32)]
    [InlineData(MemoryPlan.With64, MemoryPlan.With32)]
    [InlineData(MemoryPlan.With32, MemoryPlan.With64)]
    public void Fields_go_to_their_names_memory_to_memory(MemoryPlan lower, MemoryPlan lift)
    {
        using var rig = Make.Between(Make.Takes(new ValType.List(Caller)), Make.Takes(new ValType.List(Callee)), new(Memory: lower), new(Memory: lift));
        var passed = (SpecValue.List)rig.Pass(Make.List(Value, Value)).Single();
        foreach (var element in passed.Elements.Items.Cast<SpecValue.Record>())
        {
            foreach (var (label, value) in ((SpecValue.Record)Value).Fields)
                Assert.Equal(value, element[label]);
        }
        // The caller's record has 24 bytes, the callee's, in a better order, as well; sizes are the callee's.
        Assert.Equal([(0UL, 0UL, 8UL, 2 * rig.Lift.Setup.Abi.ElemSize(Callee))], rig.Lift.Reallocs);
    }

    [Fact]
    public void A_record_that_is_smaller_in_the_other_order_takes_less_room()
    {
        ValType padded = new ValType.Record([new("a", Make.U8), new("b", Make.U64), new("c", Make.U8)]);
        ValType dense = new ValType.Record([new("b", Make.U64), new("a", Make.U8), new("c", Make.U8)]);
        using var rig = Make.Between(Make.Takes(new ValType.List(padded)), Make.Takes(new ValType.List(dense)));
        rig.CallBits(rig.Lower.Put(new byte[48], 8), 2);
        Assert.Equal([(0UL, 0UL, 8UL, 32UL)], rig.Lift.Reallocs);
    }

    [Fact]
    public void Parts_are_allocated_in_the_order_of_the_callee()
    {
        ValType one = new ValType.Record([new("x", Make.Text), new("y", new ValType.List(Make.U64))]);
        ValType other = new ValType.Record([new("y", new ValType.List(Make.U64)), new("x", Make.Text)]);
        using var rig = Make.Between(Make.Takes(one), Make.Takes(other));
        rig.Pass(Make.Record(("x", Make.String(rig.Lower, "abc")), ("y", Make.List(Make.Bits(1), Make.Bits(2)))));
        Assert.Equal([(0UL, 0UL, 8UL, 16UL), (0UL, 0UL, 1UL, 3UL)], rig.Lift.Reallocs);
    }

    [Fact]
    public void A_result_of_many_fields_is_read_where_the_callee_says_and_written_where_the_caller_says()
    {
        using var rig = Make.Between(Make.Gives(Caller), Make.Gives(Callee), new(Memory: MemoryPlan.With64), new());
        ulong from = rig.Lift.Put(Value, Callee);
        rig.Callee = _ => [new CoreValue(CoreValType.I32, from)];
        ulong to = rig.Lower.Room(8, 32);
        rig.CallBits(to);
        Assert.Equal(Value, rig.Lower.Setup.Load(to, Caller));
    }
}
