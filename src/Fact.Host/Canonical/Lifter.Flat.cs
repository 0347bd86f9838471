using System;
using Fact.Component;
using Fact.Ir;
using Fact.Values;

namespace Fact.Host.Canonical;

/// <summary>Values out of core values, and what both ways of lifting share.</summary>
internal sealed partial class Lifter
{
    /// <summary>Spec: <c>lift_flat</c>.</summary>
    /// <param name="flat">Core values as their bits. Where a variant joined narrower ones with wider ones, the lower half counts.</param>
    /// <param name="next">The position of the next one.</param>
    /// <param name="type">The type of the value.</param>
    private ComponentValue LiftFlat(ReadOnlySpan<ulong> flat, ref int next, ValType type) => type switch
    {
        ValType.Primitive { Type: PrimitiveType.String } => LoadString(NextPtr(flat, ref next), NextPtr(flat, ref next)),
        ValType.Primitive t => FromBits(flat[next++], t.Type),
        ValType.List t => LoadList(NextPtr(flat, ref next), NextPtr(flat, ref next), t.Element, isMap: false),
        ValType.Map t => LoadList(NextPtr(flat, ref next), NextPtr(flat, ref next), t.Entry, isMap: true),
        ValType.FixedLengthList t => LiftElements(flat, ref next, t),
        ValType.Record or ValType.Tuple => LiftRecord(flat, ref next, type),
        ValType.Variant or ValType.Enum or ValType.Option or ValType.Result => LiftVariant(flat, ref next, type),
        ValType.Flags t => Flags(flat[next++], t),
        ValType.Own or ValType.Borrow or ValType.Stream or ValType.Future or ValType.ErrorContext => Handle((uint)flat[next++], type),
    };

    private ulong NextPtr(ReadOnlySpan<ulong> flat, ref int next) => cx.PtrSize == 8 ? flat[next++] : (uint)flat[next++];

    private ComponentValue.List LiftElements(ReadOnlySpan<ulong> flat, ref int next, ValType.FixedLengthList type)
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

    private ComponentValue LiftRecord(ReadOnlySpan<ulong> flat, ref int next, ValType type)
    {
        var values = Fields(type);
        for (int i = 0; i < values.Length; i++)
        {
            cx.PushField(type, i);
            values[i] = LiftFlat(flat, ref next, TypeParts.At(type, i)!);
            cx.Path.Pop();
        }
        return RecordOf(values, type);
    }

    private ComponentValue LiftVariant(ReadOnlySpan<ulong> flat, ref int next, ValType type)
    {
        int index = CaseIndex((uint)flat[next], type);
        int payloadStart = next + 1;
        next += cx.LayoutOf(type).FlatTypes.Length;
        if (TypeCases.Payload(type, index) is not { } payload)
            return VariantOf(index, null, type);
        cx.PushCase(type, index);
        var value = LiftFlat(flat, ref payloadStart, payload);
        cx.Path.Pop();
        return VariantOf(index, value, type);
    }

    private int CaseIndex(ulong discriminant, ValType type) =>
        discriminant < (ulong)TypeCases.Count(type) ? (int)discriminant : throw cx.Trap(TrapMessages.Of(TrapCode.InvalidDiscriminant));

    /// <summary>Places for the fields of a record or tuple.</summary>
    private ComponentValue[] Fields(ValType type)
    {
        ulong length = (ulong)TypeParts.Count(type);
        cx.Spend(type is ValType.Tuple ? HeapSize.Tuple(length) : HeapSize.Record(length));
        return new ComponentValue[length];
    }

    private ComponentValue FromBits(ulong bits, PrimitiveType type)
    {
        cx.Spend(HeapSize.Of(type));
        return ScalarTypes.Lift(bits, type) ?? throw cx.Trap(TrapMessages.Of(TrapCode.InvalidChar));
    }

    private ComponentValue.Flags Flags(ulong bits, ValType.Flags type)
    {
        bits &= ulong.MaxValue >> (64 - type.Labels.Length);
        int count = System.Numerics.BitOperations.PopCount(bits);
        cx.Spend(HeapSize.Tuple((ulong)count));
        string[] labels = new string[count];
        for (int i = 0; i < count; i++, bits &= bits - 1)
            labels[i] = type.Labels[System.Numerics.BitOperations.TrailingZeroCount(bits)];
        return new(labels.Seal());
    }

    /// <summary>Spec: <c>lift_own</c>, <c>lift_borrow</c>, <c>lift_stream</c>, <c>lift_future</c>, <c>lift_error_context</c>.</summary>
    private ComponentValue Handle(uint index, ValType type)
    {
        cx.Spend(HeapSize.Handle);
        if (type is not (ValType.Own or ValType.Borrow))
            return cx.Async.Lift(type, index);
        if (type is ValType.Own(var owned))
            return new ComponentValue.Own(new HostHandle(new ResourceHandle(cx.Resources.TypeOf(owned), cx.OrTrap(cx.Resources.LiftOwn(owned, index)), null)));
        var table = ((ValType.Borrow)type).Table;
        var resource = cx.Resources.TypeOf(table);
        var scope = cx.Scope ?? throw cx.Trap("a borrow is passed outside of a call");
        var borrow = new HostHandle(new ResourceHandle(resource, cx.OrTrap(cx.Resources.LiftBorrow(table, index, scope)), scope));
        scope.HostBorrows.Add(borrow);
        return new ComponentValue.Borrow(borrow);
    }

    private static ComponentValue RecordOf(ComponentValue[] values, ValType type)
    {
        if (type is not ValType.Record record)
            return new ComponentValue.Tuple(values.Seal());
        var fields = new FieldValue[values.Length];
        for (int i = 0; i < fields.Length; i++)
            fields[i] = new(record.Fields[i].Name, values[i]);
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

    private ComponentValue VariantOf(int index, ComponentValue? payload, ValType type)
    {
        cx.Spend(type is ValType.Variant ? HeapSize.Variant : HeapSize.Value);
        return OfCase(index, payload, type);
    }

    private static ComponentValue OfCase(int index, ComponentValue? payload, ValType type)
    {
        if (type is ValType.Variant variant)
            return new ComponentValue.Variant(variant.Cases[index].Name, payload);
        if (type is ValType.Enum labels)
            return new ComponentValue.Enum(labels.Labels[index]);
        if (type is ValType.Option)
            return payload is null ? ComponentValues.None : new ComponentValue.Option(payload);
        return index == 0 ? new ComponentValue.Ok(payload) : new ComponentValue.Error(payload);
    }
}
