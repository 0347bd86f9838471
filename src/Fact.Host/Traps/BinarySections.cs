using System;
using System.Collections.Generic;
using System.Text;
using Fact.Component.Binary;

namespace Fact.Host.Traps;

/// <summary>Walks the sections of a module that this compiler made: where its functions begin, and its custom sections.</summary>
internal static class BinarySections
{
    /// <summary>The offsets of function bodies from the start of the module, in order: what a function's own offsets count from.</summary>
    public static List<int> Bodies(ReadOnlyMemory<byte> module)
    {
        var bodies = new List<int>();
        var r = AfterPreamble(module);
        while (r.Remaining > 0)
        {
            byte id = r.Byte();
            var content = Content(ref r);
            if (id != 10)
                continue;
            for (uint count = content.U32(); count > 0; count--)
            {
                uint size = content.U32();
                bodies.Add((int)content.Offset);
                content.Raw(size);
            }
        }
        return bodies;
    }

    /// <summary>
    /// A custom section of the form <c>vec(text: name) vec(func: u32, vec(offset: u32, text: u32))</c>: the text for each function
    /// index and offset. Empty where there is no such section.
    /// </summary>
    public static Dictionary<(uint Func, uint Offset), string> Texts(ReadOnlyMemory<byte> module, string section)
    {
        var result = new Dictionary<(uint, uint), string>();
        var r = AfterPreamble(module);
        while (r.Remaining > 0)
        {
            byte id = r.Byte();
            var content = Content(ref r);
            if (id != 0 || Text(ref content) != section)
                continue;
            string[] texts = new string[content.U32()];
            for (int i = 0; i < texts.Length; i++)
                texts[i] = Text(ref content);
            for (uint funcs = content.U32(); funcs > 0; funcs--)
            {
                uint func = content.U32();
                for (uint sites = content.U32(); sites > 0; sites--)
                {
                    uint offset = content.U32();
                    result[(func, offset)] = texts[content.U32()];
                }
            }
        }
        return result;
    }

    /// <summary>The module with a name section behind it that gives it a name, which backtraces show.</summary>
    public static byte[] WithModuleName(ReadOnlySpan<byte> module, string name)
    {
        byte[] text = Encoding.UTF8.GetBytes(name);
        // Names of one byte in length: the caller makes them short.
        byte[] section = [4, .. "name"u8, 0, (byte)(text.Length + 1), (byte)text.Length, .. text];
        return [.. module, 0, (byte)section.Length, .. section];
    }

    private static ByteReader AfterPreamble(ReadOnlyMemory<byte> module)
    {
        var r = new ByteReader(module, origin: 0);
        r.Raw(8);
        return r;
    }

    /// <summary>What is in a section whose id was read.</summary>
    private static ByteReader Content(ref ByteReader r)
    {
        uint size = r.U32();
        long origin = r.Offset;
        return new ByteReader(r.Raw(size).Memory, origin);
    }

    // Longer texts than a name may be: paths to values have many names in them.
    private static string Text(ref ByteReader r) => Encoding.UTF8.GetString(r.Raw(r.U32()).Span);
}
