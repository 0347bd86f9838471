using System;
using System.Buffers;
using System.Globalization;
using System.Text;
using Fact.Ir;

namespace Fact.Component.Plan;

/// <summary>
/// Lays JSON out to be read: what fits into a line is on one, other lists and objects have a line for each element or member. Characters that cannot be seen
/// are written as escapes.
/// </summary>
internal static class JsonLayout
{
    private const int Width = 120;

    /// <summary>Writes a value.</summary>
    /// <param name="json">The value without white space, well formed; lists and objects in it nest a few levels deep.</param>
    /// <param name="indentation">The column that it begins at.</param>
    /// <param name="output">Where to.</param>
    public static void Write(ReadOnlySpan<byte> json, int indentation, ArrayBufferWriter<byte> output)
    {
        if (json.Length + indentation <= Width || json[0] is not ((byte)'{' or (byte)'[') || json.Length == 2)
        {
            Line(json, output);
            return;
        }
        output.Write(json[..1]);
        for (int at = 1; at < json.Length - 1;)
        {
            NewLine(indentation + 2, output);
            int end = End(json, at);
            if (json[0] == '{')
            {
                int value = EndOfText(json, at) + 1;
                Line(json[at..value], output);
                output.Write(" "u8);
                at = value;
            }
            Write(json[at..end], indentation + 2, output);
            if (end < json.Length - 1)
                output.Write(","u8);
            at = end + 1;
        }
        NewLine(indentation, output);
        output.Write(json[^1..]);
    }

    /// <summary>Begins a line.</summary>
    public static void NewLine(int indentation, ArrayBufferWriter<byte> output)
    {
        output.Write("\n"u8);
        var spaces = output.GetSpan(indentation)[..indentation];
        spaces.Fill((byte)' ');
        output.Advance(indentation);
    }

    // Where the element or member that begins at a position ends: at the comma behind it, or the bracket around it.
    private static int End(ReadOnlySpan<byte> json, int at)
    {
        for (int depth = 0; ; at++)
        {
            switch (json[at])
            {
                case (byte)'"':
                    at = EndOfText(json, at) - 1;
                    break;
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                case (byte)'}' or (byte)']' when depth == 0:
                case (byte)',' when depth == 0:
                    return at;
                case (byte)'}' or (byte)']':
                    depth--;
                    break;
            }
        }
    }

    // The position behind the closing quote of a text that begins at a position.
    private static int EndOfText(ReadOnlySpan<byte> json, int at)
    {
        for (at++; json[at] != '"'; at++)
        {
            if (json[at] == '\\')
                at++;
        }
        return at + 1;
    }

    private static void Line(ReadOnlySpan<byte> json, ArrayBufferWriter<byte> output)
    {
        for (int at = 0; at < json.Length;)
        {
            if (json[at] == '"')
            {
                int end = EndOfText(json, at);
                Text(json[at..end], output);
                at = end;
                continue;
            }
            output.Write(json.Slice(at, 1));
            if (json[at] is (byte)',' || (json[at] == ':' && at + 1 < json.Length))
                output.Write(" "u8);
            at++;
        }
    }

    private static void Text(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> output)
    {
        while (!text.IsEmpty)
        {
            int plain = text.IndexOfAnyExceptInRange((byte)' ', (byte)'~');
            if (plain < 0)
                plain = text.Length;
            output.Write(text[..plain]);
            text = text[plain..];
            if (text.IsEmpty)
                break;
            // The writer before this one leaves well-formed UTF-8.
            Rune.DecodeFromUtf8(text, out var rune, out int length);
            if (Printable.IsHidden(rune))
                Escape(rune, output);
            else
                output.Write(text[..length]);
            text = text[length..];
        }
    }

    private static void Escape(Rune rune, ArrayBufferWriter<byte> output)
    {
        Span<char> units = stackalloc char[2];
        foreach (char unit in units[..rune.EncodeToUtf16(units)])
        {
            output.Write("\\u"u8);
            ((int)unit).TryFormat(output.GetSpan(4), out int length, "x4", CultureInfo.InvariantCulture);
            output.Advance(length);
        }
    }
}
