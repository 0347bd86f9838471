using System;

namespace Fact.Ir;

/// <summary>
/// Whether two types have the same structure, in time that is linear in the number of their type objects. Most pairs differ in their hash, or share their parts;
/// where neither holds, parts are compared one by one, and interned where that takes long: types that share parts can be written out to no end.
/// </summary>
internal static class TypeEquality
{
    // So many pairs of objects are compared without remembering which.
    private const int Pairs = 10_000;

    /// <summary>Whether both types have the same structure; one that nests too deep for any function is equal to itself alone.</summary>
    public static bool Same(ValType a, ValType? b)
    {
        if (b is null || a.Depth > ValType.MaxDepth)
            return ReferenceEquals(a, b);
        int left = Pairs;
        bool same = Same(a, b, ref left);
        if (left >= 0)
            return same;
        // Interned parts are the same object or differ in their hash, so that this compares level by level.
        var types = new TypeInterner();
        return ReferenceEquals(types.Of(a), types.Of(b));
    }

    private static bool Same(ValType? a, ValType? b, ref int left)
    {
        if (ReferenceEquals(a, b))
            return true;
        return a is not null && b is not null && a.GetHashCode() == b.GetHashCode() && a.Depth == b.Depth && --left >= 0 && SameLevel(a, b, ref left);
    }

    private static bool SameLevel(ValType a, ValType b, ref int left) => (a, b) switch
    {
        (ValType.Primitive x, ValType.Primitive y) => x.Type == y.Type,
        (ValType.List x, ValType.List y) => Same(x.Element, y.Element, ref left),
        (ValType.FixedLengthList x, ValType.FixedLengthList y) => x.Length == y.Length && Same(x.Element, y.Element, ref left),
        (ValType.Map x, ValType.Map y) => Same(x.Key, y.Key, ref left) && Same(x.Value, y.Value, ref left),
        (ValType.Record x, ValType.Record y) => Same(x.Fields.AsSpan(), y.Fields.AsSpan(), ref left),
        (ValType.Tuple x, ValType.Tuple y) => Same(x.Types.AsSpan(), y.Types.AsSpan(), ref left),
        (ValType.Variant x, ValType.Variant y) => Same(x.Cases.AsSpan(), y.Cases.AsSpan(), ref left),
        (ValType.Enum x, ValType.Enum y) => x.Labels == y.Labels,
        (ValType.Option x, ValType.Option y) => Same(x.Some, y.Some, ref left),
        (ValType.Result x, ValType.Result y) => Same(x.Ok, y.Ok, ref left) && Same(x.Error, y.Error, ref left),
        (ValType.Flags x, ValType.Flags y) => x.Labels == y.Labels,
        (ValType.Own x, ValType.Own y) => x.Table == y.Table,
        (ValType.Borrow x, ValType.Borrow y) => x.Table == y.Table,
        (ValType.Stream x, ValType.Stream y) => x.Table == y.Table && Same(x.Element, y.Element, ref left),
        (ValType.Future x, ValType.Future y) => x.Table == y.Table && Same(x.Element, y.Element, ref left),
        (ValType.ErrorContext x, ValType.ErrorContext y) => x.Table == y.Table,
        _ => false,
    };

    private static bool Same(ReadOnlySpan<ValType> a, ReadOnlySpan<ValType> b, ref int left)
    {
        if (a.Length != b.Length)
            return false;
        for (int i = 0; i < a.Length; i++)
        {
            if (!Same(a[i], b[i], ref left))
                return false;
        }
        return true;
    }

    private static bool Same(ReadOnlySpan<Field> a, ReadOnlySpan<Field> b, ref int left)
    {
        if (a == b)
            return true;
        if (a.Length != b.Length)
            return false;
        for (int i = 0; i < a.Length; i++)
        {
            if (a[i].NameHash != b[i].NameHash || a[i].Name != b[i].Name || !Same(a[i].Type, b[i].Type, ref left))
                return false;
        }
        return true;
    }

    private static bool Same(ReadOnlySpan<Case> a, ReadOnlySpan<Case> b, ref int left)
    {
        if (a == b)
            return true;
        if (a.Length != b.Length)
            return false;
        for (int i = 0; i < a.Length; i++)
        {
            if (a[i].NameHash != b[i].NameHash || a[i].Name != b[i].Name || !Same(a[i].Type, b[i].Type, ref left))
                return false;
        }
        return true;
    }
}
