using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Model;
using FsCheck;
using FsCheck.Fluent;

namespace Fact.Properties.Generators;

/// <summary>Which types come up.</summary>
/// <param name="Borrows">Whether a borrow may occur: not in results.</param>
/// <param name="Owns">Whether a handle may occur that owns its resource.</param>
/// <param name="FixedLimit">The most bytes of a list of fixed length.</param>
/// <param name="Tables">How many tables of resources there are.</param>
/// <param name="HandleWeight">How often there is a handle where there could be one of 14 other types.</param>
/// <param name="AsyncHandles">Whether streams, futures and error contexts occur.</param>
/// <param name="Named">Whether types occur that a component must name to export a function with them.</param>
/// <param name="Names">So many different names; null for names of every sort.</param>
public sealed record TypeKinds(
    bool Borrows = true,
    bool Owns = true,
    ulong FixedLimit = TypeGen.LargeFixedLists,
    int Tables = 6,
    int HandleWeight = 2,
    bool AsyncHandles = true,
    bool Named = true,
    Func<int, Gen<EquatableArray<string>>>? Names = null);

/// <summary>Component types of every kind. All of them are valid.</summary>
public sealed class TypeGen(TypeKinds kinds)
{
    /// <summary>Far below what a type may have, so that several together are still allowed.</summary>
    public const ulong LargeFixedLists = 1 << 24;

    private readonly Func<int, Gen<EquatableArray<string>>> names = kinds.Names ?? Labels.Distinct;

    /// <summary>Types whose depth and width follow the size of the test.</summary>
    public static Gen<ValType> Any(bool borrows, ulong fixedLimit = LargeFixedLists) =>
        Gen.Sized(size => new TypeGen(new(borrows, FixedLimit: fixedLimit)).Of(Math.Min(4, 1 + (size / 20)), Math.Clamp(size / 8, 2, 8)));

    /// <summary>Types that nest no deeper, of so many parts, now and then more.</summary>
    public Gen<ValType> Of(int depth, int width) =>
        depth <= 1 ? Leaf() : Gen.Frequency((3, Leaf()), (5, Composite(depth - 1, Math.Max(2, width - 1))));

    private Gen<ValType> Leaf() => Gen.Frequency(Weighted(
        (8, Primitives),
        (3, Gen.Constant<ValType>(ValType.Of(PrimitiveType.String))),
        (kinds.Named ? 3 : 0, FlagsOfAnyWidth),
        (kinds.Named ? 2 : 0, Enums),
        (kinds.Tables > 0 && (kinds.Owns || kinds.Borrows) ? kinds.HandleWeight : 0, Handles()),
        (kinds.AsyncHandles ? 1 : 0, AsyncHandles)));

    private static (int, Gen<ValType>)[] Weighted(params IEnumerable<(int Weight, Gen<ValType>)> choices) => [.. choices.Where(choice => choice.Weight > 0)];

    private static Gen<ValType> Primitives =>
        Gen.Elements(Enum.GetValues<PrimitiveType>()).Select(t => (ValType)ValType.Of(t));

    /// <summary>Flags of every width from 1 to 32.</summary>
    private Gen<ValType> FlagsOfAnyWidth =>
        Gen.OneOf(Gen.Choose(1, 32), Gen.Elements(1, 7, 8, 9, 15, 16, 17, 31, 32))
            .SelectMany(names, (_, labels) => (ValType)new ValType.Flags(labels));

    /// <summary>Numbers of cases: mostly few, sometimes around 256, where the discriminant becomes wider.</summary>
    private static Gen<int> Cases => Gen.Frequency(
        (12, Gen.Choose(1, 5)),
        (2, Gen.Choose(6, 40)),
        (1, Gen.Elements(255, 256, 257, 300)));

    private Gen<ValType> Enums => Cases.SelectMany(names, (_, labels) => (ValType)new ValType.Enum(labels));

    private Gen<ValType> Handles() =>
        from table in Gen.Choose(0, kinds.Tables - 1)
        from borrow in Gen.Elements(!kinds.Owns, kinds.Borrows)
        select borrow ? (ValType)new ValType.Borrow(new((uint)table)) : new ValType.Own(new((uint)table));

    private static Gen<ValType> AsyncHandles =>
        from table in Gen.Choose(0, 3)
        from kind in Gen.Choose(0, 2)
        select kind switch
        {
            0 => (ValType)new ValType.Stream(new((uint)table)),
            1 => new ValType.Future(new((uint)table)),
            _ => new ValType.ErrorContext(new((uint)table)),
        };

    private Gen<ValType> Composite(int depth, int width)
    {
        var part = Of(depth, width);
        return Gen.Frequency(Weighted(
            (3, part.Select(t => (ValType)new ValType.List(t))),
            (2, FixedLists(part)),
            (1, Maps(part)),
            (kinds.Named ? 3 : 0, Records(part, width)),
            (2, Parts(part, width).Select(ts => (ValType)new ValType.Tuple(ts.ToEquatableArray()))),
            (kinds.Named ? 3 : 0, Variants(part, width)),
            (2, part.Select(t => (ValType)new ValType.Option(t))),
            (2, Results(part))));
    }

    private Gen<ValType> FixedLists(Gen<ValType> part) =>
        from element in part
        from length in Gen.Frequency((6, Gen.Choose(1, 5)), (2, Gen.Choose(6, 40)), (1, Gen.Elements(255, 4096, 65536)))
        select SpecAbi.With64.ElemSize(element) * (uint)length < kinds.FixedLimit
            ? new ValType.FixedLengthList(element, (uint)length)
            : element;

    /// <summary>The types that the key of a map may have.</summary>
    public static Gen<ValType> Keys =>
        Gen.Elements(Enum.GetValues<PrimitiveType>().Where(t => t is not PrimitiveType.F32 and not PrimitiveType.F64)).Select(t => (ValType)ValType.Of(t));

    private static Gen<ValType> Maps(Gen<ValType> part) =>
        from key in Keys
        from value in part
        select (ValType)new ValType.Map(key, value);

    private static Gen<ValType[]> Parts(Gen<ValType> part, int width) =>
        Gen.Frequency((8, Gen.Choose(1, width)), (1, Gen.Choose(width, 20))).SelectMany(count => part.ArrayOf(count));

    private Gen<ValType> Records(Gen<ValType> part, int width) =>
        from types in Parts(part, width)
        from labels in names(types.Length)
        select (ValType)new ValType.Record([.. types.Select((t, i) => new Field(labels[i], t))]);

    /// <summary>Variants whose cases share a few payloads, so that there may be hundreds of them.</summary>
    private Gen<ValType> Variants(Gen<ValType> part, int width) =>
        from count in Cases
        from types in Gen.Choose(1, width).SelectMany(n => Payload(part).ArrayOf(n))
        from picks in Gen.Choose(-2, types.Length - 1).ArrayOf(count)
        from labels in names(count)
        select (ValType)new ValType.Variant([.. picks.Select((pick, i) => new Case(labels[i], pick < 0 ? null : types[pick]))]);

    /// <summary>Payloads: often scalars, so that different ones share a flat slot.</summary>
    private static Gen<ValType> Payload(Gen<ValType> part) => Gen.Frequency((2, part), (1, Scalars));

    private static Gen<ValType> Scalars { get; } =
        Gen.Elements(PrimitiveType.F32, PrimitiveType.F32, PrimitiveType.F64, PrimitiveType.U64, PrimitiveType.S32, PrimitiveType.S8, PrimitiveType.String)
            .Select(t => (ValType)ValType.Of(t));

    private static Gen<ValType> Results(Gen<ValType> part)
    {
        var maybe = Gen.Frequency((3, Payload(part).Select(t => (ValType?)t)), (1, Gen.Constant<ValType?>(null)));
        return
            from ok in maybe
            from error in maybe
            select (ValType)new ValType.Result(ok, error);
    }

    /// <summary>Simpler types: the parts of a type, and the type with one part less or simpler.</summary>
    public static IEnumerable<ValType> Shrink(ValType type)
    {
        var u8 = ValType.Of(PrimitiveType.U8);
        if (type.Equals(u8))
            return [];
        IEnumerable<ValType> simpler = [u8, .. SpecAbi.Parts(type).Take(50)];
        return simpler.Concat(type switch
        {
            ValType.List t => Shrink(t.Element).Select(e => (ValType)new ValType.List(e)),
            ValType.FixedLengthList t => Shrink(t.Element).Select(e => (ValType)new ValType.FixedLengthList(e, t.Length))
                .Concat(t.Length > 1 ? [new ValType.FixedLengthList(t.Element, t.Length / 2)] : []),
            ValType.Map t => Shrink(t.Value).Select(e => (ValType)new ValType.Map(t.Key, e)),
            ValType.Option t => Shrink(t.Some).Select(e => (ValType)new ValType.Option(e)),
            ValType.Tuple t => Fewer(t.Types.Items, Shrink).Select(ts => (ValType)new ValType.Tuple(ts)),
            ValType.Record t => Fewer(t.Fields.Items, f => Shrink(f.Type).Select(e => f with { Type = e })).Select(fs => (ValType)new ValType.Record(fs)),
            ValType.Variant t => Fewer(t.Cases.Items, Simpler).Select(cs => (ValType)new ValType.Variant(cs)),
            ValType.Enum t => Fewer(t.Labels.Items, _ => []).Select(ls => (ValType)new ValType.Enum(ls)),
            ValType.Flags t => Fewer(t.Labels.Items, _ => []).Select(ls => (ValType)new ValType.Flags(ls)),
            ValType.Result t => Simpler(new("ok", t.Ok)).Select(c => (ValType)new ValType.Result(c.Type, t.Error))
                .Concat(Simpler(new("error", t.Error)).Select(c => (ValType)new ValType.Result(t.Ok, c.Type))),
            _ => [],
        });

        static IEnumerable<Case> Simpler(Case one) =>
            one.Type is { } t ? Shrink(t).Select(e => one with { Type = e }).Prepend(one with { Type = null }) : [];
    }

    private static IEnumerable<EquatableArray<T>> Fewer<T>(IReadOnlyList<T> parts, Func<T, IEnumerable<T>> shrink)
    {
        if (parts.Count > 3)
        {
            yield return [.. parts.Take(parts.Count / 2)];
            yield return [.. parts.Skip(parts.Count / 2)];
        }
        for (int i = 0; i < parts.Count && parts.Count is > 1 and < 40; i++)
            yield return [.. parts.Where((_, j) => j != i)];
        for (int i = 0; i < Math.Min(parts.Count, 40); i++)
        {
            foreach (var simpler in shrink(parts[i]))
                yield return [.. parts.Select((part, j) => j == i ? simpler : part)];
        }
    }
}
