using System;
using System.Collections.Generic;
using System.Text;

namespace Fact.Model;

/// <summary>An encoding, one scalar value at a time, from its definition alone.</summary>
public abstract class Codec
{
    /// <summary>UTF-8.</summary>
    public static Codec Utf8 { get; } = new Utf8Codec();

    /// <summary>UTF-16, little-endian.</summary>
    public static Codec Utf16 { get; } = new Utf16Codec();

    /// <summary>Latin-1.</summary>
    public static Codec Latin1 { get; } = new Latin1Codec();

    /// <summary>The size of a code unit in bytes.</summary>
    public abstract int UnitSize { get; }

    /// <summary>The scalar value that starts at a position and its length in bytes; null where the bytes are none.</summary>
    public abstract (uint Scalar, int Bytes)? Decode(ReadOnlySpan<byte> s, int at);

    /// <summary>The bytes of a scalar value that the encoding has.</summary>
    public abstract byte[] Encode(uint scalar);

    /// <summary>All scalar values; null where the bytes are not text.</summary>
    public List<uint>? Scalars(ReadOnlySpan<byte> s)
    {
        var scalars = new List<uint>();
        for (int at = 0; at < s.Length;)
        {
            if (Decode(s, at) is not { } one)
                return null;
            scalars.Add(one.Scalar);
            at += one.Bytes;
        }
        return scalars;
    }

    /// <summary>The text; null where the bytes are none.</summary>
    public string? Decode(ReadOnlySpan<byte> s)
    {
        if (Scalars(s) is not { } scalars)
            return null;
        var text = new StringBuilder(scalars.Count);
        foreach (uint scalar in scalars)
            text.Append(new Rune(scalar));
        return text.ToString();
    }

    /// <summary>The bytes of a text.</summary>
    public byte[] Encode(string text)
    {
        var bytes = new List<byte>(text.Length * 2);
        foreach (var rune in text.EnumerateRunes())
            bytes.AddRange(Encode((uint)rune.Value));
        return [.. bytes];
    }

    /// <summary>
    /// Reads while there is text that <paramref name="fits"/> and room for it. Says whether it stopped at what is not text, how
    /// many bytes it read, and what it wrote.
    /// </summary>
    public static (bool AtInvalid, int Read, byte[] Written) Convert(ReadOnlySpan<byte> s, Codec from, Codec to, int room, Func<uint, bool>? fits = null)
    {
        var written = new List<byte>();
        int at = 0;
        while (at < s.Length)
        {
            if (from.Decode(s, at) is not { } one)
                return (true, at, [.. written]);
            if (fits is not null && !fits(one.Scalar))
                break;
            byte[] bytes = to.Encode(one.Scalar);
            if (written.Count + bytes.Length > room)
                break;
            written.AddRange(bytes);
            at += one.Bytes;
        }
        return (false, at, [.. written]);
    }

    private sealed class Utf8Codec : Codec
    {
        public override int UnitSize => 1;

        public override (uint Scalar, int Bytes)? Decode(ReadOnlySpan<byte> s, int at)
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

        public override byte[] Encode(uint c) => c switch
        {
            < 0x80 => [(byte)c],
            < 0x800 => [(byte)(0xC0 | (c >> 6)), (byte)(0x80 | (c & 0x3F))],
            < 0x10000 => [(byte)(0xE0 | (c >> 12)), (byte)(0x80 | ((c >> 6) & 0x3F)), (byte)(0x80 | (c & 0x3F))],
            _ => [(byte)(0xF0 | (c >> 18)), (byte)(0x80 | ((c >> 12) & 0x3F)), (byte)(0x80 | ((c >> 6) & 0x3F)), (byte)(0x80 | (c & 0x3F))],
        };
    }

    private sealed class Utf16Codec : Codec
    {
        public override int UnitSize => 2;

        public override (uint Scalar, int Bytes)? Decode(ReadOnlySpan<byte> s, int at)
        {
            uint high = (uint)(s[at] | (s[at + 1] << 8));
            if (high is < 0xD800 or > 0xDFFF)
                return (high, 2);
            if (high > 0xDBFF || at + 3 >= s.Length)
                return null;
            uint low = (uint)(s[at + 2] | (s[at + 3] << 8));
            return low is < 0xDC00 or > 0xDFFF ? null : (0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00), 4);
        }

        public override byte[] Encode(uint c)
        {
            if (c < 0x10000)
                return [(byte)c, (byte)(c >> 8)];
            uint high = 0xD800 + ((c - 0x10000) >> 10), low = 0xDC00 + ((c - 0x10000) & 0x3FF);
            return [(byte)high, (byte)(high >> 8), (byte)low, (byte)(low >> 8)];
        }
    }

    private sealed class Latin1Codec : Codec
    {
        public override int UnitSize => 1;

        public override (uint Scalar, int Bytes)? Decode(ReadOnlySpan<byte> s, int at) => (s[at], 1);

        public override byte[] Encode(uint c) => [checked((byte)c)];
    }
}
