using Fact.Ir;
using Fact.Properties.Generators;

namespace Fact.Conformance.Behaviour.Spec;

// Storing, as in definitions.py; strings are in a part of their own.
internal sealed partial class SpecSide
{
    public void Store(SpecValue value, ValType type, ulong ptr)
    {
        switch (SpecAbi.Despecialize(type), value)
        {
            case (ValType.Primitive, SpecValue.Bool v):
                StoreInt(ptr, v.Value ? 1u : 0u, 1);
                break;
            case (ValType.Primitive, SpecValue.Char v):
                StoreInt(ptr, (ulong)v.Value, 4);
                break;
            case (ValType.Primitive t, SpecValue.Bits v):
                StoreInt(ptr, v.Value, Abi.ElemSize(t));
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
                StoreInt(ptr, PackFlags(v, t), SpecAbi.FlagsSize(t.Labels.Length));
                break;
            case (var t, SpecValue.Handle v):
                StoreInt(ptr, LowerHandle(v, t), 4);
                break;
            default:
                throw new System.InvalidOperationException($"{value} is no {TypeText.Of(type)}");
        }
    }

    private uint LowerHandle(SpecValue.Handle handle, ValType type) =>
        Transfer(handle.Kind, handle.Index, handle.Table, HandleOf(type)!.Value.Table);

    private void StorePair((ulong Pointer, ulong Length) pair, ulong ptr)
    {
        StoreInt(ptr, pair.Pointer, Abi.PtrSize);
        StoreInt(ptr + Abi.PtrSize, pair.Length, Abi.PtrSize);
    }

    private (ulong, ulong) StoreListIntoRange(SpecValue.List list, ValType element)
    {
        ulong ptr = Allocate(Abi.Alignment(element), (ulong)list.Elements.Length * Abi.ElemSize(element));
        StoreListIntoValidRange(list, ptr, element);
        return (ptr, (ulong)list.Elements.Length);
    }

    private void StoreListIntoValidRange(SpecValue.List list, ulong ptr, ValType element)
    {
        for (int i = 0; i < list.Elements.Length; i++)
            Store(list.Elements[i], element, ptr + ((ulong)i * Abi.ElemSize(element)));
    }

    private void StoreRecord(SpecValue.Record record, ValType.Record type, ulong ptr)
    {
        foreach (var field in type.Fields)
        {
            ptr = SpecAbi.AlignTo(ptr, Abi.Alignment(field.Type));
            Store(record[field.Name], field.Type, ptr);
            ptr += Abi.ElemSize(field.Type);
        }
    }

    private void StoreVariant(SpecValue.Case value, ValType.Variant type, ulong ptr)
    {
        int index = CaseIndex(value, type);
        ulong discriminantSize = SpecAbi.DiscriminantSize(type.Cases.Length);
        StoreInt(ptr, (ulong)index, discriminantSize);
        ptr = SpecAbi.AlignTo(ptr + discriminantSize, Abi.MaxCaseAlignment(type));
        if (type.Cases[index].Type is { } payload)
            Store(value.Value!, payload, ptr);
    }

    // def match_case(v, cases)
    private static int CaseIndex(SpecValue.Case value, ValType.Variant type)
    {
        for (int i = 0; i < type.Cases.Length; i++)
        {
            if (type.Cases[i].Name == value.Label)
                return i;
        }
        throw new System.InvalidOperationException($"no case {value.Label}");
    }

    // def pack_flags_into_int(v, labels)
    private static ulong PackFlags(SpecValue.Flags flags, ValType.Flags type)
    {
        ulong bits = 0;
        for (int i = 0; i < type.Labels.Length; i++)
            bits |= flags.Set.Items.Contains(type.Labels[i]) ? 1UL << i : 0;
        return bits;
    }
}
