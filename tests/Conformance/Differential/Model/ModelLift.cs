using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Fact.Ir;

namespace Fact.Conformance.Differential.Model;

/// <summary>Lifts values out of a guest, from the specification's text. Spec: <c>load</c>, <c>lift_flat</c>.</summary>
internal sealed class ModelLift(ModelGuest guest, StringEncoding encoding, ModelCall call)
{
    private static readonly Encoding Utf8 = new UTF8Encoding(false, true);
    private static readonly Encoding Utf16 = new UnicodeEncoding(false, false, true);
    private readonly Abi abi = guest.Abi;

    /// <summary>Lifts values from core values, or from memory where there are too many. Spec: <c>lift_flat_values</c>.</summary>
    public EquatableArray<Lifted> Values(IReadOnlyList<ValType> types, int maxFlat, ModelFlat flat)
    {
        if (types.Sum(t => abi.Flatten(t).Count) <= maxFlat)
            return [.. types.Select(t => Flat(t, flat))];
        var tuple = new ValType.Tuple([.. types]);
        ulong at = flat.Next(abi.Pointer);
        CheckRange(at, abi.Alignment(tuple), 1, (ulong)abi.Size(tuple), ulong.MaxValue);
        return ((Lifted.Parts)Load(tuple, at)).Items;
    }

    private Lifted Flat(ValType type, ModelFlat flat)
    {
        if (Abi.Parts(type) is { } parts)
            return new Lifted.Parts([.. parts.Select(p => Flat(p, flat))]);
        if (Abi.Cases(type) is { } cases)
        {
            ulong index = flat.Next(CoreValType.I32);
            ModelTrap.If(index >= (ulong)cases.Count, "invalid variant discriminant");
            CoreValType[] joined = [.. abi.Flatten(type).Skip(1)];
            var payload = flat.Take(joined);
            return new Lifted.Case((int)index, cases[(int)index] is { } t ? Flat(t, payload) : null);
        }
        if (type is ValType.Primitive { Type: PrimitiveType.String })
            return Text(flat.Next(abi.Pointer), flat.Next(abi.Pointer));
        if (Abi.Element(type) is { } element)
            return List(element, flat.Next(abi.Pointer), flat.Next(abi.Pointer));
        return Scalar(type, flat.Next(abi.Flatten(type)[0]));
    }

    private Lifted Load(ValType type, ulong at)
    {
        if (Abi.Parts(type) is { } parts)
        {
            List<Lifted> items = [];
            int offset = 0;
            foreach (var part in parts)
            {
                offset = Abi.AlignTo(offset, abi.Alignment(part));
                items.Add(Load(part, at + (ulong)offset));
                offset += abi.Size(part);
            }
            return new Lifted.Parts([.. items]);
        }
        if (Abi.Cases(type) is { } cases)
        {
            ulong index = LoadInt(at, Abi.DiscriminantSize(cases.Count));
            ModelTrap.If(index >= (ulong)cases.Count, "invalid variant discriminant");
            return new Lifted.Case((int)index, cases[(int)index] is { } t ? Load(t, at + (ulong)abi.PayloadOffset(cases)) : null);
        }
        int size = abi.PointerSize;
        if (type is ValType.Primitive { Type: PrimitiveType.String })
            return Text(LoadInt(at, size), LoadInt(at + (ulong)size, size));
        if (Abi.Element(type) is { } element)
            return List(element, LoadInt(at, size), LoadInt(at + (ulong)size, size));
        return Scalar(type, LoadInt(at, abi.Size(type)));
    }

    private Lifted Scalar(ValType type, ulong bits)
    {
        switch (type)
        {
            case ValType.Own:
                return new Lifted.Resource(guest.Handles.LiftOwn(Handles.Resource(type)!.Value, bits).Rep);
            case ValType.Borrow:
                return new Lifted.Resource(guest.Handles.LiftBorrow(Handles.Resource(type)!.Value, bits, call).Rep);
            case ValType.Flags t:
                return new Lifted.Bits(bits & ((1UL << t.Labels.Length) - 1));
            case ValType.Primitive t:
                if (t.Type == PrimitiveType.Char)
                    ModelTrap.If(bits >= 0x110000 || bits is >= 0xD800 and <= 0xDFFF, "invalid char value");
                return new Lifted.Bits(t.Type switch
                {
                    PrimitiveType.Bool => bits != 0 ? 1u : 0u,
                    PrimitiveType.U8 => (byte)bits,
                    PrimitiveType.U16 => (ushort)bits,
                    PrimitiveType.S8 => (ulong)(sbyte)bits,
                    PrimitiveType.S16 => (ulong)(short)bits,
                    PrimitiveType.S64 or PrimitiveType.U64 or PrimitiveType.F64 => bits,
                    _ => (uint)bits,
                });
            default:
                throw new ArgumentOutOfRangeException(nameof(type));
        }
    }

    private Lifted.Text Text(ulong at, ulong tagged)
    {
        ulong tag = 1UL << ((abi.PointerSize * 8) - 1);
        bool isUtf16 = encoding == StringEncoding.Utf16 || (encoding == StringEncoding.Latin1OrUtf16 && (tagged & tag) != 0);
        ulong units = encoding == StringEncoding.Latin1OrUtf16 && isUtf16 ? tagged ^ tag : tagged;
        int alignment = encoding == StringEncoding.Utf8 ? 1 : 2;
        var bytes = CheckRange(at, alignment, units, isUtf16 ? 2u : 1u, guest.Dialect.MaxBytes);
        try
        {
            var decoder = isUtf16 ? Utf16 : encoding == StringEncoding.Utf8 ? Utf8 : Encoding.Latin1;
            return new(decoder.GetString(bytes), encoding, isUtf16, units);
        }
        catch (DecoderFallbackException)
        {
            throw new ModelTrap("invalid encoding");
        }
    }

    private Lifted.List List(ValType element, ulong at, ulong length)
    {
        ulong size = (ulong)abi.Size(element);
        CheckRange(at, abi.Alignment(element), length, size, guest.Dialect.MaxBytes);
        var items = new Lifted[length];
        for (ulong i = 0; i < length; i++)
            items[i] = Load(element, at + (i * size));
        return new([.. items]);
    }

    private ReadOnlySpan<byte> CheckRange(ulong at, int alignment, ulong count, ulong size, ulong limit)
    {
        ModelTrap.If((UInt128)count * size > limit, "too long");
        ModelTrap.If(at % (ulong)alignment != 0, "unaligned pointer");
        ModelTrap.If((UInt128)at + ((UInt128)count * size) > guest.Size, "out of bounds");
        return guest.Read(at, count * size);
    }

    private ulong LoadInt(ulong at, int size)
    {
        Span<byte> bytes = stackalloc byte[8];
        guest.Read(at, (ulong)size).CopyTo(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }
}
