using System;
using System.Runtime.InteropServices;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>Types. Spec: chapter "Types" of the binary format.</summary>
internal static class Types
{
    private const byte FuncTypeTag = 0x60, EmptyBlock = 0x40, Mutable = 0x01, Is64 = 0x04, HasPageSize = 0x08;
    private const int DefaultPageSizeLog2 = 16;

    /// <summary>The number of bytes of a function type.</summary>
    public static int Length(CoreFuncType type) => 1 + VectorLength(type.Params.Length) + VectorLength(type.Results.Length);

    /// <summary>Writes a function type. Spec: <c>functype</c>.</summary>
    public static int Write(Span<byte> to, int at, CoreFuncType type)
    {
        at = Values.Byte(to, at, FuncTypeTag);
        at = Vector(to, at, type.Params.AsSpan());
        return Vector(to, at, type.Results.AsSpan());
    }

    /// <summary>The number of bytes of the type of a block.</summary>
    public static int BlockTypeLength(CoreFuncType type, ref Immediates immediates) =>
        Numbering.NeedsTypeIndex(type) ? Leb128.Length((long)immediates.Next()) : 1;

    /// <summary>Writes the type of a block in the shortest way; an index is a signed number of 33 bits. Spec: <c>blocktype</c>.</summary>
    public static int WriteBlockType(Span<byte> to, int at, CoreFuncType type, ref Immediates immediates)
    {
        if (Numbering.NeedsTypeIndex(type))
            return Leb128.Write(to, at, (long)immediates.Next());
        return Values.Byte(to, at, type.Results.IsEmpty ? EmptyBlock : (byte)type.Results[0]);
    }

    /// <summary>The number of bytes of a memory type.</summary>
    public static int Length(MemoryType type) => type.PageSizeLog2 == DefaultPageSizeLog2 ? 2 : 2 + Leb128.Length((uint)type.PageSizeLog2);

    /// <summary>Writes the type of a memory of at least 0 pages. Spec: <c>memtype</c>.</summary>
    public static int Write(Span<byte> to, int at, MemoryType type)
    {
        bool hasPageSize = type.PageSizeLog2 != DefaultPageSizeLog2;
        at = Values.Byte(to, at, (byte)((type.Is64 ? Is64 : 0) | (hasPageSize ? HasPageSize : 0)));
        at = Values.Byte(to, at, 0);
        return hasPageSize ? Leb128.Write(to, at, (uint)type.PageSizeLog2) : at;
    }

    /// <summary>Writes the type of a mutable i32 global. Spec: <c>globaltype</c>.</summary>
    public static int MutableI32(Span<byte> to, int at)
    {
        at = Values.Byte(to, at, (byte)CoreValType.I32);
        return Values.Byte(to, at, Mutable);
    }

    private static int VectorLength(int count) => Leb128.Length((uint)count) + count;

    private static int Vector(Span<byte> to, int at, ReadOnlySpan<CoreValType> types)
    {
        at = Leb128.Write(to, at, (uint)types.Length);
        MemoryMarshal.AsBytes(types).CopyTo(to[at..]);
        return at + types.Length;
    }
}
