using System;
using System.Globalization;
using System.Text;

namespace Fact.Values;

/// <summary>The inside of char and string literals.</summary>
internal static class WaveText
{
    /// <summary>The text of a literal between its quotes, or what is wrong with it and where.</summary>
    public static (string? Text, int ErrorAt, string Error) Unescape(string text, int start, int end)
    {
        var result = new StringBuilder(end - start);
        return Append(result, text, start, end) is { } error ? (null, error.At, error.Message) : (result.ToString(), 0, "");
    }

    /// <summary>
    /// The text of a literal between three quotes each: the first line break and the last belong to the quotes, and what
    /// stands before the closing quotes is taken off every line.
    /// </summary>
    public static (string? Text, int ErrorAt, string Error) UnescapeMultiline(string text, int start, int end)
    {
        int first = text.IndexOf('\n', start, end - start);
        if (first < 0 || (first != start && !(first == start + 1 && text[start] == '\r')))
            return (null, start, "the opening \"\"\" of a multiline string must end its line");
        int lastLine = text.LastIndexOf('\n', end - 1, end - start) + 1;
        int indent = end - lastLine;
        if (text.AsSpan(lastLine, indent).ContainsAnyExcept(' '))
            return (null, lastLine, "only spaces may stand before the closing \"\"\" of a multiline string");
        var result = new StringBuilder(end - start);
        for (int line = first + 1; line < lastLine;)
        {
            int newline = text.IndexOf('\n', line, end - line);
            if (newline - line < indent || text.AsSpan(line, indent).ContainsAnyExcept(' '))
                return (null, line, $"every line of a multiline string must start with the {indent} spaces that stand before its closing \"\"\"");
            if (line > first + 1)
                result.Append('\n');
            int stop = newline > line + indent && text[newline - 1] == '\r' ? newline - 1 : newline;
            if (Append(result, text, line + indent, stop) is { } error)
                return (null, error.At, error.Message);
            line = newline + 1;
        }
        return (result.ToString(), 0, "");
    }

    private static (int At, string Message)? Append(StringBuilder result, string text, int i, int end)
    {
        while (i < end)
        {
            if (text[i] == '\\')
            {
                int at = i;
                if (Escape(text, ref i, end) is not { } rune)
                    return (at, "unknown escape; there are \\\\ \\\" \\' \\t \\n \\r and \\u{…} with one to six hexadecimal digits of a Unicode scalar value");
                result.Append(rune.ToString());
            }
            else if (char.IsSurrogate(text[i]))
            {
                if (i + 1 >= end || !char.IsSurrogatePair(text[i], text[i + 1]))
                    return (i, "a surrogate that is not one of a pair");
                result.Append(text, i, 2);
                i += 2;
            }
            else
            {
                result.Append(text[i++]);
            }
        }
        return null;
    }

    private static Rune? Escape(string text, ref int i, int end)
    {
        if (i + 1 >= end)
            return null;
        char escape = text[i + 1];
        i += 2;
        switch (escape)
        {
            case '\\' or '"' or '\'':
                return new Rune(escape);
            case 't':
                return new Rune('\t');
            case 'n':
                return new Rune('\n');
            case 'r':
                return new Rune('\r');
            case 'u' when i < end && text[i] == '{':
                int close = text.IndexOf('}', i, Math.Min(end - i, 8));
                if (close < 0 || !uint.TryParse(text.AsSpan(i + 1, close - i - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint scalar))
                    return null;
                i = close + 1;
                return Rune.IsValid(scalar) ? new Rune(scalar) : null;
            default:
                return null;
        }
    }

    /// <summary>Appends a scalar value as it stands in a literal: quotes, backslashes and what does not print are escaped.</summary>
    public static void Print(StringBuilder to, Rune rune)
    {
        string? escape = rune.Value switch
        {
            '\\' => "\\\\",
            '"' => "\\\"",
            '\'' => "\\'",
            '\t' => "\\t",
            '\n' => "\\n",
            '\r' => "\\r",
            _ => null,
        };
        if (escape is not null)
            to.Append(escape);
        else if (Prints(rune))
            to.Append(rune.ToString());
        else
            to.Append("\\u{").Append(rune.Value.ToString("x", CultureInfo.InvariantCulture)).Append('}');
    }

    private static bool Prints(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark);
}
