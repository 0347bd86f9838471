using System;
using System.Collections.Generic;

namespace Fact.Ir;

/// <summary>Labels are equal where they are not strongly unique: where they differ in hyphens and case alone. Spec: strongly-unique.</summary>
internal sealed class LabelComparer : IEqualityComparer<string>
{
    /// <summary>The one object.</summary>
    public static readonly LabelComparer Instance = new();

    /// <inheritdoc/>
    public bool Equals(string? x, string? y)
    {
        int i = 0, j = 0;
        while (true)
        {
            while (i < x!.Length && x[i] == '-')
                i++;
            while (j < y!.Length && y[j] == '-')
                j++;
            if (i == x.Length || j == y.Length)
                return i == x.Length && j == y.Length;
            if (char.ToLowerInvariant(x[i++]) != char.ToLowerInvariant(y[j++]))
                return false;
        }
    }

    /// <summary>A number that equal labels have in common: not good enough for a table that others fill, but fast.</summary>
    public static int QuickHash(string label)
    {
        uint hash = 2166136261;
        foreach (char c in label)
        {
            // One bit makes letters lower case; that it makes some other characters alike does not matter here.
            if (c != '-')
                hash = (hash ^ (c < 0x80 ? c | 0x20u : char.ToLowerInvariant(c))) * 16777619;
        }
        return (int)hash;
    }

    /// <inheritdoc/>
    public int GetHashCode(string label) => label.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant().GetHashCode(StringComparison.Ordinal);
}
