using System.Linq;
using System.Text.RegularExpressions;

namespace Fact.Properties.Cli;

/// <summary>Splits the commands that documents show as a shell does, as far as single quotes go.</summary>
internal static partial class ShellWords
{
    public static string[] Of(string command) =>
        [.. Word().Matches(command).Select(match => match.Groups[1].Success ? match.Groups[1].Value : match.Value)];

    [GeneratedRegex("'([^']*)'|\\S+", RegexOptions.Singleline)]
    private static partial Regex Word();
}
