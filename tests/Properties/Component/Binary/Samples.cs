using System;
using System.Collections.Generic;

namespace Fact.Properties.Component.Binary;

/// <summary>Small binaries, by hand.</summary>
internal static class Samples
{
    /// <summary>A component of these sections.</summary>
    public static byte[] Component(params byte[][] sections)
    {
        List<byte> bytes = [.. "\0asm"u8, 0x0d, 0x00, 0x01, 0x00];
        foreach (byte[] section in sections)
            bytes.AddRange(section);
        return [.. bytes];
    }

    /// <summary>A core module of these sections.</summary>
    public static byte[] Module(params byte[][] sections)
    {
        List<byte> bytes = [.. "\0asm"u8, 0x01, 0x00, 0x00, 0x00];
        foreach (byte[] section in sections)
            bytes.AddRange(section);
        return [.. bytes];
    }

    /// <summary>A section with its size.</summary>
    public static byte[] Section(byte id, params ReadOnlySpan<byte> content) =>
        new Out(padding: 0).Byte(id).U32((uint)content.Length).Bytes(content).ToArray();

    /// <summary>
    /// A component type inside a component type and so on, this many of them.
    /// </summary>
    public static byte[] NestedTypes(int depth)
    {
        List<byte> bytes = [0x01];
        for (int i = 1; i < depth; i++)
            bytes.AddRange([0x41, 0x01, 0x01]);
        bytes.AddRange([0x41, 0x00]);
        return Component(Section(7, [.. bytes]));
    }

    /// <summary>A component inside a component and so on, this many of them.</summary>
    public static byte[] NestedComponents(int depth)
    {
        byte[] bytes = Component();
        for (int i = 1; i < depth; i++)
            bytes = Component(Section(4, bytes));
        return bytes;
    }
}
