using System;
using System.Collections.Generic;
using Fact.Ir;
using Fact.Lower.Abi;
using Fact.Lower.Code;

namespace Fact.Lower.Value;

/// <summary>Records and tuples: their fields, matched by name, in the order of the target. Spec: <c>load_record</c>, <c>store_record</c>.</summary>
internal static class Records
{
    public static void Record(Scope s, AbiType.Record from, in Source source, AbiType.Record to, in Target target)
    {
        uint[] sourceOffsets = from.For(source.Side.Ptr.Type).Offsets;
        uint[] targetOffsets = to.For(target.Side.Ptr.Type).Offsets;
        bool sameOrder = SameNames(from.Names, to.Names);
        int[]? order = sameOrder ? null : Order(from.Names, to.Names);
        int sourceSlots = 0, targetSlots = 0;
        for (int i = 0; i < to.Fields.Length; i++)
        {
            int j = sameOrder ? i : order![i];
            if (!source.InMemory && !sameOrder)
                sourceSlots = SlotsBefore(from, j, source.Side.Ptr.Type);
            Enter(s, to, i);
            Translate.Value(s, from.Fields[j], source.At(sourceOffsets[j], sourceSlots), to.Fields[i], target.At(targetOffsets[i], targetSlots));
            s.Leave();
            if (!source.InMemory)
                sourceSlots += from.Fields[j].For(source.Side.Ptr.Type).FlatTypes!.Length;
            if (!target.InMemory)
                targetSlots += to.Fields[i].For(target.Side.Ptr.Type).FlatTypes!.Length;
        }
    }

    /// <summary>Whether two types name the same parts in the same order: the rule where both sides were compiled from one interface.</summary>
    public static bool SameNames(string[] a, string[] b) => ReferenceEquals(a, b) || a.AsSpan().SequenceEqual(b);

    /// <summary>For each name of the second sequence where the first has it.</summary>
    private static int[] Order(string[] from, string[] to)
    {
        var numbers = new Dictionary<string, int>(from.Length, StringComparer.Ordinal);
        for (int i = 0; i < from.Length; i++)
            numbers[from[i]] = i;
        return Array.ConvertAll(to, name => numbers[name]);
    }

    private static void Enter(Scope s, AbiType.Record type, int field)
    {
        if (type.IsTuple)
            s.Enter("tuple element", field);
        else
            s.Enter("record field", type.Names[field]);
    }

    private static int SlotsBefore(AbiType.Record type, int field, CoreValType ptr)
    {
        int slots = 0;
        for (int i = 0; i < field; i++)
            slots += type.Fields[i].For(ptr).FlatTypes!.Length;
        return slots;
    }
}
