using System.Text;

namespace Fact.Component.Plan;

/// <summary>Names of values of enumerations as JSON has them.</summary>
internal static class KebabCase
{
    /// <summary><c>Utf8ToUtf16</c> as <c>utf8-to-utf16</c>.</summary>
    public static string Of(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        foreach (char c in name)
        {
            if (char.IsAsciiLetterUpper(c) && text.Length > 0)
                text.Append('-');
            text.Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }
}
