using System;
using Fact.Ir;

namespace Fact.Lower.Abi;

/// <summary>Makes the types with parts.</summary>
internal static class Composite
{
    public static AbiType List(int id, AbiType element, bool isMap) => new AbiType.List(id, element, isMap, Budget.Call);

    public static AbiType FixedList(int id, AbiType element, uint length)
    {
        long unrolled = Math.Min(Budget.Most, (long)length * Budget.Part(element));
        int cost = (element.Has & Features.Bitwise) != 0 ? Budget.Call : (int)Math.Min(unrolled, 16L + Budget.Part(element));
        return new AbiType.FixedList(id, element, length, cost);
    }

    public static AbiType Record(int id, bool isTuple, string[] names, AbiType[] fields)
    {
        var has = Features.None;
        bool bitwise = true;
        ulong sizes = 0;
        int cost = 0;
        foreach (var field in fields)
        {
            has |= field.Has;
            bitwise &= (field.Has & Features.Bitwise) != 0;
            sizes += field.Layout32.ElemSize;
            cost = Budget.Add(cost, Budget.Part(field));
        }
        var layouts = Layouts.Record(fields);
        has &= ~Features.Bitwise;
        if (bitwise && sizes == layouts.Layout32.ElemSize)
            has |= Features.Bitwise;
        return new AbiType.Record(id, isTuple, names, fields, has, cost, layouts);
    }

    public static AbiType Variant(int id, VariantFlavor flavor, string[] names, AbiType?[] cases)
    {
        var has = Features.None;
        int cost = 8 + (flavor == VariantFlavor.Enum ? 0 : Budget.Table(names.Length));
        foreach (var payload in cases)
        {
            if (payload is null)
                continue;
            has |= payload.Has;
            cost = Budget.Add(cost, 4 + Budget.Part(payload));
        }
        return new AbiType.Variant(id, flavor, names, cases, has & ~Features.Bitwise, cost, Layouts.Variant(names.Length, cases));
    }
}
