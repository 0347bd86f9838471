using System;

namespace Fact.Ir;

/// <summary>
/// Value types and heap types in the binary format, those of proposals included. Each method takes the position to read at, which stands behind what it
/// read, or, when <c>problem</c> is set, at the byte that is wrong.
/// </summary>
internal static class CoreTypeReader
{
    private const byte NullableTag = 0x63, NonNullTag = 0x64, SharedTag = 0x65, ExactTag = 0x62;

    /// <summary>Reads a <c>valtype</c>.</summary>
    public static CoreValType ValType(ReadOnlySpan<byte> from, ref int at, ref string? problem)
    {
        if ((uint)at >= (uint)from.Length)
        {
            problem ??= Leb128.Ended;
            return default;
        }
        byte opcode = from[at];
        switch (opcode)
        {
            case >= (byte)CoreValType.V128 and <= (byte)CoreValType.I32:
            case >= (byte)CoreValType.ContRef and <= (byte)CoreValType.NullContRef:
                at++;
                return (CoreValType)opcode;
            case NullableTag or NonNullTag:
                at++;
                return CoreValType.Ref(HeapType(from, ref at, ref problem), isNullable: opcode == NullableTag);
            case SharedTag:
                at++;
                return CoreValType.Ref(Abstract(from, ref at, isShared: true, ref problem));
            default:
                problem ??= $"0x{opcode:x2} is not a core value type";
                return default;
        }
    }

    /// <summary>Reads a <c>heaptype</c>.</summary>
    public static CoreHeapType HeapType(ReadOnlySpan<byte> from, ref int at, ref string? problem)
    {
        byte first = (uint)at < (uint)from.Length ? from[at] : (byte)0;
        switch (first)
        {
            case SharedTag:
                at++;
                return Abstract(from, ref at, isShared: true, ref problem);
            case ExactTag:
                at++;
                return new CoreHeapType(new CoreTypeIdx((uint)Leb128.ReadUnsigned(from, ref at, 32, ref problem)), isExact: true);
            case >= 0x40 and < 0x80:
                return Abstract(from, ref at, isShared: false, ref problem);
        }
        int start = at;
        long index = Leb128.ReadSigned(from, ref at, 33, ref problem);
        if (index < 0 && problem is null)
        {
            at = start;
            problem = "not a heap type";
        }
        return new CoreHeapType(new CoreTypeIdx((uint)index));
    }

    private static CoreHeapType Abstract(ReadOnlySpan<byte> from, ref int at, bool isShared, ref string? problem)
    {
        if ((uint)at >= (uint)from.Length)
        {
            problem ??= Leb128.Ended;
            return default;
        }
        byte opcode = from[at];
        if (opcode is >= (byte)CoreAbsHeapType.Cont and <= (byte)CoreAbsHeapType.NoCont)
            at++;
        else
            problem ??= $"0x{opcode:x2} is not a heap type";
        return new CoreHeapType((CoreAbsHeapType)opcode, isShared);
    }
}
