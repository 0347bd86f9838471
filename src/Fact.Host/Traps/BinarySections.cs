using System;
using System.Collections.Generic;
using System.Text;

namespace Fact.Host.Traps;

/// <summary>Walks the sections of a module that this compiler made: where its functions begin, and its custom sections.</summary>
internal static class BinarySections
{
    /// <summary>The offsets of function bodies from the start of the module, in order: what a function's own offsets count from.</summary>
    public static List<int> Bodies(ReadOnlySpan<byte> module)
    {
        var bodies = new List<int>();
        for (int at = 8; at < module.Length;)
        {
            byte id = module[at++];
            int length = (int)U32(module, ref at), end = at + length;
            if (id == 10)
            {
                for (uint count = U32(module, ref at); count > 0; count--)
                {
                    int size = (int)U32(module, ref at);
                    bodies.Add(at);
                    at += size;
                }
            }
            at = end;
        }
        return bodies;
    }

    /// <summary>
    /// A custom section of the form <c>vec(text: name) vec(func: u32, vec(offset: u32, text: u32))</c>: the text for each function
    /// index and offset. Empty where there is no such section.
    /// </summary>
    public static Dictionary<(uint Func, uint Offset), string> Texts(ReadOnlySpan<byte> module, string section)
    {
        var result = new Dictionary<(uint, uint), string>();
        for (int at = 8; at < module.Length;)
        {
            byte id = module[at++];
            int length = (int)U32(module, ref at), end = at + length;
            if (id == 0 && Name(module, ref at) == section)
            {
                string[] texts = new string[U32(module, ref at)];
                for (int i = 0; i < texts.Length; i++)
                    texts[i] = Name(module, ref at);
                for (uint funcs = U32(module, ref at); funcs > 0; funcs--)
                {
                    uint func = U32(module, ref at);
                    for (uint sites = U32(module, ref at); sites > 0; sites--)
                    {
                        uint offset = U32(module, ref at);
                        result[(func, offset)] = texts[U32(module, ref at)];
                    }
                }
            }
            at = end;
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

    private static string Name(ReadOnlySpan<byte> bytes, ref int at)
    {
        int length = (int)U32(bytes, ref at);
        at += length;
        return Encoding.UTF8.GetString(bytes.Slice(at - length, length));
    }

    private static uint U32(ReadOnlySpan<byte> bytes, ref int at)
    {
        uint value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte b = bytes[at++];
            value |= (uint)(b & 0x7F) << shift;
            if (b < 0x80)
                return value;
        }
    }
}
