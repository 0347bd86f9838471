using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fact.Ir;

/// <summary>
/// Integers in the LEB128 form. They are written in the shortest form; what is read may be padded, as long as it has no more bytes than its type can need.
/// Spec: <c>uN</c>, <c>sN</c>.
/// </summary>
/// <remarks>Every <c>Write</c> takes the position to write at and returns the position after.</remarks>
internal static class Leb128
{
    /// <summary>The end of the span that is read from.</summary>
    public const string Ended = "unexpected end";

    /// <summary>Reads an unsigned integer.</summary>
    /// <param name="from">The bytes.</param>
    /// <param name="at">Where it begins; where it ends, if it is well-formed.</param>
    /// <param name="bits">The most bits that it may have.</param>
    /// <param name="problem">What is wrong with it; null where nothing is. <see cref="Ended"/> where there are too few bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ReadUnsigned(ReadOnlySpan<byte> from, ref int at, int bits, ref string? problem) =>
        (uint)at < (uint)from.Length && from[at] < 0x80 ? from[at++] : ReadRest(from, ref at, bits, ref problem);

    /// <summary>Reads a signed integer; the parameters are those of <see cref="ReadUnsigned"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long ReadSigned(ReadOnlySpan<byte> from, ref int at, int bits, ref string? problem) =>
        (uint)at < (uint)from.Length && from[at] < 0x80 ? (sbyte)(from[at++] << 1) >> 1 : ReadSignedRest(from, ref at, bits, ref problem);

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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong ReadRest(ReadOnlySpan<byte> from, ref int at, int bits, ref string? problem)
    {
        ulong value = 0;
        int next = at;
        for (int shift = 0; ; shift += 7)
        {
            if (next >= from.Length)
            {
                problem ??= Ended;
                return 0;
            }
            byte group = from[next++];
            int left = bits - shift;
            if (left < 7 && group >> left != 0)
            {
                problem ??= Problem(group, bits, 'u');
                return 0;
            }
            value |= (ulong)(group & 0x7F) << shift;
            if (group < 0x80)
            {
                at = next;
                return value;
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long ReadSignedRest(ReadOnlySpan<byte> from, ref int at, int bits, ref string? problem)
    {
        long value = 0;
        int next = at;
        for (int shift = 0; ; shift += 7)
        {
            if (next >= from.Length)
            {
                problem ??= Ended;
                return 0;
            }
            byte group = from[next++];
            int left = bits - shift;
            // The last byte ends the number, and the bits beyond the type repeat the sign.
            if (left <= 7 && (group >= 0x80 || (sbyte)(group << 1) >> left is not (0 or -1)))
            {
                problem ??= Problem(group, bits, 's');
                return 0;
            }
            value |= (long)(group & 0x7F) << shift;
            if (group < 0x80)
            {
                at = next;
                int unused = 64 - shift - 7;
                return unused > 0 ? value << unused >> unused : value;
            }
        }
    }

    private static string Problem(byte last, int bits, char prefix) => last >= 0x80
        ? $"LEB128 number of more than {(bits + 6) / 7} bytes (a {prefix}{bits} is expected)"
        : $"LEB128 number out of the range of {prefix}{bits}";

    // ceil(bits / 7) for 1 to 65 bits, without a division
    private static int Groups(int bits) => ((bits * 37) + 222) >> 8;
}
