using System;
using Fact.Ir;

namespace Fact.Lower.Abi;

/// <summary>Lays out the types with parts. Spec: <c>alignment_record</c>, <c>elem_size_record</c>, <c>elem_size_variant</c> and their kin.</summary>
internal static class Composite
{
    public static AbiType List(int id, AbiType element) =>
        new AbiType.List(id, element, Budget.Call, Scalars.Pair32, Scalars.Pair64);

    public static AbiType FixedList(int id, AbiType element, uint length)
    {
        var layout32 = Of(CoreValType.I32);
        var layout64 = SameForBoth(element) ? layout32 : Of(CoreValType.I64);
        long unrolled = Math.Min(Budget.Most, (long)length * Budget.Part(element));
        int cost = (element.Has & Features.Bitwise) != 0 ? Budget.Call : (int)Math.Min(unrolled, 16L + Budget.Part(element));
        return new AbiType.FixedList(id, element, length, cost, layout32, layout64);

        Layout Of(CoreValType ptr)
        {
            var one = element.For(ptr);
            var flat = one.FlatTypes is { } types && (ulong)types.Length * length <= Limits.MaxFlatParams ? Repeat(types, (int)length) : null;
            return new(one.Alignment, Math.Min(one.ElemSize * length, Limits.ElemSizeEnd), flat, []);
        }
    }

    public static AbiType Record(int id, bool isTuple, string[] names, AbiType[] fields)
    {
        var has = Features.None;
        bool bitwise = true;
        bool same = true;
        ulong sizes = 0;
        int cost = 0;
        foreach (var field in fields)
        {
            has |= field.Has;
            bitwise &= (field.Has & Features.Bitwise) != 0;
            same &= SameForBoth(field);
            sizes += field.Layout32.ElemSize;
            cost = Budget.Add(cost, Budget.Part(field));
        }
        var layout32 = Of(CoreValType.I32);
        has &= ~Features.Bitwise;
        if (bitwise && sizes == layout32.ElemSize)
            has |= Features.Bitwise;
        return new AbiType.Record(id, isTuple, names, fields, has, cost, layout32, same ? layout32 : Of(CoreValType.I64));

        Layout Of(CoreValType ptr)
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
    }

    public static AbiType Variant(int id, VariantFlavor flavor, string[] names, AbiType?[] cases)
    {
        var has = Features.None;
        bool same = true;
        int cost = 8 + (flavor == VariantFlavor.Enum ? 0 : Budget.Table(names.Length));
        foreach (var payload in cases)
        {
            if (payload is null)
                continue;
            has |= payload.Has;
            same &= SameForBoth(payload);
            cost = Budget.Add(cost, 4 + Budget.Part(payload));
        }
        has &= ~Features.Bitwise;
        var layout32 = Of(CoreValType.I32);
        return new AbiType.Variant(id, flavor, names, cases, has, cost, layout32, same ? layout32 : Of(CoreValType.I64));

        Layout Of(CoreValType ptr)
        {
            uint discriminant = (uint)AbiTypes.DiscriminantSize(names.Length);
            uint payloadAlignment = 1;
            ulong payloadSize = 0;
            foreach (var payload in cases)
            {
                if (payload is null)
                    continue;
                payloadAlignment = Math.Max(payloadAlignment, payload.For(ptr).Alignment);
                payloadSize = Math.Max(payloadSize, payload.For(ptr).ElemSize);
            }
            uint alignment = Math.Max(discriminant, payloadAlignment);
            ulong offset = AlignTo(discriminant, payloadAlignment);
            return new(alignment, Math.Min(AlignTo(offset + payloadSize, alignment), Limits.ElemSizeEnd), Flatten.Variant(cases, ptr), [(uint)offset]);
        }
    }

    private static bool SameForBoth(AbiType type) => ReferenceEquals(type.Layout32, type.Layout64);

    private static ulong AlignTo(ulong offset, uint alignment) => (offset + alignment - 1) & ~(ulong)(alignment - 1);

    private static CoreValType[] Repeat(CoreValType[] types, int times)
    {
        var all = new CoreValType[types.Length * times];
        for (int i = 0; i < times; i++)
            types.CopyTo(all, i * types.Length);
        return all;
    }
}
