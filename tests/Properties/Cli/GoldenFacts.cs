using System;
using System.IO;
using Xunit;

namespace Fact.Properties.Cli;

/// <summary>
/// What the tool prints for people, kept as files so that a change of it shows in the difference. <c>BLESS=1 dotnet test</c> writes
/// them anew.
/// </summary>
public sealed class GoldenFacts
{
    [Theory]
    [InlineData("library")]
    [InlineData("async")]
    public void Inspecting_a_sample(string sample)
    {
        string output = ToolRun.Of("inspect", Repository.Sample(sample)).Succeeds().Output;
        Holds($"inspect-{sample}.txt", output.Replace(Repository.Sample(sample), $"samples/{sample}.wat", StringComparison.Ordinal));
    }

    [Fact]
    public void Inspecting_a_sample_as_json() =>
        Holds("inspect-shapes.json", ToolRun.Of("inspect", Repository.Sample("shapes"), "--json").Succeeds().Output);

    [Fact]
    public void Explaining_a_sample()
    {
        using var folder = new TemporaryFolder();
        Holds("explain-shapes.txt", ToolRun.Of("compile", Repository.Sample("shapes"), "-o", folder.Path, "--explain").Succeeds().Output);
    }

    [Fact]
    public void The_text_of_the_smallest_adapter()
    {
        using var folder = new TemporaryFolder();
        ToolRun.Of("compile", Repository.Sample("numbers"), "-o", folder.Path, "--text").Succeeds();
        Holds("numbers.wat", File.ReadAllText(folder["adapters-0.wat"]));
    }

    private static void Holds(string name, string text)
    {
        string path = Path.Combine(Repository.Root, "tests", "Properties", "Cli", "Golden", name);
        if (Environment.GetEnvironmentVariable("BLESS") == "1")
            File.WriteAllText(path, text);
        Assert.True(File.Exists(path), $"there is no golden file {name}: run the tests with BLESS=1 and look at it");
        Assert.True(File.ReadAllText(path).ReplaceLineEndings("\n") == text,
            $"{name} is not what the tool prints now; if that is as it should be, run the tests with BLESS=1. It prints:\n{text}");
    }
}
