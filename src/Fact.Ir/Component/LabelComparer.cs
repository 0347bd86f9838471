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

    /// <inheritdoc/>
    public int GetHashCode(string label) => label.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant().GetHashCode(StringComparison.Ordinal);
}
