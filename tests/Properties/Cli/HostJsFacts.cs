using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Xunit;

namespace Fact.Properties.Cli;

/// <summary>The host in JavaScript, which knows of a component what <c>fact compile</c> has written, and of this project nothing.</summary>
public sealed class HostJsFacts
{
    [NodeFact]
    public void The_example_prints_what_it_says()
    {
        using var folder = new TemporaryFolder();
        Compile("library.wat", "library");
        Compile("real/shop.wasm", "shop", "--core-modules");
        Compile("host-js/words.wat", "words");
        var run = Node.Run("example.mjs", folder["library"], folder["shop"], folder["words"]).Succeeds();
        Assert.Equal(Repository.Text("samples", "host-js", "example.txt"), run.Output.ReplaceLineEndings("\n"));

        // A plan belongs to its component.
        File.WriteAllBytes(folder["library/component.wasm"], File.ReadAllBytes(folder["words/component.wasm"]));
        var wrong = Node.Run("example.mjs", folder["library"], folder["shop"], folder["words"]);
        Assert.NotEqual(0, wrong.Code);
        Assert.Contains("the plan is of another component", wrong.Errors, StringComparison.Ordinal);

        void Compile(string sample, string to, params string[] more) =>
            ToolRun.Of(["compile", Path.Combine(Repository.Root, "samples", sample), "-o", folder[to], .. more]).Succeeds();
    }
}

/// <summary>Node, which runs the host in JavaScript.</summary>
internal static class Node
{
    /// <summary>The first that has several memories.</summary>
    public const int Version = 22;

    /// <summary>The program; null where there is none, or an older one.</summary>
    public static string? Program { get; } = Find();

    /// <summary>Runs a script of the sample.</summary>
    public static ToolRun Run(string script, params string[] args) =>
        ToolProcess.Run(new ProcessStartInfo(Program!, [Path.Combine(Repository.Root, "samples", "host-js", script), .. args]));

    private static string? Find()
    {
        string program = Environment.GetEnvironmentVariable("FACT_NODE") is { Length: > 0 } named ? named : "node";
        try
        {
            var run = ToolProcess.Run(new ProcessStartInfo(program, ["--version"]));
            return run.Output.TrimStart('v').Split('.') is [var major, ..] && int.TryParse(major, out int version) && version >= Version ? program : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}

/// <summary>A test that needs Node, and is skipped with a message without it.</summary>
internal sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        if (Node.Program is null)
            Skip = "no Node 22 or later on the PATH, which has several memories: install one, or name it in FACT_NODE";
    }
}
