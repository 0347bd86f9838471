using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using Wasmtime;
using Xunit;

namespace Fact.Properties.Cli;

/// <summary><c>fact compile</c> on components that have nothing wrong with them.</summary>
public sealed class CompileFacts
{
    public static TheoryData<string> Samples => [.. Repository.Samples.Select(path => Path.GetFileNameWithoutExtension(path))];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_sample_becomes_modules_that_an_engine_takes(string sample)
    {
        using var folder = new TemporaryFolder();
        using var engine = new Engine();
        ToolRun.Of("compile", Repository.Sample(sample), "-o", folder.Path).Succeeds();
        Assert.Contains("adapters-0.wasm", folder.Names);
        Assert.Contains("plan.json", folder.Names);
        foreach (string name in folder.Names.Where(name => name.EndsWith(".wasm", StringComparison.Ordinal) && name != "component.wasm"))
            Assert.Null(Module.Validate(engine, File.ReadAllBytes(folder[name])));
        using var plan = JsonDocument.Parse(File.ReadAllBytes(folder["plan.json"]));
        Assert.Equal(JsonValueKind.Object, plan.RootElement.ValueKind);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Debug_builds_and_barriers_are_taken_too(string sample)
    {
        using var folder = new TemporaryFolder();
        using var engine = new Engine();
        ToolRun.Of("compile", Repository.Sample(sample), "-o", folder.Path, "--debug", "--exception-barrier", "--limit", "classic").Succeeds();
        Assert.Null(Module.Validate(engine, File.ReadAllBytes(folder["adapters-0.wasm"])));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_text_of_a_module_is_that_module(string sample)
    {
        using var folder = new TemporaryFolder();
        using var engine = new Engine();
        ToolRun.Of("compile", Repository.Sample(sample), "-o", folder.Path, "--text").Succeeds();
        Assert.DoesNotContain("adapters-0.wasm", folder.Names);
        Assert.Null(Module.Validate(engine, Module.ConvertText(File.ReadAllText(folder["adapters-0.wat"]))));
    }

    [Fact]
    public void Handles_are_kept_by_a_module_of_their_own_or_by_the_host()
    {
        using var folder = new TemporaryFolder();
        using var engine = new Engine();
        string library = Repository.Sample("library");
        Assert.Contains("runtime.wasm", ToolRun.Of("compile", library, "-o", folder.Path).Succeeds().Output, StringComparison.Ordinal);
        Assert.Null(Module.Validate(engine, File.ReadAllBytes(folder["runtime.wasm"])));
        byte[] adapters = File.ReadAllBytes(folder["adapters-0.wasm"]);
        using (var plan = JsonDocument.Parse(File.ReadAllBytes(folder["plan.json"])))
        {
            var runtime = Assert.Single(plan.RootElement.GetProperty("runtimeModules").EnumerateArray());
            Assert.Equal("runtime.wasm", runtime.GetProperty("file").GetString());
            var exports = runtime.GetProperty("exports").EnumerateArray()
                .Select(export => (export.GetProperty("name").GetString(), export.GetProperty("type").GetInt32())).ToList();
            var provided = plan.RootElement.GetProperty("trampolines").EnumerateArray().Where(trampoline => trampoline.TryGetProperty("runtime", out _)).ToList();
            Assert.NotEmpty(provided);
            Assert.All(provided, trampoline => Assert.Contains((trampoline.GetProperty("runtime").GetString(), trampoline.GetProperty("coreType").GetInt32()), exports));
        }

        ToolRun.Of("compile", library, "-o", folder.Path, "--text").Succeeds();
        Assert.Null(Module.Validate(engine, Module.ConvertText(File.ReadAllText(folder["runtime.wat"]))));

        ToolRun.Of("compile", library, "-o", folder.Path, "--resources", "imported").Succeeds();
        Assert.DoesNotContain("runtime.wasm", folder.Names);
        Assert.Equal(adapters, File.ReadAllBytes(folder["adapters-0.wasm"]));
        using var without = JsonDocument.Parse(File.ReadAllBytes(folder["plan.json"]));
        Assert.False(without.RootElement.TryGetProperty("runtimeModules", out _));
        Assert.DoesNotContain("\"runtime\"", without.RootElement.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_input_gives_equal_files_and_output()
    {
        using TemporaryFolder first = new(), second = new();
        var one = ToolRun.Of("compile", Repository.Sample("library"), "-o", first.Path).Succeeds();
        var other = ToolRun.Of("compile", Repository.Sample("library"), "-o", second.Path).Succeeds();
        Assert.Equal(one.Output, other.Output);
        Assert.Equal(first.Names, second.Names);
        Assert.All(first.Names, name => Assert.Equal(File.ReadAllBytes(first[name]), File.ReadAllBytes(second[name])));
    }

    [Fact]
    public void The_table_counts_what_was_written()
    {
        using var folder = new TemporaryFolder();
        var lines = ToolRun.Of("compile", Repository.Sample("strings"), "-o", folder.Path).Succeeds().Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToArray();
        Assert.Equal(["module", "adapters", "functions", "imports", "bytes"], lines[0]);
        Assert.Equal(["adapters-0.wasm", "adapters-1.wasm", "total"], lines[1..].Select(line => line[0]));
        Assert.Equal(lines[1..3].Select(line => line[4]), new[] { 0, 1 }.Select(i => $"{new FileInfo(folder[$"adapters-{i}.wasm"]).Length}"));
    }

    [Fact]
    public void Nothing_but_text_goes_to_what_is_no_terminal()
    {
        using var folder = new TemporaryFolder();
        Assert.DoesNotContain('\u001b', ToolRun.Of("compile", Repository.Sample("library"), "-o", folder.Path).Output);
        Assert.DoesNotContain('\u001b', ToolRun.Of("inspect", Repository.Sample("library")).Output);
    }

    [Fact]
    public void A_component_can_come_from_standard_input_as_text_or_binary()
    {
        using var folder = new TemporaryFolder();
        byte[] text = File.ReadAllBytes(Repository.Sample("numbers"));
        ToolRun.With(text, new MemoryStream(), "compile", "-", "-o", folder["text"]).Succeeds();
        ToolRun.With(Module.ConvertText(File.ReadAllText(Repository.Sample("numbers"))), new MemoryStream(), "compile", "-", "-o", folder["binary"]).Succeeds();
        Assert.Equal(File.ReadAllBytes(folder["text/adapters-0.wasm"]), File.ReadAllBytes(folder["binary/adapters-0.wasm"]));
    }

    [Fact]
    public void What_an_input_is_shows_in_its_content()
    {
        using var folder = new TemporaryFolder();
        string misnamed = folder.Write("binary.wat", Module.ConvertText(File.ReadAllText(Repository.Sample("numbers"))));
        ToolRun.Of("compile", misnamed, "-o", folder["out"]).Succeeds();
        string marked = folder.Write("text.wasm", "\uFEFF" + File.ReadAllText(Repository.Sample("numbers")));
        ToolRun.Of("compile", marked, "-o", folder["out"]).Succeeds();
    }

    [Fact]
    public void A_component_without_adapters_has_a_plan_and_no_module()
    {
        using var folder = new TemporaryFolder();
        var run = ToolRun.Of("compile", folder.Write("empty.wat", "(component)"), "-o", folder["out"]).Succeeds();
        Assert.StartsWith("no adapters", run.Output, StringComparison.Ordinal);
        Assert.Equal(["empty.wat", "out", Path.Combine("out", "component.wasm"), Path.Combine("out", "plan.json")], folder.Names);
    }
}
