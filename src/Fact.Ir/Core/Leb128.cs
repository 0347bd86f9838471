using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fact.Ir;

/// <summary>Integers in the shortest LEB128 form. Spec: <c>uN</c>, <c>sN</c>.</summary>
/// <remarks>Every <c>Write</c> of the encoder takes the position to write at and returns the position after.</remarks>
internal static class Leb128
{
    /// <summary>The number of bytes of an unsigned integer.</summary>
    public static int Length(uint value) => Groups(32 - BitOperations.LeadingZeroCount(value | 1));

    /// <summary>The number of bytes of an unsigned integer.</summary>
    public static int Length(ulong value) => Groups(64 - BitOperations.LeadingZeroCount(value | 1));

    /// <summary>The number of bytes of a signed integer: its bits and the sign.</summary>
    public static int Length(long value) => Groups(65 - BitOperations.LeadingZeroCount((ulong)(value ^ (value >> 63))));

    /// <summary>Writes an unsigned integer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(Span<byte> to, int at, uint value)
    {
        if (value < 0x80)
        {
            to[at] = (byte)value;
            return at + 1;
        }
        return WriteRest(to, at, (ulong)value);
    }

    /// <summary>Writes an unsigned integer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(Span<byte> to, int at, ulong value)
    {
        if (value < 0x80)
        {
            to[at] = (byte)value;
            return at + 1;
        }
        return WriteRest(to, at, value);
    }

    /// <summary>Writes a signed integer; one of 32 bits has the same form when it is widened.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(Span<byte> to, int at, long value)
    {
        if (value is >= -0x40 and < 0x40)
        {
            to[at] = (byte)(value & 0x7F);
            return at + 1;
        }
        return WriteSignedRest(to, at, value);
    }

    private static int WriteRest(Span<byte> to, int at, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            to[at++] = (byte)(value | 0x80);
        to[at] = (byte)value;
        return at + 1;
    }

    private static int WriteSignedRest(Span<byte> to, int at, long value)
    {
        for (; value is < -0x40 or >= 0x40; value >>= 7)
            to[at++] = (byte)(value | 0x80);
        to[at] = (byte)(value & 0x7F);
        return at + 1;
    }

    // ceil(bits / 7) for 1 to 65 bits, without a division
    private static int Groups(int bits) => ((bits * 37) + 222) >> 8;
}
