using System.Linq;
using Fact.Ir;
using Fact.Model;
using Fact.Model.Laws;
using Fact.Properties.Generators;
using FsCheck.Xunit;
using Xunit;

namespace Fact.Properties.Ir;

/// <summary>Layouts and core types are those of the specification, by an independent transcription of its functions.</summary>
[Properties(Arbitrary = [typeof(Arbitraries), typeof(WildGen)])]
public sealed class LayoutLaws
{
    [Law(1000)]
    public void Alignment_and_size_are_the_specifications(ValType type)
    {
        foreach (var (layout, spec) in new[] { (type.Layout32, SpecAbi.With32), (type.Layout64, SpecAbi.With64) })
        {
            Assert.Equal(spec.Alignment(type), layout.Alignment);
            Assert.Equal(spec.Alignment(type), 1u << layout.AlignmentLog2);
            Assert.Equal(spec.ElemSize(type), layout.ElemSize);
        }
    }

    [Law(1000)]
    public void Flat_types_are_the_specifications(ValType type)
    {
        foreach (var (layout, spec) in new[] { (type.Layout32, SpecAbi.With32), (type.Layout64, SpecAbi.With64) })
        {
            var flat = spec.FlattenTypes([type], SpecAbi.MaxFlatParams);
            Assert.Equal(flat is not null, layout.IsFlat);
            Assert.Equal(flat ?? [], layout.FlatTypes.ToArray());
        }
    }

    [Law(500)]
    public void Fields_begin_where_the_specification_walks_to(ValType type)
    {
        if (SpecAbi.Despecialize(type) is not ValType.Record record)
            return;
        foreach (var (ptr, spec) in new[] { (CoreValType.I32, SpecAbi.With32), (CoreValType.I64, SpecAbi.With64) })
        {
            ulong at = 0;
            uint[] offsets = type.LayoutFor(ptr).Offsets.ToArray();
            Assert.Equal(record.Fields.Length, offsets.Length);
            for (int i = 0; i < record.Fields.Length; i++)
            {
                at = SpecAbi.AlignTo(at, spec.Alignment(record.Fields[i].Type));
                Assert.Equal(at, offsets[i]);
                at += spec.ElemSize(record.Fields[i].Type);
            }
        }
    }

    [Law(500)]
    public void Payloads_begin_where_the_specification_has_them(ValType type)
    {
        if (SpecAbi.Despecialize(type) is not ValType.Variant variant)
            return;
        Assert.Equal((uint)SpecAbi.With32.PayloadOffset(type), type.Layout32.Offsets[0]);
        Assert.Equal((uint)SpecAbi.With64.PayloadOffset(type), type.Layout64.Offsets[0]);
        Assert.Equal(SpecAbi.DiscriminantSize(variant.Cases.Length), (ulong)TypeCases.DiscriminantSize(type));
    }

    [Law(500)]
    public void There_is_one_layout_exactly_where_there_is_no_pointer_inline(ValType type)
    {
        bool same = SpecAbi.With32.Alignment(type) == SpecAbi.With64.Alignment(type) && SpecAbi.With32.ElemSize(type) == SpecAbi.With64.ElemSize(type);
        Assert.Equal(same, ReferenceEquals(type.Layout32, type.Layout64));
    }

    [Law(1000)]
    public void Core_types_of_functions_are_the_specifications(AdapterPlan plan)
    {
        var adapter = plan.Build();
        foreach (var side in new[] { adapter.Lift, adapter.Lower })
        {
            var spec = SpecAbi.For(side.Options.PointerType == CoreValType.I64);
            Assert.Equal(spec.FlattenFuncType(side.Options, side.Type, lift: true), CanonicalCoreType.OfLift(side.Type, side.Options));
            Assert.Equal(spec.FlattenFuncType(side.Options, side.Type, lift: false), CanonicalCoreType.OfLower(side.Type, side.Options));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(256, 1)]
    [InlineData(257, 2)]
    [InlineData(65536, 2)]
    [InlineData(65537, 4)]
    [InlineData(100_000, 4)]
    public void The_discriminant_is_as_wide_as_the_number_of_cases_needs(int cases, int bytes)
    {
        var type = new ValType.Enum([.. Enumerable.Range(0, cases).Select(i => "c" + i)]);
        Assert.Equal((ulong)bytes, type.Layout32.ElemSize);
        Assert.Equal((ulong)bytes, SpecAbi.DiscriminantSize(cases));
    }

    [Fact]
    public void Sizes_saturate_where_no_valid_type_has_any()
    {
        ValType type = ValType.Of(PrimitiveType.U64);
        for (int i = 0; i < 50; i++)
            type = new ValType.Record([new("a", type), new("b", new ValType.FixedLengthList(type, uint.MaxValue)), new("c", type)]);
        Assert.Equal(CanonicalAbi.ElemSizeEnd, type.Layout32.ElemSize);
        Assert.False(type.Layout32.IsFlat);
    }
}
