using System;
using System.Buffers.Binary;
using System.Text;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>Bytes, floats and names. Spec: chapter "Values" of the binary format.</summary>
internal static class Values
{
    /// <summary>Writes one byte.</summary>
    public static int Byte(Span<byte> to, int at, byte value)
    {
        to[at] = value;
        return at + 1;
    }

    /// <summary>Writes an opcode: a byte, or a prefix and a number.</summary>
    public static int Opcode(Span<byte> to, int at, int opcode) =>
        OpcodeNumber.IsByte(opcode) ? Byte(to, at, (byte)opcode) : Leb128.Write(to, Byte(to, at, OpcodeNumber.Prefix(opcode)), OpcodeNumber.Number(opcode));

    /// <summary>Writes sixteen bytes, the lowest first.</summary>
    public static int V128(Span<byte> to, int at, UInt128 bits)
    {
        BinaryPrimitives.WriteUInt128LittleEndian(to[at..], bits);
        return at + 16;
    }

    /// <summary>Writes four bytes, the lowest first. Spec: <c>f32</c>.</summary>
    public static int F32(Span<byte> to, int at, uint bits)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(to[at..], bits);
        return at + 4;
    }

    /// <summary>Writes eight bytes, the lowest first. Spec: <c>f64</c>.</summary>
    public static int F64(Span<byte> to, int at, ulong bits)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(to[at..], bits);
        return at + 8;
    }

    /// <summary>The number of bytes of a name, its length included.</summary>
    public static int NameLength(string name)
    {
        int bytes = Encoding.UTF8.GetByteCount(name);
        return Leb128.Length((uint)bytes) + bytes;
    }

    /// <summary>Writes a name: its length in bytes, then UTF-8. Spec: <c>name</c>.</summary>
    public static int Name(Span<byte> to, int at, string name)
    {
        at = Leb128.Write(to, at, (uint)Encoding.UTF8.GetByteCount(name));
        return at + Encoding.UTF8.GetBytes(name, to[at..]);
    }
}
