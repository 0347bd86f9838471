using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Passes;
using Fact.Properties.Generators;
using Xunit;

namespace Fact.Properties.Lower.Passes;

/// <summary>Which neighbours are copied as one block of bytes.</summary>
public sealed class MergeBytesFacts
{
    private static readonly ValType Text = ValType.Of(PrimitiveType.String), Bool = ValType.Of(PrimitiveType.Bool), U8 = ValType.Of(PrimitiveType.U8),
        U16 = ValType.Of(PrimitiveType.U16), U32 = ValType.Of(PrimitiveType.U32), U64 = ValType.Of(PrimitiveType.U64);

    [Fact]
    public void Neighbours_without_padding_are_one_block()
    {
        Assert.Equal([new(0, 2), new(3, 3)], Runs(MemoryPlan.With32, U8, U8, Text, U16, U16, U32));
        Assert.Equal([new(1, 2)], Runs(MemoryPlan.With32, U8, U16, U16, Text));
        Assert.Equal([new(0, 2)], Runs(MemoryPlan.With32, U8, U8, Bool, U8));
        Assert.Empty(Runs(MemoryPlan.With32, U8, Text, U8));
    }

    [Fact]
    public void Padding_on_either_side_keeps_them_apart()
    {
        ValType[] types = [U32, Text, U32, U64];
        Assert.Equal([new(2, 2)], Runs(MemoryPlan.With32, MemoryPlan.With32, types));
        Assert.Empty(Runs(MemoryPlan.With64, MemoryPlan.With64, types));
        Assert.Empty(Runs(MemoryPlan.With32, MemoryPlan.With64, types));
        Assert.Empty(Runs(MemoryPlan.With64, MemoryPlan.With32, types));
    }

    [Fact]
    public void Where_all_is_bytes_it_is_one_block()
    {
        Assert.IsType<Copy.Bytes>(Element(new ValType.Tuple([new ValType.Tuple([U8, U8]), Text]), MemoryPlan.With32, MemoryPlan.With64).Parts[0].Copy);
        Assert.IsType<Copy.Bytes>(Element(new ValType.Tuple([new ValType.FixedLengthList(U32, 100), Text]), MemoryPlan.With32, MemoryPlan.With64).Parts[0].Copy);
        Assert.IsType<Copy.Repeat>(Element(new ValType.Tuple([new ValType.FixedLengthList(Bool, 100), Text]), MemoryPlan.With32, MemoryPlan.With64).Parts[0].Copy);
    }

    private static EquatableArray<PartRun> Runs(MemoryPlan both, params ValType[] types) => Runs(both, both, types);

    private static EquatableArray<PartRun> Runs(MemoryPlan from, MemoryPlan to, ValType[] types) => Element(new ValType.Tuple([.. types]), from, to).Runs;

    /// <summary>The copy of an element of a list, which is a tuple.</summary>
    private static Copy.Seq Element(ValType tuple, MemoryPlan from, MemoryPlan to)
    {
        var adapter = AdapterPlan.Of(new([new("p", new ValType.List(tuple))], null), new(Memory: from), new(Memory: to)).Build();
        var plan = PlanScenario.Planned(adapter, CompileOptions.Default.Lower, PassList.All.Only("merge-bytes"));
        var move = plan.Funcs[0].Acts.Items.OfType<Act.Move>().First();
        return Assert.IsType<Copy.Seq>(Inside(move.Copy!).OfType<Copy.List>().First().Element);

        static IEnumerable<Copy> Inside(Copy copy) => CopyParts.Of(copy).SelectMany(Inside).Prepend(copy);
    }
}
