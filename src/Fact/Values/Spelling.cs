using System;
using System.Collections.Generic;
using System.Linq;

namespace Fact.Values;

/// <summary>Guesses what somebody meant who wrote a word that does not exist.</summary>
internal static class Spelling
{
    private const int MaxLength = 64;

    /// <summary>The known word that is nearest to a given one; null if none is near. Dashes in front do not count.</summary>
    public static string? Nearest(string given, IEnumerable<string> known)
    {
        string bare = given.TrimStart('-');
        if (bare.Length is < 2 or > MaxLength)
            return null;
        int most = Math.Max(1, bare.Length / 3);
        return known.Select(word => (Word: word, Bare: word.TrimStart('-')))
            // Words of very different lengths are never near, and comparing them would take long.
            .Where(candidate => candidate.Bare.Length >= 2 && (Math.Abs(candidate.Bare.Length - bare.Length) <= most || IsStart(bare, candidate.Word)))
            .Select(candidate => (candidate.Word, Distance: IsStart(bare, candidate.Word)
                ? candidate.Bare.Length - bare.Length : Distance(bare.ToLowerInvariant(), candidate.Bare)))
            .Where(candidate => candidate.Distance <= most || IsStart(bare, candidate.Word))
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Word)
            .FirstOrDefault();
    }

    private static bool IsStart(string bare, string word) => bare.Length >= 3 && word.TrimStart('-').StartsWith(bare, StringComparison.OrdinalIgnoreCase);

    /// <summary>How many letters must be added, left out, replaced or exchanged with their neighbour to make one word of another.</summary>
    public static int Distance(string from, string to)
    {
        int[] beforeLast = new int[to.Length + 1], last = [.. Enumerable.Range(0, to.Length + 1)], now = new int[to.Length + 1];
        for (int i = 1; i <= from.Length; i++)
        {
            now[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                bool same = from[i - 1] == to[j - 1];
                now[j] = Math.Min(Math.Min(last[j], now[j - 1]) + 1, last[j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    now[j] = Math.Min(now[j], beforeLast[j - 2] + 1);
            }
            (beforeLast, last, now) = (last, now, beforeLast);
        }
        return last[to.Length];
    }
}
