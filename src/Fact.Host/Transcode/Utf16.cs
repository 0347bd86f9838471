using System;
using System.Buffers;
using System.Linq;
using System.Runtime.InteropServices;

namespace Fact.Host.Transcode;

/// <summary>UTF-16, little endian, in bytes: what guests have in memory.</summary>
internal static class Utf16
{
    // Searching for a range without this boxes its ends, on every call.
    private static readonly SearchValues<char> Surrogates = SearchValues.Create([.. Enumerable.Range(0xD800, 0x800).Select(c => (char)c)]);

    /// <summary>
    /// The code units as characters in place. Guests' memories are little endian, and so is every machine that the engine runs on.
    /// </summary>
    public static ReadOnlySpan<char> Chars(ReadOnlySpan<byte> bytes)
    {
        RequireLittleEndian();
        return MemoryMarshal.Cast<byte, char>(bytes);
    }

    /// <inheritdoc cref="Chars(ReadOnlySpan{byte})"/>
    public static Span<char> Chars(Span<byte> bytes)
    {
        RequireLittleEndian();
        return MemoryMarshal.Cast<byte, char>(bytes);
    }

    /// <summary>Whether every surrogate is one of a pair.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> chars)
    {
        while (true)
        {
            int at = chars.IndexOfAny(Surrogates);
            if (at < 0)
                return true;
            if (at + 1 >= chars.Length || !char.IsSurrogatePair(chars[at], chars[at + 1]))
                return false;
            // Text outside the basic plane comes in runs: stay out of the vectorised search while it lasts.
            at += 2;
            while (at + 1 < chars.Length && char.IsSurrogatePair(chars[at], chars[at + 1]))
                at += 2;
            chars = chars[at..];
        }
    }

    private static void RequireLittleEndian()
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("component memories are little endian, and this machine is not");
    }
}
