using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

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

    /// <summary>
    /// Holds what a document shows against what happens. <c>BLESS=1 dotnet test</c> writes it anew.
    /// </summary>
    /// <param name="document">The document, from the root.</param>
    /// <param name="before">What is before it in the document.</param>
    /// <param name="shown">What it shows.</param>
    /// <param name="happens">What happens.</param>
    public static void Shows(string document, string before, string shown, string happens)
    {
        if (shown == happens)
            return;
        lock (Blessing)
        {
            string text = Text(document.Split('/')), blessed = text.Replace(before + shown, before + happens, StringComparison.Ordinal);
            if (Environment.GetEnvironmentVariable("BLESS") == "1" && blessed != text)
                File.WriteAllText(Path.Combine(Root, document), blessed);
            else
                Assert.Fail($"{document} shows something else than what happens now; if that is as it should be, run the tests with BLESS=1. "
                    + $"It should show:\n{happens}\ninstead of:\n{shown}");
        }
    }

    private static readonly object Blessing = new();

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
