using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Xunit;

namespace Fact.Properties.Cli;

/// <summary>A test that needs Node.js with several memories, and is skipped with a message without it.</summary>
internal sealed class NodeFactAttribute : FactAttribute
{
    public const string Missing = "no Node.js of version 22 or later, which has several memories: install it, or name it in FACT_NODE";

    public NodeFactAttribute()
    {
        if (Program is null)
            Skip = Missing;
    }

    /// <summary>The program; null where there is none that is new enough.</summary>
    public static string? Program { get; } = Programs.Find("FACT_NODE", ["node"], program =>
        int.TryParse(ToolProcess.Run(new ProcessStartInfo(program, "--version")).Output.TrimStart('v').Split('.')[0], out int version) && version >= 22);
}

/// <summary>The same for several cases.</summary>
internal sealed class NodeTheoryAttribute : TheoryAttribute
{
    public NodeTheoryAttribute()
    {
        if (NodeFactAttribute.Program is null)
            Skip = NodeFactAttribute.Missing;
    }
}

/// <summary>A test that needs Chromium, and is skipped with a message without it.</summary>
internal sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute()
    {
        if (Program is null)
            Skip = "no Chromium: install it, or name it in FACT_CHROMIUM";
    }

    /// <summary>The program; null where there is none.</summary>
    public static string? Program { get; } = Programs.Find(
        "FACT_CHROMIUM", ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"], _ => true);
}

/// <summary>A test that needs jco, the tools for components as a JavaScript program, and is skipped with a message without it. The network is not asked for it.</summary>
internal sealed class JcoFactAttribute : FactAttribute
{
    public const string Missing = "the variable JCO does not name jco, which makes components";

    public JcoFactAttribute()
    {
        if (Command is null)
            Skip = Missing;
    }

    /// <summary>Whether it needs the corpus too.</summary>
    public bool NeedsCorpus
    {
        get => false;
        init
        {
            if (value && Skip is null && Properties.Corpus.Folder is null)
                Skip = CorpusFactAttribute.Missing;
        }
    }

    /// <summary>The program and its first arguments; null where none is named.</summary>
    public static string[]? Command { get; } =
        Environment.GetEnvironmentVariable("JCO")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } words ? words : null;

    /// <summary>Runs it.</summary>
    public static ToolRun Run(params string[] args) => ToolProcess.Run(new ProcessStartInfo(Command![0], [.. Command[1..], .. args]));
}

/// <summary>The same for several cases.</summary>
internal sealed class JcoTheoryAttribute : TheoryAttribute
{
    public JcoTheoryAttribute()
    {
        if (JcoFactAttribute.Command is null)
            Skip = JcoFactAttribute.Missing;
    }
}

/// <summary>Finds programs.</summary>
internal static class Programs
{
    /// <summary>The program that a variable names, or else the first of these names in the path.</summary>
    public static string? Find(string variable, string[] names, Func<string, bool> isGood)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string? named = Environment.GetEnvironmentVariable(variable);
        var candidates = named is { Length: > 0 } ? [named] : names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name)));
        return candidates.FirstOrDefault(path => File.Exists(path) && isGood(path));
    }
}
