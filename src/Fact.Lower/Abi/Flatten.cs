using System;
using Fact.Ir;

namespace Fact.Lower.Abi;

/// <summary>Spec: <c>flatten_record</c>, <c>flatten_variant</c>, <c>join</c>.</summary>
internal static class Flatten
{
    /// <summary>The flat types one after another; null where there are more than a flat value can have.</summary>
    public static CoreValType[]? Concat(ReadOnlySpan<LaidOutType> parts, CoreValType ptr)
    {
        if (parts.Length == 1)
            return parts[0].For(ptr).FlatTypes;
        if (Count(parts, ptr) is not { } length)
            return null;
        var all = new CoreValType[length];
        int count = 0;
        foreach (var part in parts)
        {
            var flat = part.For(ptr).FlatTypes!;
            flat.CopyTo(all, count);
            count += flat.Length;
        }
        return all;
    }

    /// <summary>Whether a parameter or result list has at most so many flat types: they travel as core values then, and else in memory.</summary>
    public static bool Fits(ReadOnlySpan<LaidOutType> types, CoreValType ptr, int max) => Count(types, ptr) <= max;

    private static int? Count(ReadOnlySpan<LaidOutType> parts, CoreValType ptr)
    {
        int count = 0;
        foreach (var part in parts)
        {
            if (part.For(ptr).FlatTypes is not { } flat)
                return null;
            count += flat.Length;
            if (count > Limits.MaxFlatParams)
                return null;
        }
        return count;
    }

    /// <summary>The discriminant, then slots that can carry any payload.</summary>
    public static CoreValType[]? Variant(ReadOnlySpan<LaidOutType?> payloads, CoreValType ptr)
    {
        Span<CoreValType> slots = stackalloc CoreValType[Limits.MaxFlatParams + 1];
        slots[0] = CoreValType.I32;
        int count = 1;
        foreach (var payload in payloads)
        {
            if (payload is null)
                continue;
            if (payload.For(ptr).FlatTypes is not { } flat || flat.Length + 1 > Limits.MaxFlatParams)
                return null;
            for (int i = 0; i < flat.Length; i++)
            {
                if (i + 1 < count)
                    slots[i + 1] = Join(slots[i + 1], flat[i]);
                else
                    slots[count++] = flat[i];
            }
        }
        return slots[..count].ToArray();
    }

    /// <summary>The narrowest type that carries both.</summary>
    public static CoreValType Join(CoreValType a, CoreValType b)
    {
        if (a == b)
            return a;
        bool both32 = (a is CoreValType.I32 && b is CoreValType.F32) || (a is CoreValType.F32 && b is CoreValType.I32);
        return both32 ? CoreValType.I32 : CoreValType.I64;
    }

    /// <summary>The flat types of a parameter or result list; null where there are more than <paramref name="max"/>. Spec: <c>flatten_types</c>.</summary>
    public static CoreValType[]? Types(ReadOnlySpan<LaidOutType> types, CoreValType ptr, int max) =>
        Concat(types, ptr) is { } flat && flat.Length <= max ? flat : null;
}
