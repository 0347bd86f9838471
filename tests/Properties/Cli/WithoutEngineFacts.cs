using System;
using System.IO;
using Wasmtime;
using Xunit;

namespace Fact.Properties.Cli;

/// <summary>Without the engine's native library the tool does what needs none, and says so of the rest.</summary>
public sealed class WithoutEngineFacts : IDisposable
{
    private const string Absent = "needs the engine's native library";

    private readonly TemporaryFolder tool = new(), work = new();

    public WithoutEngineFacts()
    {
        foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory))
        {
            if (!Path.GetFileName(file).Contains("wasmtime", StringComparison.Ordinal))
                File.Copy(file, tool[Path.GetFileName(file)]);
        }
        Binary = work.Write("x.wasm", Module.ConvertText(File.ReadAllText(Repository.Sample("numbers"))));
    }

    private string Binary { get; }

    [Fact]
    public void Binaries_are_compiled_and_inspected()
    {
        ToolProcess.RunIn(tool.Path, "inspect", Binary).Succeeds();
        ToolProcess.RunIn(tool.Path, "compile", Binary, "-o", work["out"], "--no-validate").Succeeds();
        Assert.True(File.Exists(work["out/plan.json"]));
        Assert.Equal("distance: func(x: s16, y: s16) -> f64\n", ToolProcess.RunIn(tool.Path, "run", Binary).Succeeds().Output);
    }

    [Fact]
    public void What_needs_it_says_so()
    {
        ToolProcess.RunIn(tool.Path, "compile", Binary, "-o", work["out"]).Fails(1, "validating modules " + Absent, "--no-validate");
        ToolProcess.RunIn(tool.Path, "run", Binary, "--invoke", "distance(3, 4)").Fails(1, "running a component " + Absent);
        foreach (string command in new[] { "compile", "inspect" })
            ToolProcess.RunIn(tool.Path, command, Repository.Sample("numbers")).Fails(1, "numbers.wat: the text format " + Absent, "binary form");
        Assert.Equal(["x.wasm"], work.Names);
    }

    public void Dispose()
    {
        tool.Dispose();
        work.Dispose();
    }
}
