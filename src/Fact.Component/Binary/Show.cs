using System.Text;

namespace Fact.Component.Binary;

/// <summary>Shows text from the input in messages.</summary>
internal static class Show
{
    private const int MaxLength = 60;

    /// <summary>A name in quotes, shortened, without control characters.</summary>
    public static string Name(string name)
    {
        var shown = new StringBuilder("`");
        foreach (var rune in name.EnumerateRunes())
        {
            if (shown.Length > MaxLength)
            {
                shown.Append('…');
                break;
            }
            if (Rune.IsControl(rune))
                shown.Append($"\\u{{{rune.Value:x}}}");
            else
                shown.Append(rune.ToString());
        }
        return shown.Append('`').ToString();
    }
}
