using System;
using System.Collections.Generic;

namespace Fact.Properties.Core;

/// <summary>Finds the bodies of the functions of a core module, knowing no more of it than the sizes of sections and bodies.</summary>
internal static class Bodies
{
    /// <summary>The bodies, in order, without their sizes.</summary>
    public static List<ReadOnlyMemory<byte>> Of(ReadOnlyMemory<byte> module)
    {
        List<ReadOnlyMemory<byte>> bodies = [];
        for (int at = 8; at < module.Length;)
        {
            byte id = module.Span[at++];
            int size = Number(module.Span, ref at), end = at + size;
            for (int count = id == 10 ? Number(module.Span, ref at) : 0; count > 0; count--)
            {
                int length = Number(module.Span, ref at);
                bodies.Add(module.Slice(at, length));
                at += length;
            }
            at = end;
        }
        return bodies;
    }

    private static int Number(ReadOnlySpan<byte> bytes, ref int at)
    {
        int value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = bytes[at++];
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
