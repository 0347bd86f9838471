using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Fact.Ir;

namespace Fact.Model;

// Flat values and whole parameter lists, as in definitions.py.
public partial class LiftLowerContext
{
    /// <summary>Lifts values from core values, or from memory where there are too many. Spec: <c>lift_flat_values</c>.</summary>
    public SpecValue[] LiftFlatValues(int maxFlat, CoreValueIter vi, IReadOnlyList<ValType> types)
    {
        if (Abi.FlattenTypes(types, maxFlat) is not null)
            return [.. types.Select(t => LiftFlat(vi, t)).ToArray()];
        var tuple = new ValType.Tuple([.. types]);
        ulong ptr = vi.Next(Abi.Ptr);
        Check(ptr, Abi.Alignment(tuple), Abi.ElemSize(tuple));
        return [.. ((SpecValue.Record)Load(ptr, tuple)).Fields.Items.Select(field => field.Value)];
    }

    /// <summary>Lowers values to core values, or to memory where there are too many. Spec: <c>lower_flat_values</c>.</summary>
    /// <param name="maxFlat">How many core values there may be.</param>
    /// <param name="values">The values.</param>
    /// <param name="types">Their types.</param>
    /// <param name="outParam">Where in memory they go; null for memory that the guest allocates.</param>
    public List<CoreValue> LowerFlatValues(int maxFlat, IReadOnlyList<SpecValue> values, IReadOnlyList<ValType> types, ulong? outParam = null)
    {
        if (Abi.FlattenTypes(types, maxFlat) is not null)
            return [.. values.SelectMany((v, i) => LowerFlat(v, types[i])).ToArray()];
        var tuple = new ValType.Tuple([.. types]);
        ulong ptr = outParam ?? Allocate(Abi.Alignment(tuple), Abi.ElemSize(tuple));
        Check(ptr, Abi.Alignment(tuple), Abi.ElemSize(tuple));
        Store(new SpecValue.Record([.. values.Select((v, i) => (i.ToString(CultureInfo.InvariantCulture), v))]), tuple, ptr);
        return outParam is null ? [new(Abi.Ptr, ptr)] : [];
    }

    // def lift_flat(cx, vi, t)
    private SpecValue LiftFlat(CoreValueIter vi, ValType type) => SpecAbi.Despecialize(type) switch
    {
        ValType.Primitive { Type: PrimitiveType.Bool } => new SpecValue.Bool(vi.Next(CoreValType.I32) != 0),
        ValType.Primitive { Type: PrimitiveType.Char } => ConvertI32ToChar(vi.Next(CoreValType.I32)),
        ValType.Primitive { Type: PrimitiveType.String } => LoadStringFromRange(vi.Next(Abi.Ptr), vi.Next(Abi.Ptr)),
        ValType.Primitive t => new SpecValue.Bits(Narrow(vi.Next(Abi.FlattenType(t)[0]), Abi.ElemSize(t))),
        ValType.List t => LoadListFromRange(vi.Next(Abi.Ptr), vi.Next(Abi.Ptr), t.Element),
        ValType.FixedLengthList t => new SpecValue.List([.. Enumerable.Range(0, (int)t.Length).Select(_ => LiftFlat(vi, t.Element)).ToArray()]),
        ValType.Record t => new SpecValue.Record([.. t.Fields.Items.Select(f => (f.Name, LiftFlat(vi, f.Type))).ToArray()]),
        ValType.Variant t => LiftFlatVariant(vi, t),
        ValType.Flags t => UnpackFlagsFromInt(vi.Next(CoreValType.I32), t),
        _ => handles.Lift(type, (uint)vi.Next(CoreValType.I32)),
    };

    // def lift_flat_unsigned, lift_flat_signed: values are kept as their low bits
    private static ulong Narrow(ulong bits, ulong size) => size == 8 ? bits : bits & ((1UL << (int)(8 * size)) - 1);

    // def lift_flat_variant(cx, vi, cases)
    private SpecValue.Case LiftFlatVariant(CoreValueIter vi, ValType.Variant type)
    {
        var slots = new Queue<CoreValType>(Abi.FlattenType(type));
        slots.Dequeue();
        ulong index = vi.Next(CoreValType.I32);
        SpecTrap.If(index >= (ulong)type.Cases.Length, "invalid discriminant");
        var one = type.Cases[(int)index];
        var value = one.Type is { } payload ? LiftFlat(new CoreValueIter.Coerced(vi, slots), payload) : null;
        while (slots.TryDequeue(out var unused))
            vi.Next(unused);
        return new(one.Name, value);
    }

    // def lower_flat(cx, v, t)
    private List<CoreValue> LowerFlat(SpecValue value, ValType type) => (SpecAbi.Despecialize(type), value) switch
    {
        (ValType.Primitive, SpecValue.Bool v) => [new(CoreValType.I32, v.Value ? 1u : 0u)],
        (ValType.Primitive, SpecValue.Char v) => [new(CoreValType.I32, (ulong)v.Value)],
        (ValType.Primitive t, SpecValue.Bits v) => [new(Abi.FlattenType(t)[0], LowerFlatSigned(v.Value, t.Type))],
        (ValType.Primitive, SpecValue.Text v) => Pair(StoreStringIntoRange(v)),
        (ValType.List t, SpecValue.List v) => Pair(StoreListIntoRange(v, t.Element)),
        (ValType.FixedLengthList t, SpecValue.List v) => [.. v.Elements.Items.SelectMany(e => LowerFlat(e, t.Element)).ToArray()],
        (ValType.Record t, SpecValue.Record v) => [.. t.Fields.Items.SelectMany(f => LowerFlat(v[f.Name], f.Type)).ToArray()],
        (ValType.Variant t, SpecValue.Case v) => LowerFlatVariant(v, t),
        (ValType.Flags t, SpecValue.Flags v) => [new(CoreValType.I32, PackFlagsIntoInt(v, t))],
        (_, SpecValue.Handle v) => [new(CoreValType.I32, handles.Lower(type, v))],
        _ => throw new InvalidOperationException($"{value} is no {type}"),
    };

    private List<CoreValue> Pair((ulong Pointer, ulong Length) pair) => [new(Abi.Ptr, pair.Pointer), new(Abi.Ptr, pair.Length)];

    // def lower_flat_signed(i, core_bits)
    private static ulong LowerFlatSigned(ulong bits, PrimitiveType type) => type switch
    {
        PrimitiveType.S8 => (uint)(sbyte)bits,
        PrimitiveType.S16 => (uint)(short)bits,
        _ => bits,
    };

    // def lower_flat_variant(cx, v, cases)
    private List<CoreValue> LowerFlatVariant(SpecValue.Case value, ValType.Variant type)
    {
        var slots = Abi.FlattenType(type);
        int index = MatchCase(value, type);
        List<CoreValue> payload = type.Cases[index].Type is { } t ? LowerFlat(value.Value!, t) : [];
        return [new(CoreValType.I32, (ulong)index), .. slots.Skip(1).Select((slot, i) => new CoreValue(slot, i < payload.Count ? payload[i].Bits : 0))];
    }
}
