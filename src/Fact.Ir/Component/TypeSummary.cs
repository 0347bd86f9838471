using System;

namespace Fact.Ir;

/// <summary>What may be somewhere in a value.</summary>
[Flags]
internal enum TypeContents : byte
{
    None = 0,

    /// <summary>A string: encodings matter.</summary>
    Strings = 1,

    /// <summary>A string or list: memories are read through pointers, and lowering allocates.</summary>
    Pointers = 2,

    /// <summary>A borrow.</summary>
    Borrows = 4,
}

/// <summary>What a type knows of itself from the moment it is made: its structural hash, how deep it nests, what is in it.</summary>
internal readonly record struct TypeSummary(int Hash, int Depth, TypeContents Contents = TypeContents.None)
{
    public static TypeSummary Leaf(int tag, uint value, TypeContents contents = TypeContents.None) => new(HashCode.Combine(tag, value), 1, contents);

    public static TypeSummary Of(int tag, ValType? part) => new TypeSummary(tag, 1).And(part);

    public static TypeSummary Of(int tag, EquatableArray<ValType> parts)
    {
        var summary = new TypeSummary(tag, 1);
        foreach (var part in parts)
            summary = summary.And(part ?? throw new ArgumentException("a part has no type", nameof(parts)));
        return summary;
    }

    public static TypeSummary Of(int tag, EquatableArray<Field> fields)
    {
        var summary = new TypeSummary(tag, 1);
        foreach (var field in fields)
            summary = summary.With(Text(field.Name)).And(field.Type ?? throw new ArgumentException("a field has no type", nameof(fields)));
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
        Math.Max(Depth, part is null ? 1 : part.Depth + 1),
        part is null ? Contents : Contents | part.Contents);

    public TypeSummary With(int more) => this with { Hash = HashCode.Combine(Hash, more) };

    public TypeSummary With(TypeContents more) => this with { Contents = Contents | more };

    private static int Text(string text) => (text ?? throw new ArgumentException("a part has no name", nameof(text))).GetHashCode(StringComparison.Ordinal);
}
