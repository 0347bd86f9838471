using System;
using System.Text;
using Fact.Component;
using Fact.Host.Resources;
using Fact.Host.Values;
using Fact.Ir;
using Fact.Lower.Abi;

namespace Fact.Host.Canonical;

/// <summary>Values out of core values, and what both ways of lifting share.</summary>
internal sealed partial class Lifter
{
    /// <summary>Spec: <c>lift_flat</c>.</summary>
    /// <param name="flat">Core values as their bits. Where a variant joined narrower ones with wider ones, the lower half counts.</param>
    /// <param name="next">The position of the next one.</param>
    /// <param name="type">The type of the value.</param>
    private ComponentValue LiftFlat(ReadOnlySpan<ulong> flat, ref int next, AbiType type) => type switch
    {
        AbiType.Scalar t => FromBits(flat[next++], t.Type),
        AbiType.String => LoadString(NextPtr(flat, ref next), NextPtr(flat, ref next)),
        AbiType.List t => LoadList(NextPtr(flat, ref next), NextPtr(flat, ref next), t),
        AbiType.FixedList t => LiftElements(flat, ref next, t),
        AbiType.Record t => LiftRecord(flat, ref next, t),
        AbiType.Variant t => LiftVariant(flat, ref next, t),
        AbiType.Flags t => Flags(flat[next++], t),
        AbiType.Handle t => Handle((uint)flat[next++], t),
    };

    private ulong NextPtr(ReadOnlySpan<ulong> flat, ref int next) => cx.PtrSize == 8 ? flat[next++] : (uint)flat[next++];

    private ComponentValue.List LiftElements(ReadOnlySpan<ulong> flat, ref int next, AbiType.FixedList type)
    {
        cx.Spend(HeapSize.List(type.Length));
        var values = new ComponentValue[type.Length];
        for (int i = 0; i < values.Length; i++)
        {
            cx.Path.Push("list element", i);
            values[i] = LiftFlat(flat, ref next, type.Element);
            cx.Path.Pop();
        }
        return new(values.Seal());
    }

    private ComponentValue LiftRecord(ReadOnlySpan<ulong> flat, ref int next, AbiType.Record type)
    {
        var values = Fields(type);
        for (int i = 0; i < values.Length; i++)
        {
            cx.PushField(type, i);
            values[i] = LiftFlat(flat, ref next, type.Fields[i]);
            cx.Path.Pop();
        }
        return RecordOf(values, type);
    }

    private ComponentValue LiftVariant(ReadOnlySpan<ulong> flat, ref int next, AbiType.Variant type)
    {
        int index = CaseIndex((uint)flat[next], type);
        int payloadStart = next + 1;
        next += cx.LayoutOf(type).FlatTypes!.Length;
        if (type.Cases[index] is not { } payload)
            return VariantOf(index, null, type);
        cx.PushCase(type, index);
        var value = LiftFlat(flat, ref payloadStart, payload);
        cx.Path.Pop();
        return VariantOf(index, value, type);
    }

    private int CaseIndex(ulong discriminant, AbiType.Variant type) =>
        discriminant < (ulong)type.Cases.Length ? (int)discriminant : throw cx.Trap(TrapMessages.Of(TrapCode.InvalidDiscriminant));

    /// <summary>Places for the fields of a record.</summary>
    private ComponentValue[] Fields(AbiType.Record type)
    {
        ulong length = (ulong)type.Fields.Length;
        cx.Spend(type.IsTuple ? HeapSize.List(length) : HeapSize.Record(length));
        return new ComponentValue[length];
    }

    private ComponentValue FromBits(ulong bits, PrimitiveType type)
    {
        cx.Spend(HeapSize.Of(type));
        return OfBits(bits, type);
    }

    private ComponentValue OfBits(ulong bits, PrimitiveType type) => type switch
    {
        PrimitiveType.Bool => ComponentValues.Bool((uint)bits != 0),
        PrimitiveType.S8 => ComponentValues.S8((sbyte)bits),
        PrimitiveType.U8 => ComponentValues.U8((byte)bits),
        PrimitiveType.S16 => ComponentValues.S16((short)bits),
        PrimitiveType.U16 => ComponentValues.U16((ushort)bits),
        PrimitiveType.S32 => ComponentValues.S32((int)bits),
        PrimitiveType.U32 => ComponentValues.U32((uint)bits),
        PrimitiveType.S64 => ComponentValues.S64((long)bits),
        PrimitiveType.U64 => ComponentValues.U64(bits),
        PrimitiveType.F32 => new ComponentValue.F32((uint)bits),
        PrimitiveType.F64 => new ComponentValue.F64(bits),
        PrimitiveType.Char => Rune.IsValid((uint)bits) ? ComponentValues.Char(new Rune((uint)bits)) : throw cx.Trap(TrapMessages.Of(TrapCode.InvalidChar)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private ComponentValue.Flags Flags(ulong bits, AbiType.Flags type)
    {
        bits &= ulong.MaxValue >> (64 - type.Names.Length);
        int count = System.Numerics.BitOperations.PopCount(bits);
        cx.Spend(HeapSize.List((ulong)count));
        string[] labels = new string[count];
        for (int i = 0; i < count; i++, bits &= bits - 1)
            labels[i] = type.Names[System.Numerics.BitOperations.TrailingZeroCount(bits)];
        return new(labels.Seal());
    }

    /// <summary>Spec: <c>lift_own</c>, <c>lift_borrow</c>.</summary>
    private ComponentValue Handle(uint index, AbiType.Handle type)
    {
        if (type.Kind is not (TransferKind.Own or TransferKind.Borrow))
            throw cx.Trap("streams, futures and error contexts are not supported by this host");
        cx.Spend(HeapSize.Handle);
        var table = new ResourceTableId(type.Table);
        var resource = cx.Resources.TypeOf(table);
        if (type.Kind == TransferKind.Own)
            return new ComponentValue.Own(new HostHandle(new ResourceHandle(resource, cx.OrTrap(cx.Resources.LiftOwn(table, index)), null)));
        var scope = cx.Scope ?? throw cx.Trap("a borrow is passed outside of a call");
        var borrow = new HostHandle(new ResourceHandle(resource, cx.OrTrap(cx.Resources.LiftBorrow(table, index, scope)), scope));
        scope.HostBorrows.Add(borrow);
        return new ComponentValue.Borrow(borrow);
    }

    private static ComponentValue RecordOf(ComponentValue[] values, AbiType.Record type)
    {
        if (type.IsTuple)
            return new ComponentValue.Tuple(values.Seal());
        var fields = new FieldValue[values.Length];
        for (int i = 0; i < fields.Length; i++)
            fields[i] = new(type.Names[i], values[i]);
        return new ComponentValue.Record(fields.Seal());
    }

    private static ComponentValue.Map MapOf(EquatableArray<ComponentValue> pairs)
    {
        var entries = new MapEntry[pairs.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            var pair = ((ComponentValue.Tuple)pairs[i]).Elements;
            entries[i] = new(pair[0], pair[1]);
        }
        return new(entries.Seal());
    }

    private ComponentValue VariantOf(int index, ComponentValue? payload, AbiType.Variant type)
    {
        cx.Spend(type.Flavor == VariantFlavor.Variant ? HeapSize.Variant : HeapSize.Value);
        return OfCase(index, payload, type);
    }

    private static ComponentValue OfCase(int index, ComponentValue? payload, AbiType.Variant type) => type.Flavor switch
    {
        VariantFlavor.Variant => new ComponentValue.Variant(type.Names[index], payload),
        VariantFlavor.Enum => new ComponentValue.Enum(type.Names[index]),
        VariantFlavor.Option => payload is null ? ComponentValues.None : new ComponentValue.Option(payload),
        VariantFlavor.Result => index == 0 ? new ComponentValue.Ok(payload) : new ComponentValue.Error(payload),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
