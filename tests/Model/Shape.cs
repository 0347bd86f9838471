using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Fact.Ir;

namespace Fact.Model;

/// <summary>What the values of a type are made of, by position: for those who write values down, or make them up.</summary>
public static class Shape
{
    /// <summary>What is known of types that were asked for: it is asked again for every value.</summary>
    private static readonly ConditionalWeakTable<ValType, Facts> Known = [];

    /// <summary>What the parts of a record, tuple or list of fixed length are; null for other types.</summary>
    public static IReadOnlyList<ValType>? Parts(ValType type) => Of(type).Parts;

    /// <summary>The payloads of the cases of a variant, enum, option or result; null for other types.</summary>
    public static IReadOnlyList<ValType?>? Cases(ValType type) => Of(type).Cases;

    /// <summary>The element of a list; for a map the pair of key and value; null for other types.</summary>
    public static ValType? Element(ValType type) => Of(type).Element;

    /// <summary>The type itself and all types inside of it.</summary>
    public static IEnumerable<ValType> Inside(ValType type) => SpecAbi.Parts(type).SelectMany(Inside).Prepend(type);

    private static Facts Of(ValType type) => Known.GetValue(type, static type => SpecAbi.Despecialize(type) switch
    {
        ValType.Record t => new([.. t.Fields.Items.Select(f => f.Type)], null, null),
        ValType.FixedLengthList t => new([.. Enumerable.Repeat(t.Element, (int)t.Length)], null, null),
        ValType.Variant t => new(null, [.. t.Cases.Items.Select(c => c.Type)], null),
        ValType.List t => new(null, null, t.Element),
        _ => new(null, null, null),
    });

    private sealed record Facts(IReadOnlyList<ValType>? Parts, IReadOnlyList<ValType?>? Cases, ValType? Element);
}
