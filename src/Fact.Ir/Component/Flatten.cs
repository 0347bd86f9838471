using System;

namespace Fact.Ir;

/// <summary>Spec: <c>flatten_record</c>, <c>flatten_variant</c>, <c>join</c>.</summary>
internal static class Flatten
{
    /// <summary>The flat types one after another; null where there are more than a flat value can have.</summary>
    public static CoreValType[]? Concat(ReadOnlySpan<ValType> parts, bool is64)
    {
        if (Count(parts, is64) is not { } length)
            return null;
        var all = new CoreValType[length];
        int count = 0;
        foreach (var part in parts)
        {
            var flat = part.LayoutFor(is64).FlatTypes;
            flat.CopyTo(all.AsSpan(count));
            count += flat.Length;
        }
        return all;
    }

    private static int? Count(ReadOnlySpan<ValType> parts, bool is64)
    {
        int count = 0;
        foreach (var part in parts)
        {
            if (!part.LayoutFor(is64).IsFlat)
                return null;
            count += part.LayoutFor(is64).FlatTypes.Length;
            if (count > CanonicalAbi.MaxFlatParams)
                return null;
        }
        return count;
    }

    /// <summary>The discriminant, then slots that can carry any payload.</summary>
    public static CoreValType[]? Variant(ReadOnlySpan<ValType?> payloads, bool is64)
    {
        Span<CoreValType> slots = stackalloc CoreValType[CanonicalAbi.MaxFlatParams + 1];
        slots[0] = CoreValType.I32;
        int count = 1;
        foreach (var payload in payloads)
        {
            if (payload is null)
                continue;
            var layout = payload.LayoutFor(is64);
            if (!layout.IsFlat || layout.FlatTypes.Length + 1 > CanonicalAbi.MaxFlatParams)
                return null;
            for (int i = 0; i < layout.FlatTypes.Length; i++)
            {
                if (i + 1 < count)
                    slots[i + 1] = Join(slots[i + 1], layout.FlatTypes[i]);
                else
                    slots[count++] = layout.FlatTypes[i];
            }
        }
        return slots[..count].ToArray();
    }

    /// <summary>The narrowest type that carries both.</summary>
    public static CoreValType Join(CoreValType a, CoreValType b)
    {
        if (a == b)
            return a;
        bool both32 = (a == CoreValType.I32 && b == CoreValType.F32) || (a == CoreValType.F32 && b == CoreValType.I32);
        return both32 ? CoreValType.I32 : CoreValType.I64;
    }
}
