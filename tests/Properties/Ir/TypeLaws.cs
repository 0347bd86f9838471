using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Model;
using Fact.Model.Laws;
using Fact.Properties.Generators;
using FsCheck.Xunit;
using Xunit;

namespace Fact.Properties.Ir;

/// <summary>What a type knows of itself, what types have in common, and walks over them.</summary>
[Properties(Arbitrary = [typeof(Arbitraries), typeof(WildGen)])]
public sealed class TypeLaws
{
    private static readonly ValType U8 = ValType.Of(PrimitiveType.U8);

    [Law(500)]
    public void Contents_are_what_is_in_it(ValType type)
    {
        Assert.Equal(SpecAbi.ContainsPointer(type), type.Has(TypeContents.Pointers));
        Assert.Equal(SpecAbi.ContainsBorrow(type), type.Has(TypeContents.Borrows));
        Assert.Equal(SpecAbi.Contains(type, part => part is ValType.Primitive { Type: PrimitiveType.String }), type.Has(TypeContents.Strings));
        Assert.Equal(SpecAbi.Contains(type, part => part is ValType.Own or ValType.Borrow), type.Has(TypeContents.Resources));
        Assert.Equal(
            SpecAbi.Contains(type, part => part is ValType.Own or ValType.Borrow or ValType.Stream or ValType.Future or ValType.ErrorContext),
            type.Has(TypeContents.Tables));
        Assert.Equal(All(type).Any(part => part is ValType.Record or ValType.Variant or ValType.Enum or ValType.Flags), type.Has(TypeContents.Named));
        Assert.Equal(1 + (All(type).Count() == 1 ? 0 : Deepest(type)), type.Depth);

        static int Deepest(ValType type) => Parts(type).Select(part => 1 + Deepest(part)).DefaultIfEmpty(0).Max();
    }

    [Law(300)]
    public void A_stream_passes_on_what_checking_must_know_of_its_elements_and_nothing_of_their_values(ValType element)
    {
        foreach (var type in new ValType[] { new ValType.Stream(new(1), element), new ValType.Future(new(1), element) })
        {
            Assert.Equal((element.Contents & TypeContents.OfElements) | TypeContents.Tables, type.Contents);
            Assert.Equal(4ul, type.Layout64.ElemSize);
            Assert.Equal(element.Depth + 1, type.Depth);
        }
    }

    [Law(300)]
    public void Equal_types_are_one_object_once_they_are_interned(ValType type)
    {
        var types = new TypeInterner();
        var copy = Copy(type);
        Assert.NotSame(type is ValType.Primitive ? null : type, copy);
        Assert.Equal(type, copy);
        Assert.Equal(type.GetHashCode(), copy.GetHashCode());
        Assert.Same(types.Of(type), types.Of(copy));
        Assert.Equal(type, types.Of(type));
    }

    [Law(300)]
    public void Replacing_no_part_makes_no_type(ValType type) => Assert.Same(type, TypeParts.Map(type, part => part));

    [Law(300)]
    public void Replacing_all_parts_replaces_them_from_the_first_to_the_last(ValType type)
    {
        var seen = new List<ValType>();
        var replaced = TypeParts.Map(type, part =>
        {
            seen.Add(part);
            return new ValType.Option(part);
        });
        Assert.Equal(Parts(type), seen);
        Assert.Equal(Parts(type).Select(part => new ValType.Option(part)), Parts(replaced));
        Assert.Equal(type.GetType(), replaced.GetType());
        Assert.Equal(Labels(type), Labels(replaced));
    }

    [Fact]
    public void A_type_that_differs_anywhere_is_another_type()
    {
        ValType[] different =
        [
            U8,
            ValType.Of(PrimitiveType.S8),
            new ValType.List(U8),
            new ValType.FixedLengthList(U8, 1),
            new ValType.FixedLengthList(U8, 2),
            new ValType.Tuple([U8, U8]),
            new ValType.Record([new("0", U8), new("1", U8)]),
            new ValType.Record([new("1", U8), new("0", U8)]),
            new ValType.Option(U8),
            new ValType.Variant([new("none", null), new("some", U8)]),
            new ValType.Result(null, U8),
            new ValType.Result(U8, null),
            new ValType.Result(null, null),
            new ValType.Variant([new("ok", null), new("error", null)]),
            new ValType.Enum(["ok", "error"]),
            new ValType.Flags(["ok", "error"]),
            new ValType.Own(new(1)),
            new ValType.Own(new(2)),
            new ValType.Borrow(new(1)),
            new ValType.Stream(new(1)),
            new ValType.Stream(new(2)),
            new ValType.Stream(new(1), U8),
            new ValType.Future(new(1)),
            new ValType.Future(new(1), U8),
            new ValType.ErrorContext(new(1)),
            new ValType.Map(U8, U8),
        ];
        var types = new TypeInterner();
        Assert.Equal(different.Length, different.Select(types.Of).Distinct(ReferenceEqualityComparer.Instance).Count());
    }

    [Fact]
    public void Types_that_share_parts_are_interned_once_each_however_long_they_are_written_out()
    {
        ValType Doubled() => Enumerable.Range(0, ValType.MaxDepth - 1).Aggregate((ValType)U8, (part, _) => new ValType.Tuple([part, part]));
        var types = new TypeInterner();
        Assert.Same(types.Of(Doubled()), types.Of(Doubled()));
        Assert.InRange(types.Work, 0, 10 * ValType.MaxDepth);
    }

    [Fact]
    public void Types_that_share_parts_are_compared_once_each_however_long_they_are_written_out()
    {
        ValType Doubled(PrimitiveType leaf) =>
            Enumerable.Range(0, ValType.MaxDepth - 1).Aggregate((ValType)ValType.Of(leaf), (part, _) => new ValType.Result(part, part));
        Assert.True(Doubled(PrimitiveType.U8) == Doubled(PrimitiveType.U8));
        Assert.False(Doubled(PrimitiveType.U8) == Doubled(PrimitiveType.S8));
        ValType Wide() => new ValType.Tuple([.. Enumerable.Range(0, 30_000).Select(_ => new ValType.List(new ValType.Primitive(PrimitiveType.U8)))]);
        Assert.True(Wide() == Wide());
    }

    [Law(300)]
    public void Types_are_equal_exactly_where_their_written_forms_are(ValType a, ValType b)
    {
        Assert.Equal(Written(a) == Written(b), a.Equals(b));
        foreach (var smaller in TypeGen.Shrink(a).Take(20))
            Assert.Equal(Written(a) == Written(smaller), a.Equals(smaller));

        static string Written(ValType type) =>
            $"{type.GetType().Name} {(type as ValType.Primitive)?.Type} {(type as ValType.FixedLengthList)?.Length} {Table(type)} "
            + $"({string.Join(",", Labels(type))}) ({string.Join(",", Enumerable.Range(0, TypeParts.Count(type)).Select(i => Maybe(TypeParts.At(type, i))))})";

        static string Maybe(ValType? type) => type is null ? "-" : Written(type);

        static uint? Table(ValType type) => (type as ValType.Own)?.Table.Value ?? (type as ValType.Borrow)?.Table.Value ?? (type as ValType.Stream)?.Table.Value
            ?? (type as ValType.Future)?.Table.Value ?? (type as ValType.ErrorContext)?.Table.Value;
    }

    [Fact]
    public void Types_too_deep_for_any_component_are_made_and_compared_without_the_stack()
    {
        ValType Deep() => Enumerable.Range(0, 1_000_000).Aggregate((ValType)U8, (part, _) => new ValType.Option(part));
        var (a, b) = (Deep(), Deep());
        Assert.Equal(1_000_001, a.Depth);
        Assert.False(a.Equals(b));
        Assert.True(a.Equals(a));
        Assert.InRange(a.ToString().Length, 1, TypeText.MaxLength + 200);
        Assert.EndsWith("…" + new string('>', a.ToString().Count(c => c == '>')), a.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Function_types_are_equal_by_names_types_and_color()
    {
        ComponentFuncType Make() => new([new("a", new ValType.List(U8)), new("b", U8)], U8);
        Assert.Equal(Make(), Make());
        Assert.Equal(Make().GetHashCode(), Make().GetHashCode());
        Assert.NotEqual(Make(), Make() with { Async = true });
        Assert.NotEqual(Make(), Make() with { Result = null });
        Assert.NotEqual(Make(), Make() with { Params = [new("a", new ValType.List(U8)), new("c", U8)] });
        Assert.Same(new TypeInterner() is var types ? types.Once(Make()) : null, types.Once(Make()));
    }

    private static IEnumerable<ValType> Parts(ValType type) =>
        Enumerable.Range(0, TypeParts.Count(type)).Select(i => TypeParts.At(type, i)).OfType<ValType>();

    private static IEnumerable<ValType> All(ValType type) => Parts(type).SelectMany(All).Prepend(type);

    private static IEnumerable<string> Labels(ValType type) => Enumerable.Range(0, TypeParts.LabelCount(type)).Select(i => TypeParts.LabelAt(type, i));

    /// <summary>The same type, of other objects.</summary>
    private static ValType Copy(ValType type) => type switch
    {
        ValType.Primitive t => new ValType.Primitive(t.Type),
        ValType.List t => new ValType.List(Copy(t.Element)),
        ValType.FixedLengthList t => new ValType.FixedLengthList(Copy(t.Element), t.Length),
        ValType.Map t => new ValType.Map(Copy(t.Key), Copy(t.Value)),
        ValType.Record t => new ValType.Record([.. t.Fields.Items.Select(f => new Field(f.Name, Copy(f.Type)))]),
        ValType.Tuple t => new ValType.Tuple([.. t.Types.Items.Select(Copy)]),
        ValType.Variant t => new ValType.Variant([.. t.Cases.Items.Select(c => new Case(c.Name, c.Type is null ? null : Copy(c.Type)))]),
        ValType.Enum t => new ValType.Enum([.. t.Labels.Items]),
        ValType.Option t => new ValType.Option(Copy(t.Some)),
        ValType.Result t => new ValType.Result(t.Ok is null ? null : Copy(t.Ok), t.Error is null ? null : Copy(t.Error)),
        ValType.Flags t => new ValType.Flags([.. t.Labels.Items]),
        ValType.Own t => new ValType.Own(t.Table),
        ValType.Borrow t => new ValType.Borrow(t.Table),
        ValType.Stream t => new ValType.Stream(t.Table, t.Element is null ? null : Copy(t.Element)),
        ValType.Future t => new ValType.Future(t.Table, t.Element is null ? null : Copy(t.Element)),
        ValType.ErrorContext t => new ValType.ErrorContext(t.Table),
    };
}
