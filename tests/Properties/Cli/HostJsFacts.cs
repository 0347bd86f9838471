using System;
using System.Diagnostics;
using System.IO;
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
        var run = Run("example.mjs", folder["library"], folder["shop"], folder["words"]).Succeeds();
        Assert.Equal(Repository.Text("samples", "host-js", "example.txt"), run.Output.ReplaceLineEndings("\n"));

        // A plan belongs to its component.
        File.WriteAllBytes(folder["library/component.wasm"], File.ReadAllBytes(folder["words/component.wasm"]));
        var wrong = Run("example.mjs", folder["library"], folder["shop"], folder["words"]);
        Assert.NotEqual(0, wrong.Code);
        Assert.Contains("the plan is of another component", wrong.Errors, StringComparison.Ordinal);

        void Compile(string sample, string to, params string[] more) =>
            ToolRun.Of(["compile", Path.Combine(Repository.Root, "samples", sample), "-o", folder[to], .. more]).Succeeds();
    }

    private static ToolRun Run(string script, params string[] args) =>
        ToolProcess.Run(new ProcessStartInfo(NodeFactAttribute.Program!, [Path.Combine(Repository.Root, "samples", "host-js", script), .. args]));
}
