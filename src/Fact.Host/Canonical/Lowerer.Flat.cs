using System.Collections.Generic;
using System.Diagnostics;
using Fact.Ir;
using Fact.Values;

namespace Fact.Host.Canonical;

/// <summary>Values into core values, and what both ways of lowering share.</summary>
internal sealed partial class Lowerer
{
    /// <summary>Spec: <c>lower_flat</c>. Core values are appended as their bits: a narrower one is right for a joined wider one as it is.</summary>
    private void LowerFlat(List<ulong> flat, ComponentValue value, ValType type)
    {
        switch (type, value)
        {
            case (ValType.Primitive { Type: PrimitiveType.String }, ComponentValue.String v):
                AddPair(flat, StoreString(v.Value));
                break;
            case (ValType.Primitive, _):
                flat.Add(ToBits(value));
                break;
            case (ValType.List t, _):
                AddPair(flat, StoreList(value, t.Element));
                break;
            case (ValType.Map t, _):
                AddPair(flat, StoreList(value, t.Entry));
                break;
            case (ValType.FixedLengthList t, ComponentValue.List v):
                for (int i = 0; i < v.Elements.Length; i++)
                {
                    cx.Path.Push("list element", i);
                    LowerFlat(flat, v.Elements[i], t.Element);
                    cx.Path.Pop();
                }
                break;
            case (ValType.Record or ValType.Tuple, _):
                for (int i = 0; i < TypeParts.Count(type); i++)
                {
                    cx.PushField(type, i);
                    LowerFlat(flat, FieldOf(value, i), TypeParts.At(type, i)!);
                    cx.Path.Pop();
                }
                break;
            case (ValType.Variant or ValType.Enum or ValType.Option or ValType.Result, _):
                LowerFlatVariant(flat, value, type);
                break;
            case (ValType.Flags t, ComponentValue.Flags v):
                flat.Add(FlagBits(v, t));
                break;
            case (ValType.Own or ValType.Borrow or ValType.Stream or ValType.Future or ValType.ErrorContext, _):
                flat.Add(HandleIndex(value, type));
                break;
            default:
                throw Mismatch(value);
        }
    }

    private static void AddPair(List<ulong> flat, (ulong Begin, ulong Length) pair)
    {
        flat.Add(pair.Begin);
        flat.Add(pair.Length);
    }

    private void LowerFlatVariant(List<ulong> flat, ComponentValue value, ValType type)
    {
        int end = flat.Count + cx.LayoutOf(type).FlatTypes.Length;
        var (index, payload) = CaseOf(value, type);
        flat.Add((ulong)index);
        if (TypeCases.Payload(type, index) is { } payloadType)
        {
            cx.PushCase(type, index);
            LowerFlat(flat, payload ?? throw Mismatch(value), payloadType);
            cx.Path.Pop();
        }
        while (flat.Count < end)
            flat.Add(0);
    }

    /// <summary>The value of a scalar as the bits of its core value: signed integers are sign-extended to 32 bits. Spec: <c>lower_flat_signed</c>.</summary>
    private static ulong ToBits(ComponentValue value) => value switch
    {
        ComponentValue.Bool v => v.Value ? 1u : 0u,
        ComponentValue.S8 v => (uint)(int)v.Value,
        ComponentValue.U8 v => v.Value,
        ComponentValue.S16 v => (uint)(int)v.Value,
        ComponentValue.U16 v => v.Value,
        ComponentValue.S32 v => (uint)v.Value,
        ComponentValue.U32 v => v.Value,
        ComponentValue.S64 v => (ulong)v.Value,
        ComponentValue.U64 v => v.Value,
        ComponentValue.F32 v => v.Bits,
        ComponentValue.F64 v => v.Bits,
        ComponentValue.Char v => (uint)v.Value.Value,
        ComponentValue.String or ComponentValue.List or ComponentValue.Map or ComponentValue.Record or ComponentValue.Tuple or ComponentValue.Variant
            or ComponentValue.Enum or ComponentValue.Option or ComponentValue.Ok or ComponentValue.Error or ComponentValue.Flags
            or ComponentValue.Own or ComponentValue.Borrow or ComponentValue.Stream or ComponentValue.Future or ComponentValue.ErrorContext => throw Mismatch(value),
    };

    private static ulong FlagBits(ComponentValue.Flags value, ValType.Flags type)
    {
        ulong bits = 0;
        foreach (string label in value.Labels)
            bits |= 1UL << type.IndexOf(label);
        return bits;
    }

    /// <summary>Spec: <c>lower_own</c>, <c>lower_borrow</c>. Handles were checked with the other arguments; but one can stand there twice.</summary>
    private uint HandleIndex(ComponentValue value, ValType type)
    {
        if (type is ValType.Stream or ValType.Future or ValType.ErrorContext)
            return cx.Async.Lower(type, value);
        var handle = value switch
        {
            ComponentValue.Own v => v.Handle,
            ComponentValue.Borrow v => v.Handle,
            _ => throw Mismatch(value),
        };
        if (!handle.IsLive)
            throw cx.Trap("the handle was given away already");
        if (type is ValType.Own(var owned))
        {
            if (handle.Handle.NumLends != 0)
                throw cx.Trap("cannot remove owned resource while borrowed");
            handle.IsLive = false;
            return cx.OrTrap(cx.Resources.LowerOwn(owned, handle.Rep));
        }
        var scope = cx.Scope ?? throw cx.Trap("a borrow is passed outside of a call");
        cx.OrTrap(cx.Resources.Lend(handle.Handle, scope));
        return cx.OrTrap(cx.Resources.LowerBorrow(((ValType.Borrow)type).Table, handle.Rep, scope));
    }

    private static EquatableArray<ComponentValue> ElementsOf(ComponentValue value)
    {
        if (value is ComponentValue.List list)
            return list.Elements;
        if (value is not ComponentValue.Map map)
            throw Mismatch(value);
        var pairs = new ComponentValue[map.Entries.Length];
        for (int i = 0; i < pairs.Length; i++)
            pairs[i] = new ComponentValue.Tuple([map.Entries[i].Key, map.Entries[i].Value]);
        return pairs.ToEquatableArray();
    }

    private static ComponentValue FieldOf(ComponentValue value, int index) => value switch
    {
        ComponentValue.Record v => v.Fields[index].Value,
        ComponentValue.Tuple v => v.Elements[index],
        _ => throw Mismatch(value),
    };

    private static (int Index, ComponentValue? Payload) CaseOf(ComponentValue value, ValType type) => value switch
    {
        ComponentValue.Variant v => (type.IndexOf(v.Case), v.Payload),
        ComponentValue.Enum v => (type.IndexOf(v.Label), null),
        ComponentValue.Option v => (v.Some is null ? 0 : 1, v.Some),
        ComponentValue.Ok v => (0, v.Payload),
        ComponentValue.Error v => (1, v.Payload),
        _ => throw Mismatch(value),
    };

    private static UnreachableException Mismatch(ComponentValue value) => new($"{ValueNames.Kind(value)} was lowered as another type; values are checked before");
}
