using System;
using System.Runtime.CompilerServices;

namespace Fact.Ir;

/// <summary>What a type knows of itself from the moment it is made: its structural hash, how deep it nests, what is in it.</summary>
internal readonly record struct TypeSummary(int Hash, int Depth, TypeContents Contents = TypeContents.None)
{
    public static TypeSummary Leaf(int tag, uint value, TypeContents contents = TypeContents.None) => new(HashCode.Combine(tag, value), 1, contents);

    /// <summary>A stream or future.</summary>
    public static TypeSummary Channel(int tag, uint table, ValType? element) => new(
        HashCode.Combine(tag, table, element),
        element is null ? 1 : element.Depth + 1,
        TypeContents.Tables | (element is null ? TypeContents.None : element.Contents & TypeContents.OfElements));

    public static TypeSummary Of(int tag, ValType? part) => new TypeSummary(tag, 1).And(part);

    public static TypeSummary Of(int tag, EquatableArray<ValType> types, [CallerArgumentExpression(nameof(types))] string name = "")
    {
        var summary = new TypeSummary(tag, 1);
        foreach (var part in types)
            summary = summary.And(part ?? throw new ArgumentException("one of the types is null", name));
        return summary;
    }

    public static TypeSummary Of(int tag, EquatableArray<Field> fields, [CallerArgumentExpression(nameof(fields))] string name = "")
    {
        var summary = new TypeSummary(tag, 1, TypeContents.Named);
        foreach (var field in fields)
            summary = summary.With(field.NameHash).And(field.Type ?? throw new ArgumentException("one of the fields has no name and no type", name));
        return summary;
    }

    public static TypeSummary Of(int tag, EquatableArray<Case> cases, [CallerArgumentExpression(nameof(cases))] string name = "")
    {
        var summary = new TypeSummary(tag, 1, TypeContents.Named);
        foreach (var one in cases)
            summary = one.Name is null ? throw new ArgumentException("one of the cases has no name", name) : summary.With(one.NameHash).And(one.Type);
        return summary;
    }

    public static TypeSummary Of(int tag, EquatableArray<string> labels, [CallerArgumentExpression(nameof(labels))] string name = "")
    {
        var summary = new TypeSummary(tag, 1, TypeContents.Named);
        foreach (string label in labels)
            summary = summary.With((label ?? throw new ArgumentException("one of the labels is null", name)).GetHashCode(StringComparison.Ordinal));
        return summary;
    }

    public TypeSummary And(ValType? part) => new(
        HashCode.Combine(Hash, part is null ? -1 : part.GetHashCode()),
        Math.Max(Depth, part is null ? 1 : part.Depth + 1),
        part is null ? Contents : Contents | part.Contents);

    public TypeSummary With(int more) => this with { Hash = HashCode.Combine(Hash, more) };

    public TypeSummary With(TypeContents more) => this with { Contents = Contents | more };
}
