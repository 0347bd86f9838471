using System;
using System.Net;
using Fact.Ir;

namespace Fact.Cli.Page;

/// <summary>Text in a page. All of it goes through here: names in components can hold anything.</summary>
internal static class Html
{
    /// <summary>A text as the content of an element, or the value of an attribute in quotes: what cannot be seen is shown, and nothing is markup.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(Printable.Of(text));

    /// <summary>The same for a name, whose lines may end between its parts, <c>a:b/c#d</c>.</summary>
    public static string Name(string name) => Text(name).Replace("/", "/<wbr>", StringComparison.Ordinal).Replace("#", "#<wbr>", StringComparison.Ordinal);

    /// <summary>The same for several lines, each of which was made printable.</summary>
    public static string Lines(string text)
    {
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
            lines[i] = Text(lines[i]);
        return string.Join('\n', lines);
    }
}
