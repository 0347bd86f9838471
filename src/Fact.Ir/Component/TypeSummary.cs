using System;

namespace Fact.Ir;

/// <summary>What a type knows of itself from the moment it is made: its structural hash and how deep it nests.</summary>
internal readonly record struct TypeSummary(int Hash, int Depth)
{
    public static TypeSummary Leaf(int tag, uint value) => new(HashCode.Combine(tag, value), 1);

    public static TypeSummary Of(int tag, ValType? part) => new TypeSummary(tag, 1).And(part);

    public static TypeSummary Of(int tag, EquatableArray<ValType> parts)
    {
        var summary = new TypeSummary(tag, 1);
        foreach (var part in parts)
            summary = summary.And(part);
        return summary;
    }

    public static TypeSummary Of(int tag, EquatableArray<Field> fields)
    {
        var summary = new TypeSummary(tag, 1);
        foreach (var field in fields)
            summary = summary.With(Text(field.Name)).And(field.Type);
        return summary;
    }

    public static TypeSummary Of(int tag, EquatableArray<Case> cases)
    {
        var summary = new TypeSummary(tag, 1);
        foreach (var one in cases)
            summary = summary.With(Text(one.Name)).And(one.Type);
        return summary;
    }

    public static TypeSummary Of(int tag, EquatableArray<string> labels)
    {
        var summary = new TypeSummary(tag, 1);
        foreach (var label in labels)
            summary = summary.With(Text(label));
        return summary;
    }

    public TypeSummary And(ValType? part) => new(
        HashCode.Combine(Hash, part is null ? -1 : part.GetHashCode()),
        Math.Max(Depth, part is null ? 1 : part.Depth + 1));

    public TypeSummary With(int more) => this with { Hash = HashCode.Combine(Hash, more) };

    private static int Text(string text) => text.GetHashCode(StringComparison.Ordinal);
}
