using System;
using System.Buffers;
using System.Globalization;
using System.Text;

namespace Fact.Ir;

/// <summary>
/// Text from outside, fit for a terminal, a log or a review: what cannot be seen is written as <c>\u{…}</c>. Names in components and of files can hold anything:
/// what moves the cursor, breaks the line, turns the direction of text around, or hides in it.
/// </summary>
internal static class Printable
{
    /// <summary>How many characters of a long name are shown, and how long one must be for plans to list it apart.</summary>
    public const int ShortLength = 100;

    /// <summary>The text with escapes for all that cannot be seen, and for halves of characters.</summary>
    public static string Of(string text)
    {
        int clean = 0;
        while (clean < text.Length && text[clean] is >= ' ' and <= '~')
            clean++;
        if (clean == text.Length)
            return text;
        StringBuilder? escaped = null;
        var rest = text.AsSpan(clean);
        while (!rest.IsEmpty)
        {
            bool whole = Rune.DecodeFromUtf16(rest, out var rune, out int length) == OperationStatus.Done;
            if (!whole || IsHidden(rune))
            {
                escaped ??= new StringBuilder(text, 0, text.Length - rest.Length, text.Length + 16);
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{{{(whole ? rune.Value : rest[0]):x}}}");
            }
            else
            {
                escaped?.Append(rest[..length]);
            }
            rest = rest[length..];
        }
        return escaped?.ToString() ?? text;
    }

    /// <summary>A name that is shown where many are: a long one with <c>…</c> for its middle.</summary>
    public static string Short(string name)
    {
        if (name.Length <= ShortLength)
            return name;
        int end = ShortLength / 2, start = name.Length - (ShortLength - end - 1);
        // Characters of two halves stay whole.
        if (char.IsHighSurrogate(name[end - 1]))
            end--;
        if (char.IsLowSurrogate(name[start]))
            start++;
        return string.Concat(name.AsSpan(0, end), "…", name.AsSpan(start));
    }

    /// <summary>
    /// Whether a reader would not see a character, or not where it stands: control and format characters (those that set the direction of text among them),
    /// separators of lines, characters without a meaning or with a private one, and what Unicode has programs ignore: variation selectors, fillers, tags.
    /// </summary>
    public static bool IsHidden(Rune rune) => CharUnicodeInfo.GetUnicodeCategory(rune.Value) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => true,
        _ => rune.Value is 0x34F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2800 or 0x3164 or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0
            or (>= 0xE0100 and <= 0xE01EF),
    };
}
