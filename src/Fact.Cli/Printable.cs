using System;
using System.Globalization;
using System.Text;

namespace Fact.Cli;

/// <summary>
/// Text from outside, fit for a terminal: what would move the cursor or break the line is written as <c>\u{…}</c>. Names in
/// components and of files can hold anything.
/// </summary>
internal static class Printable
{
    public static string Of(string text)
    {
        int clean = 0;
        while (clean < text.Length && !NeedsEscape(text[clean]))
            clean++;
        if (clean == text.Length)
            return text;
        var escaped = new StringBuilder(text, 0, clean, text.Length + 16);
        foreach (char c in text.AsSpan(clean))
        {
            if (NeedsEscape(c))
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{{{(int)c:x}}}");
            else
                escaped.Append(c);
        }
        return escaped.ToString();
    }

    /// <summary>Control characters, line separators, and marks that turn the direction of text around.</summary>
    private static bool NeedsEscape(char c) =>
        char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
