using System;

namespace Fact.Ir;

/// <summary>
/// Lays out the types with parts for one width of pointers. Spec: <c>alignment_record</c>, <c>elem_size_record</c>, <c>elem_size_variant</c> and their kin.
/// </summary>
internal static class LayoutRules
{
    public static TypeLayout FixedLengthList(TypeLayout element, uint length)
    {
        var flat = element.IsFlat && (ulong)element.FlatTypes.Length * length <= CanonicalAbi.MaxFlatParams ? Repeat(element.FlatTypes, (int)length) : null;
        return new(element.Alignment, Math.Min(element.ElemSize * length, CanonicalAbi.ElemSizeEnd), flat, []);
    }

    public static TypeLayout Record(ReadOnlySpan<ValType> fields, bool is64)
    {
        var offsets = new uint[fields.Length];
        ulong size = 0;
        uint alignment = 1;
        for (int i = 0; i < fields.Length; i++)
        {
            var field = fields[i].LayoutFor(is64);
            size = AlignTo(size, field.Alignment);
            offsets[i] = (uint)size;
            size = Math.Min(size + field.ElemSize, CanonicalAbi.ElemSizeEnd);
            alignment = Math.Max(alignment, field.Alignment);
        }
        return new(alignment, AlignTo(size, alignment), Flatten.Concat(fields, is64), offsets);
    }

    public static TypeLayout Variant(int count, ReadOnlySpan<ValType?> payloads, bool is64)
    {
        uint discriminant = (uint)DiscriminantSize(count);
        uint payloadAlignment = 1;
        ulong payloadSize = 0;
        foreach (var payload in payloads)
        {
            if (payload is null)
                continue;
            payloadAlignment = Math.Max(payloadAlignment, payload.LayoutFor(is64).Alignment);
            payloadSize = Math.Max(payloadSize, payload.LayoutFor(is64).ElemSize);
        }
        uint alignment = Math.Max(discriminant, payloadAlignment);
        ulong offset = AlignTo(discriminant, payloadAlignment);
        ulong size = Math.Min(AlignTo(offset + payloadSize, alignment), CanonicalAbi.ElemSizeEnd);
        return new(alignment, size, Flatten.Variant(payloads, is64), [(uint)offset]);
    }

    /// <summary>Bytes of a discriminant: 1, 2 or 4. Spec: <c>discriminant_type</c>.</summary>
    public static int DiscriminantSize(int cases) => cases <= 1 << 8 ? 1 : cases <= 1 << 16 ? 2 : 4;

    private static ulong AlignTo(ulong offset, uint alignment) => (offset + alignment - 1) & ~(ulong)(alignment - 1);

    private static CoreValType[] Repeat(ReadOnlySpan<CoreValType> types, int times)
    {
        var all = new CoreValType[types.Length * times];
        for (int i = 0; i < times; i++)
            types.CopyTo(all.AsSpan(i * types.Length));
        return all;
    }
}
