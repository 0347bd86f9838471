using System.Linq;
using Fact.Ir;
using Fact.Lower.Abi;
using Fact.Lower.Code;
using Fact.Model;
using Fact.Model.Laws;
using Fact.Properties.Generators;
using FsCheck.Xunit;
using Xunit;

namespace Fact.Properties.Lower;

/// <summary>Layouts are those of the specification, by an independent transcription of its functions.</summary>
[Properties(Arbitrary = [typeof(Arbitraries), typeof(WildGen)])]
public sealed class LayoutLaws
{
    [Law(1000)]
    public void Alignment_and_size_are_the_specifications(ValType type)
    {
        var abi = Of(type);
        foreach (var (layout, spec) in new[] { (abi.Layout32, SpecAbi.With32), (abi.Layout64, SpecAbi.With64) })
        {
            Assert.Equal(spec.Alignment(type), layout.Alignment);
            Assert.Equal(spec.ElemSize(type), layout.ElemSize);
        }
    }

    [Law(1000)]
    public void Flat_types_are_the_specifications(ValType type)
    {
        var abi = Of(type);
        Assert.Equal(SpecAbi.With32.FlattenTypes([type], SpecAbi.MaxFlatParams), abi.Layout32.FlatTypes);
        Assert.Equal(SpecAbi.With64.FlattenTypes([type], SpecAbi.MaxFlatParams), abi.Layout64.FlatTypes);
    }

    [Law(500)]
    public void Fields_begin_where_the_specification_walks_to(ValType type)
    {
        if (SpecAbi.Despecialize(type) is not ValType.Record record)
            return;
        foreach (var (ptr, spec) in new[] { (CoreValType.I32, SpecAbi.With32), (CoreValType.I64, SpecAbi.With64) })
        {
            ulong at = 0;
            uint[] offsets = Of(type).For(ptr).Offsets;
            for (int i = 0; i < record.Fields.Length; i++)
            {
                at = SpecAbi.AlignTo(at, spec.Alignment(record.Fields[i].Type));
                Assert.Equal(at, offsets[i]);
                at += spec.ElemSize(record.Fields[i].Type);
            }
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
        Assert.Equal((ulong)bytes, Of(type).Layout32.ElemSize);
        Assert.Equal((ulong)bytes, SpecAbi.DiscriminantSize(cases));
    }

    [Fact]
    public void Equal_types_are_one_object_however_they_were_made()
    {
        var types = new AbiTypes((_, message) => Assert.Fail(message));
        Assert.Same(types.Of(Make(), new ValuePath()), types.Of(Make(), new ValuePath()));

        static ValType Make() => new ValType.List(new ValType.Record([new("x", new ValType.Option(new ValType.Own(new(3)))), new("y", ValType.Of(PrimitiveType.U8))]));
    }

    [Fact]
    public void A_type_that_differs_anywhere_is_another_object()
    {
        ValType u8 = ValType.Of(PrimitiveType.U8);
        ValType[] different =
        [
            u8,
            ValType.Of(PrimitiveType.S8),
            new ValType.List(u8),
            new ValType.FixedLengthList(u8, 1),
            new ValType.FixedLengthList(u8, 2),
            new ValType.Tuple([u8, u8]),
            new ValType.Record([new("0", u8), new("1", u8)]),
            new ValType.Record([new("1", u8), new("0", u8)]),
            new ValType.Option(u8),
            new ValType.Variant([new("none", null), new("some", u8)]),
            new ValType.Result(null, u8),
            new ValType.Result(u8, null),
            new ValType.Result(null, null),
            new ValType.Variant([new("ok", null), new("error", null)]),
            new ValType.Enum(["ok", "error"]),
            new ValType.Flags(["ok", "error"]),
            new ValType.Own(new(1)),
            new ValType.Own(new(2)),
            new ValType.Borrow(new(1)),
            new ValType.Stream(new(1)),
            new ValType.Future(new(1)),
            new ValType.ErrorContext(new(1)),
            new ValType.Map(u8, u8),
        ];
        var types = new AbiTypes((_, message) => Assert.Fail(message));
        Assert.Equal(different.Length, different.Select(t => types.Of(t, new ValuePath()).Id).Distinct().Count());
    }

    private static AbiType Of(ValType type) => new AbiTypes((path, message) => Assert.Fail($"{path}: {message}")).Of(type, new ValuePath());
}
