using System;
using Fact.Ir;

namespace Fact.Lower.Abi;

/// <summary>
/// Lays out the types with parts for one width of pointers. Sizes saturate at <see cref="Limits.ElemSizeEnd"/>, so that they can be added and multiplied.
/// Spec: <c>alignment_record</c>, <c>elem_size_record</c>, <c>elem_size_variant</c> and their kin.
/// </summary>
internal static class CompositeLayout
{
    public static Layout FixedList(Layout element, uint length)
    {
        var flat = element.FlatTypes is { } types && (ulong)types.Length * length <= Limits.MaxFlatParams ? Repeat(types, (int)length) : null;
        return new(element.Alignment, Math.Min(element.ElemSize * length, Limits.ElemSizeEnd), flat, []);
    }

    public static Layout Record(ReadOnlySpan<LaidOutType> fields, CoreValType ptr)
    {
        var offsets = new uint[fields.Length];
        ulong size = 0;
        uint alignment = 1;
        for (int i = 0; i < fields.Length; i++)
        {
            var field = fields[i].For(ptr);
            size = AlignTo(size, field.Alignment);
            offsets[i] = (uint)size;
            size = Math.Min(size + field.ElemSize, Limits.ElemSizeEnd);
            alignment = Math.Max(alignment, field.Alignment);
        }
        return new(alignment, AlignTo(size, alignment), Flatten.Concat(fields, ptr), offsets);
    }

    public static Layout Variant(int count, ReadOnlySpan<LaidOutType?> payloads, CoreValType ptr)
    {
        uint discriminant = (uint)DiscriminantSize(count);
        uint payloadAlignment = 1;
        ulong payloadSize = 0;
        foreach (var payload in payloads)
        {
            if (payload is null)
                continue;
            payloadAlignment = Math.Max(payloadAlignment, payload.For(ptr).Alignment);
            payloadSize = Math.Max(payloadSize, payload.For(ptr).ElemSize);
        }
        uint alignment = Math.Max(discriminant, payloadAlignment);
        ulong offset = AlignTo(discriminant, payloadAlignment);
        ulong size = Math.Min(AlignTo(offset + payloadSize, alignment), Limits.ElemSizeEnd);
        return new(alignment, size, Flatten.Variant(payloads, ptr), [(uint)offset]);
    }

    /// <summary>Bytes of a discriminant: 1, 2 or 4. Spec: <c>discriminant_type</c>.</summary>
    public static int DiscriminantSize(int cases) => cases <= 1 << 8 ? 1 : cases <= 1 << 16 ? 2 : 4;

    private static ulong AlignTo(ulong offset, uint alignment) => (offset + alignment - 1) & ~(ulong)(alignment - 1);

    private static CoreValType[] Repeat(CoreValType[] types, int times)
    {
        var all = new CoreValType[types.Length * times];
        for (int i = 0; i < times; i++)
            types.CopyTo(all, i * types.Length);
        return all;
    }
}
