using System;

namespace Fact.Values;

/// <summary>Cuts WAVE text into tokens. What is inside char and string literals is checked by <see cref="WaveText"/>.</summary>
internal static class WaveLexer
{
    private const string Quotes = "\"\"\"";

    /// <summary>The token at or after an offset, behind white space and comments.</summary>
    public static WaveToken Next(string text, int offset)
    {
        int start = SkipBlank(text, offset);
        if (start == text.Length)
            return new(WaveTokenKind.End, start, start);
        return text[start] switch
        {
            '{' => One(WaveTokenKind.BraceOpen, start),
            '}' => One(WaveTokenKind.BraceClose, start),
            '(' => One(WaveTokenKind.ParenOpen, start),
            ')' => One(WaveTokenKind.ParenClose, start),
            '[' => One(WaveTokenKind.BracketOpen, start),
            ']' => One(WaveTokenKind.BracketClose, start),
            ':' => One(WaveTokenKind.Colon, start),
            ',' => One(WaveTokenKind.Comma, start),
            '\'' => Quoted(text, start, '\'', WaveTokenKind.Char),
            '"' => text.AsSpan(start).StartsWith(Quotes) ? Multiline(text, start) : Quoted(text, start, '"', WaveTokenKind.String),
            '-' or (>= '0' and <= '9') => Number(text, start),
            '%' => Label(text, start, start + 1),
            _ => Label(text, start, start),
        };
    }

    private static WaveToken One(WaveTokenKind kind, int start) => new(kind, start, start + 1);

    private static int SkipBlank(string text, int i)
    {
        while (i < text.Length)
        {
            if (text[i] is ' ' or '\t' or '\n' or '\r')
            {
                i++;
            }
            else if (text[i] == '/' && i + 1 < text.Length && text[i + 1] == '/')
            {
                int newline = text.IndexOf('\n', i);
                i = newline < 0 ? text.Length : newline + 1;
            }
            else
            {
                break;
            }
        }
        return i;
    }

    private static WaveToken Quoted(string text, int start, char quote, WaveTokenKind kind)
    {
        for (int i = start + 1; i < text.Length && text[i] != '\n'; i++)
        {
            if (text[i] == quote)
                return new(kind, start, i + 1);
            if (text[i] == '\\')
                i++;
        }
        return new(WaveTokenKind.Invalid, start, start + 1);
    }

    private static WaveToken Multiline(string text, int start)
    {
        int end = text.IndexOf(Quotes, start + Quotes.Length, StringComparison.Ordinal);
        return end < 0 ? new(WaveTokenKind.Invalid, start, start + Quotes.Length) : new(WaveTokenKind.MultilineString, start, end + Quotes.Length);
    }

    private static WaveToken Number(string text, int start)
    {
        int i = start;
        if (text[i] == '-')
            i++;
        if (text.AsSpan(i).StartsWith("inf") && i > start && !IsLabel(text, i + 3))
            return new(WaveTokenKind.Number, start, i + 3);
        int digits = i;
        i = Digits(text, i);
        if (i == digits || (text[digits] == '0' && i > digits + 1))
            return new(WaveTokenKind.Invalid, start, Math.Max(i, start + 1));
        if (i < text.Length && text[i] == '.' && Digits(text, i + 1) is var fraction && fraction > i + 1)
            i = fraction;
        if (i < text.Length && text[i] is 'e' or 'E')
        {
            int exponent = i + 1 < text.Length && text[i + 1] is '+' or '-' ? i + 2 : i + 1;
            if (Digits(text, exponent) is var end && end > exponent)
                i = end;
        }
        return IsLabel(text, i) ? new(WaveTokenKind.Invalid, start, i + 1) : new(WaveTokenKind.Number, start, i);
    }

    private static int Digits(string text, int i)
    {
        while (i < text.Length && char.IsAsciiDigit(text[i]))
            i++;
        return i;
    }

    private static WaveToken Label(string text, int start, int i)
    {
        if (i == text.Length || !char.IsAsciiLetter(text[i]))
            return new(WaveTokenKind.Invalid, start, start + 1);
        while (IsLabel(text, i) || (i < text.Length && text[i] == '-'))
            i++;
        return new(WaveTokenKind.Label, start, i);
    }

    private static bool IsLabel(string text, int i) => i < text.Length && char.IsAsciiLetterOrDigit(text[i]);
}
