using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Fact.Properties.Cli;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>The components in text form among the samples.</summary>
    public static IEnumerable<string> Samples =>
        Directory.EnumerateFiles(Path.Combine(Root, "samples"), "*.wat").Order(StringComparer.Ordinal);

    public static string Sample(string name) => Path.Combine(Root, "samples", name + ".wat");

    public static string Text(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path])).ReplaceLineEndings("\n");

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Fact.sln")))
                return at.FullName;
        }
        throw new InvalidOperationException("the tests do not run inside a checkout");
    }
}
