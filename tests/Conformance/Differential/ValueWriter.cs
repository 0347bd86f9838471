using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Fact.Ir;
using Fact.Model;

namespace Fact.Conformance.Differential;

/// <summary>Writes nodes as a guest does: into core values, and into its memory.</summary>
/// <param name="abi">The width of the guest's pointers.</param>
/// <param name="encoding">How the guest encodes strings.</param>
/// <param name="image">The guest's memory.</param>
/// <param name="garbage">What stands in bits that mean nothing.</param>
/// <param name="emptyUpperHalves">Whether there is no garbage in the upper halves of slots that carry 32 bits, or might if a discriminant that was spoilt is a case after
/// all.</param>
public sealed class ValueWriter(SpecAbi abi, StringEncoding encoding, GuestImage image, ulong garbage, bool emptyUpperHalves)
{
    private const ulong Low = uint.MaxValue;

    /// <summary>Appends the core values of a node, one to a slot.</summary>
    public void Flat(ValType type, Node node, List<ulong> slots)
    {
        switch (node)
        {
            case Node.Bits bits:
                slots.Add(bits.Value);
                break;
            case Node.Text or Node.Sequence:
                var (address, length) = Contents(type, node);
                slots.AddRange([address, length]);
                break;
            case Node.Parts parts:
                foreach (var (part, item) in Shape.Parts(type)!.Zip(parts.Items.Items))
                    Flat(part, item, slots);
                break;
            case Node.Case chosen:
                FlatCase(type, chosen, slots);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Writes a node to a place, and returns its address.</summary>
    public ulong Place(ValType type, Node node, Place place)
    {
        var bytes = new byte[abi.ElemSize(type)];
        bytes.AsSpan().Fill((byte)garbage);
        Store(type, node, bytes);
        ulong address = image.Allocate(place, (ulong)bytes.Length, abi.Alignment(type));
        if (place.Kind != PlaceKind.Absolute)
            image.Write(address, bytes);
        return address;
    }

    private void FlatCase(ValType type, Node.Case chosen, List<ulong> slots)
    {
        var joined = abi.FlattenType(type);
        List<ulong> payload = [];
        IReadOnlyList<CoreValType> kinds = [];
        if (PayloadType(type, chosen) is { } payloadType)
        {
            Flat(payloadType, chosen.Payload!, payload);
            kinds = abi.FlattenType(payloadType);
        }
        slots.Add(chosen.Discriminant);
        for (int i = 1; i < joined.Length; i++)
        {
            if (i > payload.Count)
                slots.Add(emptyUpperHalves ? garbage & Low : garbage);
            else if (joined[i] == CoreValType.I64 && kinds[i - 1] is CoreValType.I32 or CoreValType.F32)
                slots.Add((payload[i - 1] & Low) | (emptyUpperHalves ? 0 : garbage & ~Low));
            else
                slots.Add(payload[i - 1]);
        }
    }

    private void Store(ValType type, Node node, Span<byte> to)
    {
        switch (node)
        {
            case Node.Bits bits:
                StoreInt(bits.Value, to[..(int)abi.ElemSize(type)]);
                break;
            case Node.Text or Node.Sequence:
                var (address, length) = Contents(type, node);
                int pointer = (int)abi.PtrSize;
                StoreInt(address, to[..pointer]);
                StoreInt(length, to.Slice(pointer, pointer));
                break;
            case Node.Parts parts:
                ulong at = 0;
                foreach (var (part, item) in Shape.Parts(type)!.Zip(parts.Items.Items))
                {
                    at = SpecAbi.AlignTo(at, abi.Alignment(part));
                    Store(part, item, to[(int)at..]);
                    at += abi.ElemSize(part);
                }
                break;
            case Node.Case chosen:
                var cases = Shape.Cases(type)!;
                StoreInt(chosen.Discriminant, to[..(int)SpecAbi.DiscriminantSize(cases.Count)]);
                if (PayloadType(type, chosen) is { } payloadType)
                    Store(payloadType, chosen.Payload!, to[(int)abi.PayloadOffset(type)..]);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private (ulong Address, ulong Length) Contents(ValType type, Node node)
    {
        switch (node)
        {
            case Node.Text text:
                int unit = text.IsUtf16 ? 2 : 1;
                ulong at = image.Allocate(text.At, (ulong)text.Bytes.Length, 2);
                if (text.At.Kind != PlaceKind.Absolute)
                    image.Write(at, text.Bytes.AsSpan());
                ulong units = (ulong)(text.Bytes.Length / unit);
                if (text.IsUtf16 && encoding == StringEncoding.Latin1OrUtf16)
                    units |= 1UL << (((int)abi.PtrSize * 8) - 1);
                return (at, text.Length ?? units);
            case Node.Sequence list:
                var element = Shape.Element(type)!;
                int size = (int)abi.ElemSize(element);
                var bytes = new byte[size * list.Elements.Length];
                bytes.AsSpan().Fill((byte)garbage);
                for (int i = 0; i < list.Elements.Length; i++)
                    Store(element, list.Elements[i], bytes.AsSpan(i * size));
                ulong start = image.Allocate(list.At, (ulong)bytes.Length, abi.Alignment(element));
                if (list.At.Kind != PlaceKind.Absolute)
                    image.Write(start, bytes);
                return (start, list.Length ?? (ulong)list.Elements.Length);
            default:
                throw new UnreachableException();
        }
    }

    private static ValType? PayloadType(ValType type, Node.Case chosen) =>
        chosen.Payload is not null && Shape.Cases(type)! is { } cases && chosen.Discriminant < cases.Count
            ? cases[(int)chosen.Discriminant]
            : null;

    private static void StoreInt(ulong value, Span<byte> to)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        bytes[..to.Length].CopyTo(to);
    }
}
