using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Fact.Ir;

namespace Fact.Conformance.Differential.Model;

/// <summary>Lowers values into a guest, from the specification's text. Spec: <c>store</c>, <c>lower_flat</c>.</summary>
internal sealed class ModelLower(ModelGuest guest, StringEncoding encoding, ModelCall call)
{
    private readonly Abi abi = guest.Abi;
    private readonly ModelStrings strings = new(guest, encoding);

    /// <summary>Lowers values to core values, or to memory where there are too many. Spec: <c>lower_flat_values</c>.</summary>
    /// <param name="types">The types.</param>
    /// <param name="values">The values.</param>
    /// <param name="maxFlat">How many core values there may be.</param>
    /// <param name="outParam">Where in memory they go; null for memory that the guest allocates.</param>
    public List<ulong> Values(IReadOnlyList<ValType> types, EquatableArray<Lifted> values, int maxFlat, ulong? outParam)
    {
        List<ulong> flat = [];
        if (types.Sum(t => abi.Flatten(t).Count) <= maxFlat)
        {
            for (int i = 0; i < types.Count; i++)
                Flat(types[i], values[i], flat);
            return flat;
        }
        var tuple = new ValType.Tuple([.. types]);
        int alignment = abi.Alignment(tuple), size = abi.Size(tuple);
        ulong at = outParam ?? guest.Realloc(0, 0, (ulong)alignment, (ulong)size);
        ModelTrap.If(at % (ulong)alignment != 0, "unaligned pointer");
        ModelTrap.If((UInt128)at + (ulong)size > guest.Size, "out of bounds");
        Store(tuple, new Lifted.Parts(values), at);
        if (outParam is null)
            flat.Add(at);
        return flat;
    }

    private void Flat(ValType type, Lifted value, List<ulong> to)
    {
        switch (value)
        {
            case Lifted.Bits v:
                to.Add(ModelFlat.Mask(abi.Flatten(type)[0], v.Value));
                break;
            case Lifted.Resource v:
                to.Add(Handle(type, v.Rep));
                break;
            case Lifted.Text or Lifted.List:
                var (at, length) = Contents(type, value);
                to.AddRange([at, length]);
                break;
            case Lifted.Parts v:
                foreach (var (part, item) in Abi.Parts(type)!.Zip(v.Items.Items))
                    Flat(part, item, to);
                break;
            case Lifted.Case v:
                int end = to.Count + abi.Flatten(type).Count;
                to.Add((ulong)v.Index);
                if (v.Payload is { } payload)
                    Flat(Abi.Cases(type)![v.Index]!, payload, to);
                while (to.Count < end)
                    to.Add(0);
                break;
        }
    }

    private void Store(ValType type, Lifted value, ulong at)
    {
        switch (value)
        {
            case Lifted.Bits v:
                StoreInt(v.Value, at, abi.Size(type));
                break;
            case Lifted.Resource v:
                StoreInt(Handle(type, v.Rep), at, 4);
                break;
            case Lifted.Text or Lifted.List:
                var (address, length) = Contents(type, value);
                StoreInt(address, at, abi.PointerSize);
                StoreInt(length, at + (ulong)abi.PointerSize, abi.PointerSize);
                break;
            case Lifted.Parts v:
                int offset = 0;
                foreach (var (part, item) in Abi.Parts(type)!.Zip(v.Items.Items))
                {
                    offset = Abi.AlignTo(offset, abi.Alignment(part));
                    Store(part, item, at + (ulong)offset);
                    offset += abi.Size(part);
                }
                break;
            case Lifted.Case v:
                var cases = Abi.Cases(type)!;
                StoreInt((ulong)v.Index, at, Abi.DiscriminantSize(cases.Count));
                if (v.Payload is { } payload)
                    Store(cases[v.Index]!, payload, at + (ulong)abi.PayloadOffset(cases));
                break;
        }
    }

    private ulong Handle(ValType type, ulong rep)
    {
        int resource = Handles.Resource(type)!.Value;
        bool own = type is ValType.Own;
        uint? index = own ? guest.Handles.LowerOwn(resource, rep) : guest.Handles.LowerBorrow(resource, rep, call);
        if (index is { } at)
            guest.Received.Add(new(resource, at, own));
        return index ?? rep;
    }

    private (ulong Address, ulong Length) Contents(ValType type, Lifted value)
    {
        switch (value)
        {
            case Lifted.Text text:
                return strings.Store(text);
            case Lifted.List list:
                var element = Abi.Element(type)!;
                ulong size = (ulong)abi.Size(element);
                ulong bytes = (ulong)list.Elements.Length * size;
                int alignment = abi.Alignment(element);
                ulong at = guest.Realloc(0, 0, (ulong)alignment, bytes);
                ModelTrap.If(at % (ulong)alignment != 0, "unaligned pointer");
                ModelTrap.If((UInt128)at + bytes > guest.Size, "out of bounds");
                for (int i = 0; i < list.Elements.Length; i++)
                    Store(element, list.Elements[i], at + ((ulong)i * size));
                return (at, (ulong)list.Elements.Length);
            default:
                throw new UnreachableException();
        }
    }

    private void StoreInt(ulong value, ulong at, int size)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        guest.Write(at, bytes[..size]);
    }
}
