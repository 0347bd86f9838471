using System;
using System.Buffers;
using System.Linq;

namespace Fact.Ir;

/// <summary>Whether UTF-16 code units are text.</summary>
internal static class UnicodeText
{
    // Searching for a range without this boxes its ends, on every call.
    private static readonly SearchValues<char> Surrogates = SearchValues.Create([.. Enumerable.Range(0xD800, 0x800).Select(c => (char)c)]);

    /// <summary>Whether every surrogate is one of a pair.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> chars)
    {
        while (true)
        {
            int at = chars.IndexOfAny(Surrogates);
            if (at < 0)
                return true;
            if (at + 1 >= chars.Length || !char.IsSurrogatePair(chars[at], chars[at + 1]))
                return false;
            // Text outside the basic plane comes in runs: stay out of the vectorised search while it lasts.
            at += 2;
            while (at + 1 < chars.Length && char.IsSurrogatePair(chars[at], chars[at + 1]))
                at += 2;
            chars = chars[at..];
        }
    }
}
