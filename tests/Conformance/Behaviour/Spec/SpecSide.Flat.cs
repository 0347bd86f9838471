using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Properties.Generators;

namespace Fact.Conformance.Behaviour.Spec;

/// <summary>Takes core values one after another. Spec: <c>CoreValueIter</c>.</summary>
internal abstract class FlatReader
{
    public abstract ulong Next(CoreValType want);

    public sealed class Values(IReadOnlyList<CoreValue> values) : FlatReader
    {
        private int i;

        public override ulong Next(CoreValType want)
        {
            var value = values[i++];
            return value.Type == want ? value.Bits : throw new System.InvalidOperationException($"{value} where {want} was wanted");
        }
    }

    /// <summary>The slots of a variant, converted to what the payload wants. Spec: <c>CoerceValueIter</c>.</summary>
    public sealed class Coerced(FlatReader slots, Queue<CoreValType> have) : FlatReader
    {
        public override ulong Next(CoreValType want)
        {
            ulong bits = slots.Next(have.Dequeue());
            return want is CoreValType.I32 or CoreValType.F32 ? (uint)bits : bits;
        }
    }
}

// Flat values and whole parameter lists, as in definitions.py.
internal sealed partial class SpecSide
{
    // def lift_flat_values(cx, max_flat, vi, ts)
    public SpecValue[] LiftFlatValues(int maxFlat, FlatReader vi, IReadOnlyList<ValType> types)
    {
        if (Abi.FlattenTypes(types, maxFlat) is not null)
            return [.. types.Select(t => LiftFlat(vi, t)).ToArray()];
        var tuple = new ValType.Tuple([.. types]);
        return [.. ((SpecValue.Record)Load(TuplePointer(vi.Next(Abi.Ptr), tuple), tuple)).Fields.Items.Select(field => field.Value)];
    }

    // def lower_flat_values(cx, max_flat, vs, ts, out_param)
    public List<CoreValue> LowerFlatValues(int maxFlat, IReadOnlyList<SpecValue> values, IReadOnlyList<ValType> types, ulong? outParam = null)
    {
        if (Abi.FlattenTypes(types, maxFlat) is not null)
            return [.. values.SelectMany((v, i) => LowerFlat(v, types[i])).ToArray()];
        var tuple = new ValType.Tuple([.. types]);
        ulong ptr = outParam ?? heap.Reallocate(Memory, 0, 0, Abi.Alignment(tuple), Abi.ElemSize(tuple));
        TuplePointer(ptr, tuple);
        Store(new SpecValue.Record([.. values.Select((v, i) => (i.ToString(System.Globalization.CultureInfo.InvariantCulture), v))]), tuple, ptr);
        return outParam is null ? [new(Abi.Ptr, ptr)] : [];
    }

    private ulong TuplePointer(ulong ptr, ValType tuple)
    {
        SpecTrap.If(ptr != SpecAbi.AlignTo(ptr, Abi.Alignment(tuple)), "unaligned tuple");
        SpecTrap.If(OutOfBounds(ptr, Abi.ElemSize(tuple)), "tuple out of bounds");
        return ptr;
    }

    private SpecValue LiftFlat(FlatReader vi, ValType type) => SpecAbi.Despecialize(type) switch
    {
        ValType.Primitive { Type: PrimitiveType.Bool } => new SpecValue.Bool(vi.Next(CoreValType.I32) != 0),
        ValType.Primitive { Type: PrimitiveType.Char } => ToChar(vi.Next(CoreValType.I32)),
        ValType.Primitive { Type: PrimitiveType.String } => LoadStringFromRange(vi.Next(Abi.Ptr), vi.Next(Abi.Ptr)),
        ValType.Primitive t => new SpecValue.Bits(Narrow(vi.Next(Abi.FlattenType(t)[0]), Abi.ElemSize(t))),
        ValType.List t => LoadListFromRange(vi.Next(Abi.Ptr), vi.Next(Abi.Ptr), t.Element),
        ValType.FixedLengthList t => new SpecValue.List([.. Enumerable.Range(0, (int)t.Length).Select(_ => LiftFlat(vi, t.Element)).ToArray()]),
        ValType.Record t => new SpecValue.Record([.. t.Fields.Items.Select(f => (f.Name, LiftFlat(vi, f.Type))).ToArray()]),
        ValType.Variant t => LiftFlatVariant(vi, t),
        ValType.Flags t => UnpackFlags(vi.Next(CoreValType.I32), t),
        var t => LiftHandle(vi.Next(CoreValType.I32), t),
    };

    // def lift_flat_unsigned, lift_flat_signed: values are kept as their low bits
    private static ulong Narrow(ulong bits, ulong size) => size == 8 ? bits : bits & ((1UL << (int)(8 * size)) - 1);

    private SpecValue.Case LiftFlatVariant(FlatReader vi, ValType.Variant type)
    {
        var slots = new Queue<CoreValType>(Abi.FlattenType(type));
        slots.Dequeue();
        ulong index = vi.Next(CoreValType.I32);
        SpecTrap.If(index >= (ulong)type.Cases.Length, "invalid discriminant");
        var one = type.Cases[(int)index];
        var value = one.Type is { } payload ? LiftFlat(new FlatReader.Coerced(vi, slots), payload) : null;
        while (slots.TryDequeue(out var unused))
            vi.Next(unused);
        return new(one.Name, value);
    }

    private List<CoreValue> LowerFlat(SpecValue value, ValType type) => (SpecAbi.Despecialize(type), value) switch
    {
        (ValType.Primitive, SpecValue.Bool v) => [new(CoreValType.I32, v.Value ? 1u : 0u)],
        (ValType.Primitive, SpecValue.Char v) => [new(CoreValType.I32, (ulong)v.Value)],
        (ValType.Primitive t, SpecValue.Bits v) => [new(Abi.FlattenType(t)[0], Widen(v.Value, t.Type))],
        (ValType.Primitive, SpecValue.Text v) => Pair(StoreStringIntoRange(v)),
        (ValType.List t, SpecValue.List v) => Pair(StoreListIntoRange(v, t.Element)),
        (ValType.FixedLengthList t, SpecValue.List v) => [.. v.Elements.Items.SelectMany(e => LowerFlat(e, t.Element)).ToArray()],
        (ValType.Record t, SpecValue.Record v) => [.. t.Fields.Items.SelectMany(f => LowerFlat(v[f.Name], f.Type)).ToArray()],
        (ValType.Variant t, SpecValue.Case v) => LowerFlatVariant(v, t),
        (ValType.Flags t, SpecValue.Flags v) => [new(CoreValType.I32, PackFlags(v, t))],
        (var t, SpecValue.Handle v) => [new(CoreValType.I32, LowerHandle(v, t))],
        _ => throw new System.InvalidOperationException($"{value} is no {TypeText.Of(type)}"),
    };

    private List<CoreValue> Pair((ulong Pointer, ulong Length) pair) => [new(Abi.Ptr, pair.Pointer), new(Abi.Ptr, pair.Length)];

    // def lower_flat_signed(i, core_bits)
    private static ulong Widen(ulong bits, PrimitiveType type) => type switch
    {
        PrimitiveType.S8 => (uint)(sbyte)bits,
        PrimitiveType.S16 => (uint)(short)bits,
        _ => bits,
    };

    private List<CoreValue> LowerFlatVariant(SpecValue.Case value, ValType.Variant type)
    {
        var slots = Abi.FlattenType(type);
        int index = CaseIndex(value, type);
        List<CoreValue> payload = type.Cases[index].Type is { } t ? LowerFlat(value.Value!, t) : [];
        return [new(CoreValType.I32, (ulong)index), .. slots.Skip(1).Select((slot, i) => new CoreValue(slot, i < payload.Count ? payload[i].Bits : 0))];
    }
}
