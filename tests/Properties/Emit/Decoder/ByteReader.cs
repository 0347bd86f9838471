using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Fact.Ir;

namespace Fact.Properties.Emit;

/// <summary>Reads the values of the binary format, and refuses what is longer than it must be.</summary>
internal sealed class ByteReader(ReadOnlyMemory<byte> bytes)
{
    public int At { get; private set; }

    public int Length => bytes.Length;

    /// <summary>All the bytes, from the start.</summary>
    public ReadOnlyMemory<byte> Whole => bytes;

    public bool Ended => At == bytes.Length;

    public byte Byte() => At < bytes.Length ? bytes.Span[At++] : throw new InvalidDataException($"the bytes end at {At}");

    public void Expect(byte expected)
    {
        int at = At;
        byte found = Byte();
        if (found != expected)
            throw new InvalidDataException($"0x{found:X2} instead of 0x{expected:X2} at {at}");
    }

    public ByteReader Slice(int length)
    {
        if (length > bytes.Length - At)
            throw new InvalidDataException($"{length} bytes wanted at {At}, there are {bytes.Length - At}");
        var slice = new ByteReader(bytes.Slice(At, length));
        At += length;
        return slice;
    }

    public ulong Unsigned(int bits)
    {
        UInt128 value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = Byte();
            value |= (UInt128)(next & 0x7F) << shift;
            if ((next & 0x80) != 0)
                continue;
            if (next == 0 && shift > 0)
                throw new InvalidDataException($"a number before {At} is longer than it must be");
            if (value >> bits != 0)
                throw new InvalidDataException($"a number before {At} has more than {bits} bits");
            return (ulong)value;
        }
    }

    public long Signed(int bits)
    {
        Int128 value = 0;
        byte previous = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = Byte();
            value |= (Int128)(next & 0x7F) << shift;
            if ((next & 0x80) != 0)
            {
                previous = next;
                continue;
            }
            if ((next & 0x40) != 0)
                value -= (Int128)1 << (shift + 7);
            bool signAlone = (next == 0 && (previous & 0x40) == 0) || (next == 0x7F && (previous & 0x40) != 0);
            if (shift > 0 && signAlone)
                throw new InvalidDataException($"a number before {At} is longer than it must be");
            if (value < -((Int128)1 << (bits - 1)) || value >= (Int128)1 << (bits - 1))
                throw new InvalidDataException($"a number before {At} has more than {bits} bits");
            return (long)value;
        }
    }

    public uint U32() => (uint)Unsigned(32);

    public int Count() => (int)U32();

    public uint F32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong F64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public UInt128 V128() => BinaryPrimitives.ReadUInt128LittleEndian(Take(16));

    public string Name() => new UTF8Encoding(false, true).GetString(Take(Count()));

    public List<T> Vector<T>(Func<T> item)
    {
        int count = Count();
        List<T> items = [];
        for (int i = 0; i < count; i++)
            items.Add(item());
        return items;
    }

    public CoreValType ValType()
    {
        byte opcode = Byte();
        switch (opcode)
        {
            case 0x65:
                return CoreValType.Ref(new CoreHeapType((CoreAbsHeapType)Byte(), isShared: true));
            case 0x63 or 0x64:
                return CoreValType.Ref(HeapType(), isNullable: opcode == 0x63);
            default:
                var type = (CoreValType)opcode;
                return Enum.IsDefined(type) ? type : throw new InvalidDataException($"no type 0x{opcode:X2} before {At}");
        }
    }

    private CoreHeapType HeapType()
    {
        if (At < Length && bytes.Span[At] is 0x62 or 0x65)
            return Byte() == 0x65 ? new CoreHeapType((CoreAbsHeapType)Byte(), isShared: true) : new CoreHeapType(new CoreTypeIdx(U32()), isExact: true);
        long type = Signed(33);
        return type < 0 ? new CoreHeapType((CoreAbsHeapType)(type & 0x7F)) : new CoreHeapType(new CoreTypeIdx((uint)type));
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > bytes.Length - At)
            throw new InvalidDataException($"{count} bytes wanted at {At}, there are {bytes.Length - At}");
        At += count;
        return bytes.Span.Slice(At - count, count);
    }
}
