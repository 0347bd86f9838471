using System;
using System.Linq;
using System.Text;

namespace Fact.Wasi.Errors;

/// <summary>An enum of C# as one of WIT: the cases have the same order, and names that differ in how words are told apart.</summary>
internal static class WitEnum<T>
    where T : struct, Enum
{
    private static readonly string[] Labels = [.. Enum.GetNames<T>().Select(Kebab)];
    private static readonly T[] Values = Enum.GetValues<T>();

    /// <summary>The label of a case.</summary>
    public static string Label(T value) => Labels[Array.IndexOf(Values, value)];

    /// <summary>The case of a label; null where there is none.</summary>
    public static T? Find(string label) => Array.IndexOf(Labels, label) is >= 0 and var index ? Values[index] : null;

    private static string Kebab(string name)
    {
        var label = new StringBuilder();
        foreach (char c in name)
        {
            if (char.IsAsciiLetterUpper(c) && label.Length > 0)
                label.Append('-');
            label.Append(char.ToLowerInvariant(c));
        }
        return label.ToString();
    }
}
