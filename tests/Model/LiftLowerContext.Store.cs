using System;
using Fact.Ir;

namespace Fact.Model;

// Storing, as in definitions.py; strings are in a part of their own.
public partial class LiftLowerContext
{
    /// <summary>Stores a value at an address. Spec: <c>store</c>.</summary>
    public void Store(SpecValue value, ValType type, ulong ptr)
    {
        switch (SpecAbi.Despecialize(type), value)
        {
            case (ValType.Primitive, SpecValue.Bool v):
                memory.StoreInt(v.Value ? 1u : 0u, ptr, 1);
                break;
            case (ValType.Primitive, SpecValue.Char v):
                memory.StoreInt((ulong)v.Value, ptr, 4);
                break;
            case (ValType.Primitive t, SpecValue.Bits v):
                memory.StoreInt(v.Value, ptr, Abi.ElemSize(t));
                break;
            case (ValType.Primitive, SpecValue.Text v):
                StorePair(StoreStringIntoRange(v), ptr);
                break;
            case (ValType.List t, SpecValue.List v):
                StorePair(StoreListIntoRange(v, t.Element), ptr);
                break;
            case (ValType.FixedLengthList t, SpecValue.List v):
                StoreListIntoValidRange(v, ptr, t.Element);
                break;
            case (ValType.Record t, SpecValue.Record v):
                StoreRecord(v, t, ptr);
                break;
            case (ValType.Variant t, SpecValue.Case v):
                StoreVariant(v, t, ptr);
                break;
            case (ValType.Flags t, SpecValue.Flags v):
                memory.StoreInt(PackFlagsIntoInt(v, t), ptr, SpecAbi.FlagsSize(t.Labels.Length));
                break;
            case (_, SpecValue.Handle v):
                memory.StoreInt(handles.Lower(type, v), ptr, 4);
                break;
            default:
                throw new InvalidOperationException($"{value} is no {type}");
        }
    }

    private void StorePair((ulong Pointer, ulong Length) pair, ulong ptr)
    {
        memory.StoreInt(pair.Pointer, ptr, Abi.PtrSize);
        memory.StoreInt(pair.Length, ptr + Abi.PtrSize, Abi.PtrSize);
    }

    // def store_list_into_range(cx, v, elem_type)
    private (ulong, ulong) StoreListIntoRange(SpecValue.List list, ValType element)
    {
        ulong ptr = Allocate(Abi.Alignment(element), (ulong)list.Elements.Length * Abi.ElemSize(element));
        StoreListIntoValidRange(list, ptr, element);
        return (ptr, (ulong)list.Elements.Length);
    }

    // def store_list_into_valid_range(cx, v, ptr, elem_type)
    private void StoreListIntoValidRange(SpecValue.List list, ulong ptr, ValType element)
    {
        for (int i = 0; i < list.Elements.Length; i++)
            Store(list.Elements[i], element, ptr + ((ulong)i * Abi.ElemSize(element)));
    }

    // def store_record(cx, v, ptr, fields)
    private void StoreRecord(SpecValue.Record record, ValType.Record type, ulong ptr)
    {
        foreach (var field in type.Fields)
        {
            ptr = SpecAbi.AlignTo(ptr, Abi.Alignment(field.Type));
            Store(record[field.Name], field.Type, ptr);
            ptr += Abi.ElemSize(field.Type);
        }
    }

    // def store_variant(cx, v, ptr, cases)
    private void StoreVariant(SpecValue.Case value, ValType.Variant type, ulong ptr)
    {
        int index = MatchCase(value, type);
        ulong discriminantSize = SpecAbi.DiscriminantSize(type.Cases.Length);
        memory.StoreInt((ulong)index, ptr, discriminantSize);
        ptr = SpecAbi.AlignTo(ptr + discriminantSize, Abi.MaxCaseAlignment(type));
        if (type.Cases[index].Type is { } payload)
            Store(value.Value!, payload, ptr);
    }

    // def match_case(v, cases)
    private static int MatchCase(SpecValue.Case value, ValType.Variant type)
    {
        for (int i = 0; i < type.Cases.Length; i++)
        {
            if (type.Cases[i].Name == value.Label)
                return i;
        }
        throw new InvalidOperationException($"no case {value.Label}");
    }

    // def pack_flags_into_int(v, labels)
    private static ulong PackFlagsIntoInt(SpecValue.Flags flags, ValType.Flags type)
    {
        ulong bits = 0;
        for (int i = 0; i < type.Labels.Length; i++)
            bits |= flags.Set.Items.Contains(type.Labels[i]) ? 1UL << i : 0;
        return bits;
    }
}
