using System;
using System.Collections.Generic;

namespace Fact.Properties.Host;

/// <summary>
/// The transcoders once more, one scalar value at a time, from the definitions of the encodings alone: the oracle of <see cref="TranscoderProperties"/>.
/// </summary>
internal static class TranscoderReference
{
    /// <summary>The scalar value that starts at a position and its length in bytes; null where the bytes are none.</summary>
    public static (uint Scalar, int Bytes)? DecodeUtf8(byte[] s, int at)
    {
        uint b0 = s[at];
        (int length, uint low, uint min) = b0 switch
        {
            < 0x80 => (1, b0, 0u),
            < 0xC0 => (0, 0u, 0u),
            < 0xE0 => (2, b0 & 0x1F, 0x80u),
            < 0xF0 => (3, b0 & 0x0F, 0x800u),
            < 0xF8 => (4, b0 & 0x07, 0x10000u),
            _ => (0, 0u, 0u),
        };
        if (length == 0 || at + length > s.Length)
            return null;
        for (int i = 1; i < length; i++)
        {
            if ((s[at + i] & 0xC0) != 0x80)
                return null;
            low = (low << 6) | (s[at + i] & 0x3Fu);
        }
        return low < min || low > 0x10FFFF || low is >= 0xD800 and <= 0xDFFF ? null : (low, length);
    }

    /// <summary>The scalar value that starts at a position in bytes and its length in bytes; null where there is none.</summary>
    public static (uint Scalar, int Bytes)? DecodeUtf16(byte[] s, int at)
    {
        uint high = (uint)(s[at] | (s[at + 1] << 8));
        if (high is < 0xD800 or > 0xDFFF)
            return (high, 2);
        if (high > 0xDBFF || at + 3 >= s.Length)
            return null;
        uint low = (uint)(s[at + 2] | (s[at + 3] << 8));
        return low is < 0xDC00 or > 0xDFFF ? null : (0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00), 4);
    }

    public static (uint Scalar, int Bytes)? DecodeLatin1(byte[] s, int at) => (s[at], 1);

    public static byte[] EncodeUtf8(uint c) => c switch
    {
        < 0x80 => [(byte)c],
        < 0x800 => [(byte)(0xC0 | (c >> 6)), (byte)(0x80 | (c & 0x3F))],
        < 0x10000 => [(byte)(0xE0 | (c >> 12)), (byte)(0x80 | ((c >> 6) & 0x3F)), (byte)(0x80 | (c & 0x3F))],
        _ => [(byte)(0xF0 | (c >> 18)), (byte)(0x80 | ((c >> 12) & 0x3F)), (byte)(0x80 | ((c >> 6) & 0x3F)), (byte)(0x80 | (c & 0x3F))],
    };

    public static byte[] EncodeUtf16(uint c)
    {
        if (c < 0x10000)
            return [(byte)c, (byte)(c >> 8)];
        uint high = 0xD800 + ((c - 0x10000) >> 10), low = 0xDC00 + ((c - 0x10000) & 0x3FF);
        return [(byte)high, (byte)(high >> 8), (byte)low, (byte)(low >> 8)];
    }

    public static byte[] EncodeLatin1(uint c) => [(byte)c];

    /// <summary>All scalar values, or null where the source is not text.</summary>
    public static List<uint>? Decode(byte[] s, Func<byte[], int, (uint Scalar, int Bytes)?> decode)
    {
        var result = new List<uint>();
        for (int at = 0; at < s.Length;)
        {
            if (decode(s, at) is not { } one)
                return null;
            result.Add(one.Scalar);
            at += one.Bytes;
        }
        return result;
    }

    /// <summary>
    /// Reads while there is text that <paramref name="fits"/> and room for it. Says whether it stopped at what is not text, how
    /// many bytes it read, and what it wrote.
    /// </summary>
    public static (bool AtInvalid, int Read, byte[] Written) Run(
        byte[] s,
        Func<byte[], int, (uint Scalar, int Bytes)?> decode,
        Func<uint, byte[]> encode,
        int room,
        Func<uint, bool>? fits = null)
    {
        var written = new List<byte>();
        int at = 0;
        while (at < s.Length)
        {
            if (decode(s, at) is not { } one)
                return (true, at, [.. written]);
            if (fits is not null && !fits(one.Scalar))
                break;
            byte[] bytes = encode(one.Scalar);
            if (written.Count + bytes.Length > room)
                break;
            written.AddRange(bytes);
            at += one.Bytes;
        }
        return (false, at, [.. written]);
    }
}
