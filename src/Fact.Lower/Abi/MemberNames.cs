using System;
using System.Collections.Generic;
using System.Globalization;

namespace Fact.Lower.Abi;

/// <summary>The names of fields, cases and labels.</summary>
internal static class MemberNames
{
    private static readonly string[] Pair = ["0", "1"];
    // Filled as needed, by any thread: whoever comes second puts the same names there.
    private static readonly string[][] Known = new string[17][];

    /// <summary>The names of tuple elements: their positions.</summary>
    public static string[] Positions(int count)
    {
        if (count == 2)
            return Pair;
        if (count < Known.Length && Known[count] is { } names)
            return names;
        names = new string[count];
        for (int i = 0; i < count; i++)
            names[i] = i.ToString(CultureInfo.InvariantCulture);
        if (count < Known.Length)
            Known[count] = names;
        return names;
    }

    /// <summary>The first name that an earlier one differs from in case at the most; null where there is none. In linear time.</summary>
    public static string? FirstTwice(string[] names)
    {
        const int few = 12;
        if (names.Length > few)
        {
            var seen = new HashSet<string>(names.Length, StringComparer.OrdinalIgnoreCase);
            return Array.Find(names, name => !seen.Add(name));
        }
        for (int i = 1; i < names.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (names[i].Length == names[j].Length && names[i].Equals(names[j], StringComparison.OrdinalIgnoreCase))
                    return names[i];
            }
        }
        return null;
    }
}
