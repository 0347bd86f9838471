using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Fact.Ir;

namespace Fact.Conformance.Differential;

/// <summary>Writes nodes as a guest does: into core values, and into its memory.</summary>
/// <param name="abi">The width of the guest's pointers.</param>
/// <param name="encoding">How the guest encodes strings.</param>
/// <param name="image">The guest's memory.</param>
/// <param name="garbage">What stands in bits that mean nothing.</param>
/// <param name="emptyUpperHalves">Whether there is no garbage in the upper halves of slots that carry 32 bits, or might if a discriminant that was spoilt is a case after all.</param>
public sealed class ValueWriter(Abi abi, StringEncoding encoding, GuestImage image, ulong garbage, bool emptyUpperHalves)
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
                foreach (var (part, item) in Abi.Parts(type)!.Zip(parts.Items.Items))
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
        var bytes = new byte[abi.Size(type)];
        bytes.AsSpan().Fill((byte)garbage);
        Store(type, node, bytes);
        ulong address = image.Allocate(place, bytes.Length, abi.Alignment(type));
        if (place.Kind != PlaceKind.Absolute)
            image.Write(address, bytes);
        return address;
    }

    private void FlatCase(ValType type, Node.Case chosen, List<ulong> slots)
    {
        var joined = abi.Flatten(type);
        List<ulong> payload = [];
        IReadOnlyList<CoreValType> kinds = [];
        if (PayloadType(type, chosen) is { } payloadType)
        {
            Flat(payloadType, chosen.Payload!, payload);
            kinds = abi.Flatten(payloadType);
        }
        slots.Add(chosen.Discriminant);
        for (int i = 1; i < joined.Count; i++)
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
                StoreInt(bits.Value, to[..abi.Size(type)]);
                break;
            case Node.Text or Node.Sequence:
                var (address, length) = Contents(type, node);
                StoreInt(address, to[..abi.PointerSize]);
                StoreInt(length, to.Slice(abi.PointerSize, abi.PointerSize));
                break;
            case Node.Parts parts:
                int at = 0;
                foreach (var (part, item) in Abi.Parts(type)!.Zip(parts.Items.Items))
                {
                    at = Abi.AlignTo(at, abi.Alignment(part));
                    Store(part, item, to[at..]);
                    at += abi.Size(part);
                }
                break;
            case Node.Case chosen:
                var cases = Abi.Cases(type)!;
                StoreInt(chosen.Discriminant, to[..Abi.DiscriminantSize(cases.Count)]);
                if (PayloadType(type, chosen) is { } payloadType)
                    Store(payloadType, chosen.Payload!, to[abi.PayloadOffset(cases)..]);
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
                ulong at = image.Allocate(text.At, text.Bytes.Length, 2);
                if (text.At.Kind != PlaceKind.Absolute)
                    image.Write(at, text.Bytes.AsSpan());
                ulong units = (ulong)(text.Bytes.Length / unit);
                if (text.IsUtf16 && encoding == StringEncoding.Latin1OrUtf16)
                    units |= 1UL << ((abi.PointerSize * 8) - 1);
                return (at, text.Length ?? units);
            case Node.Sequence list:
                var element = Abi.Element(type)!;
                int size = abi.Size(element);
                var bytes = new byte[size * list.Elements.Length];
                bytes.AsSpan().Fill((byte)garbage);
                for (int i = 0; i < list.Elements.Length; i++)
                    Store(element, list.Elements[i], bytes.AsSpan(i * size));
                ulong start = image.Allocate(list.At, bytes.Length, abi.Alignment(element));
                if (list.At.Kind != PlaceKind.Absolute)
                    image.Write(start, bytes);
                return (start, list.Length ?? (ulong)list.Elements.Length);
            default:
                throw new UnreachableException();
        }
    }

    private static ValType? PayloadType(ValType type, Node.Case chosen) =>
        chosen.Payload is not null && Abi.Cases(type)! is { } cases && chosen.Discriminant < cases.Count
            ? cases[(int)chosen.Discriminant]
            : null;

    private static void StoreInt(ulong value, Span<byte> to)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        bytes[..to.Length].CopyTo(to);
    }
}
