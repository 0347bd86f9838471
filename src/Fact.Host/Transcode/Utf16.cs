using System;
using System.Runtime.InteropServices;

namespace Fact.Host.Transcode;

/// <summary>UTF-16, little endian, in bytes: what guests have in memory.</summary>
internal static class Utf16
{
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

    private static void RequireLittleEndian()
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("component memories are little endian, and this machine is not");
    }
}
