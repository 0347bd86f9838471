using System;
using System.Runtime.InteropServices;
using System.Text;
using Fact.Host.Resources;
using Fact.Host.Values;
using Fact.Ir;

namespace Fact.Host.Canonical;

/// <summary>Values out of core values, and what both ways of lifting share.</summary>
internal sealed partial class Lifter
{
    /// <summary>Spec: <c>lift_flat</c>.</summary>
    /// <param name="flat">Core values as their bits. Where a variant joined narrower ones with wider ones, the lower half counts.</param>
    /// <param name="next">The position of the next one.</param>
    /// <param name="layout">The type of the value.</param>
    private ComponentValue LiftFlat(ReadOnlySpan<ulong> flat, ref int next, TypeLayout layout) => layout switch
    {
        TypeLayout.Scalar t => FromBits(flat[next++], t.Type),
        TypeLayout.String => LoadString(NextPtr(flat, ref next), NextPtr(flat, ref next)),
        TypeLayout.List t => LoadList(NextPtr(flat, ref next), NextPtr(flat, ref next), t),
        TypeLayout.FixedList t => LiftElements(flat, ref next, t),
        TypeLayout.Record t => LiftRecord(flat, ref next, t),
        TypeLayout.Variant t => LiftVariant(flat, ref next, t),
        TypeLayout.Flags t => Flags(flat[next++], t),
        TypeLayout.Handle t => Handle((uint)flat[next++], t),
        TypeLayout.Async => throw Unsupported(),
    };

    private ulong NextPtr(ReadOnlySpan<ulong> flat, ref int next) => cx.NeededMemory.Is64 ? flat[next++] : (uint)flat[next++];

    private ComponentValue.List LiftElements(ReadOnlySpan<ulong> flat, ref int next, TypeLayout.FixedList layout)
    {
        var values = new ComponentValue[layout.Length];
        for (int i = 0; i < values.Length; i++)
        {
            cx.Path.Push("list element", i);
            values[i] = LiftFlat(flat, ref next, layout.Element);
            cx.Path.Pop();
        }
        return new(ArrayOf(values));
    }

    private ComponentValue LiftRecord(ReadOnlySpan<ulong> flat, ref int next, TypeLayout.Record layout)
    {
        var values = new ComponentValue[layout.Fields.Length];
        for (int i = 0; i < values.Length; i++)
        {
            PushField(layout, i);
            values[i] = LiftFlat(flat, ref next, layout.Fields[i]);
            cx.Path.Pop();
        }
        return RecordOf(values, layout);
    }

    private ComponentValue LiftVariant(ReadOnlySpan<ulong> flat, ref int next, TypeLayout.Variant layout)
    {
        int index = CaseIndex((uint)flat[next], layout);
        int payloadStart = next + 1;
        next += layout.Flat.Length;
        if (layout.Cases[index] is not { } payload)
            return VariantOf(index, null, layout);
        PushCase(layout, index);
        var value = LiftFlat(flat, ref payloadStart, payload);
        cx.Path.Pop();
        return VariantOf(index, value, layout);
    }

    private int CaseIndex(ulong discriminant, TypeLayout.Variant layout) =>
        discriminant < (ulong)layout.Cases.Length ? (int)discriminant : throw cx.Trap(TrapMessages.Of(TrapCode.InvalidDiscriminant));

    private ComponentValue FromBits(ulong bits, PrimitiveType type) => type switch
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

    private static ComponentValue.Flags Flags(ulong bits, TypeLayout.Flags layout)
    {
        var labels = new System.Collections.Generic.List<string>();
        for (int i = 0; i < layout.Labels.Length; i++)
        {
            if ((bits >> i & 1) != 0)
                labels.Add(layout.Labels[i]);
        }
        return new(labels.ToEquatableArray());
    }

    /// <summary>Spec: <c>lift_own</c>, <c>lift_borrow</c>.</summary>
    private ComponentValue Handle(uint index, TypeLayout.Handle layout)
    {
        var type = cx.Resources.TypeOf(layout.Table);
        if (layout.Own)
            return new ComponentValue.Own(new HostHandle(new ResourceHandle(type, cx.OrTrap(cx.Resources.LiftOwn(layout.Table, index)), null)));
        var scope = cx.Scope ?? throw cx.Trap("a borrow is passed outside of a call");
        var borrow = new HostHandle(new ResourceHandle(type, cx.OrTrap(cx.Resources.LiftBorrow(layout.Table, index, scope)), scope));
        scope.HostBorrows.Add(borrow);
        return new ComponentValue.Borrow(borrow);
    }

    private void PushField(TypeLayout.Record layout, int index)
    {
        if (layout.Names is { } names)
            cx.Path.Push("record field", names[index]);
        else
            cx.Path.Push("tuple element", index);
    }

    private void PushCase(TypeLayout.Variant layout, int index)
    {
        if (layout.Kind == VariantKind.Variant)
            cx.Path.Push("variant case", layout.Names[index]);
        else
            cx.Path.Push(layout.Kind == VariantKind.Option ? "option some" : index == 0 ? "result ok" : "result error");
    }

    private static ComponentValue RecordOf(ComponentValue[] values, TypeLayout.Record layout)
    {
        if (layout.Names is not { } names)
            return new ComponentValue.Tuple(ArrayOf(values));
        var fields = new FieldValue[values.Length];
        for (int i = 0; i < fields.Length; i++)
            fields[i] = new(names[i], values[i]);
        return new ComponentValue.Record(ArrayOf(fields));
    }

    private static ComponentValue.Map MapOf(EquatableArray<ComponentValue> pairs)
    {
        var entries = new MapEntry[pairs.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            var pair = ((ComponentValue.Tuple)pairs[i]).Elements;
            entries[i] = new(pair[0], pair[1]);
        }
        return new(ArrayOf(entries));
    }

    private static ComponentValue VariantOf(int index, ComponentValue? payload, TypeLayout.Variant layout) => layout.Kind switch
    {
        VariantKind.Variant => new ComponentValue.Variant(layout.Names[index], payload),
        VariantKind.Enum => new ComponentValue.Enum(layout.Names[index]),
        VariantKind.Option => payload is null ? ComponentValues.None : new ComponentValue.Option(payload),
        VariantKind.Result => index == 0 ? new ComponentValue.Ok(payload) : new ComponentValue.Error(payload),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private TrapSignal Unsupported() => cx.Trap("streams, futures and error contexts are not supported by this host");

    private static EquatableArray<T> ArrayOf<T>(T[] items) => new(ImmutableCollectionsMarshal.AsImmutableArray(items));
}
