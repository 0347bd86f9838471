using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Fact.Component;
using Fact.Component.Plan;
using Xunit;

namespace Fact.Properties.Cli;

/// <summary>Every plan is as docs/plan.schema.json has it, and says of what it is.</summary>
public sealed class PlanSchemaFacts
{
    private static readonly string SchemaText = Repository.Text("docs", "plan.schema.json");

    [Fact]
    public void Plans_of_samples_are_as_the_schema_says()
    {
        foreach (string sample in Repository.Samples)
            Holds(Wasmtime.Module.ConvertText(File.ReadAllText(sample)));
        Holds(File.ReadAllBytes(Path.Combine(Repository.Root, "samples", "real", "shop.wasm")));
    }

    [CorpusFact]
    public void Plans_of_real_components_are_too()
    {
        int held = Corpus.Components.Count(component => Holds(component.Bytes));
        Assert.InRange(held, 100, int.MaxValue);
    }

    /// <summary>The list of what a plan can say, and the list of what the schema lets it say, are one.</summary>
    [Fact]
    public void The_schema_knows_what_plans_can_say()
    {
        Assert.Contains($"\"const\": {PlanJson.Version}", SchemaText, StringComparison.Ordinal);
        string documented = Repository.Text("docs", "plan.md");
        var kinds = Regex.Matches(SchemaText, "\"(?:stream|future|thread|resource|waitable-set|waitable|task|subtask|backpressure|context|error-context)\\.[a-z-]+\"")
            .Select(match => match.Value.Trim('"'));
        Assert.All(kinds.Where(kind => !kind.StartsWith("future.", StringComparison.Ordinal)),
            kind => Assert.Contains($"`{kind}`", documented, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_wrong_with_a_plan_is_found()
    {
        using var schema = JsonDocument.Parse(SchemaText);
        string plan = Plan(Wasmtime.Module.ConvertText(File.ReadAllText(Repository.Sample("library"))))!;
        foreach (var (right, wrong) in new[]
        {
            ("\"version\": 3", "\"version\": 4"), ("\"version\": 3,", ""), ("\"kind\": \"lower-import\"", "\"kind\": \"lower\""), ("\"callee\": 0", "\"callee\": -1"),
            ("\"names\": []", "\"names\": [1]"), ("\"async\": false", "\"async\": 0"), ("\"memory64\": false", "\"memory64\": false, \"more\": 1"),
            ("\"u16\"", "\"u17\""),
        })
        {
            string damaged = plan.Replace(right, wrong, StringComparison.Ordinal);
            using var parsed = JsonDocument.Parse(damaged);
            Assert.Equal(damaged == plan, new JsonSchema(schema.RootElement).Mismatch(parsed.RootElement) is null);
        }
    }

    [Fact]
    public void A_plan_says_of_what_it_is()
    {
        using var folder = new TemporaryFolder();
        byte[] binary = Wasmtime.Module.ConvertText(File.ReadAllText(Repository.Sample("library")));
        string input = folder.Write("app.wasm", binary);
        ToolRun.Of("compile", input, "-o", folder["binary"]).Succeeds();
        Assert.Equal(("app.wasm", binary.LongLength, Convert.ToHexStringLower(SHA256.HashData(binary))), Read(folder["binary/plan.json"]));
        Assert.False(File.Exists(folder["binary/component.wasm"]));

        // Who has a text has no binary, which a host needs for the core modules.
        ToolRun.Of("compile", Repository.Sample("library"), "-o", folder["text"]).Succeeds();
        Assert.Equal(binary, File.ReadAllBytes(folder["text/component.wasm"]));
        Assert.Equal(("component.wasm", binary.LongLength, Convert.ToHexStringLower(SHA256.HashData(binary))), Read(folder["text/plan.json"]));

        ToolRun.With(binary, new MemoryStream(), "compile", "-", "-o", folder["stdin"]).Succeeds();
        Assert.Null(Read(folder["stdin/plan.json"]).Item1);
    }

    [Fact]
    public void Core_modules_are_files_where_that_is_asked_for()
    {
        using var folder = new TemporaryFolder();
        byte[] binary = Wasmtime.Module.ConvertText(File.ReadAllText(Repository.Sample("library")));
        ToolRun.Of("compile", Repository.Sample("library"), "-o", folder.Path, "--core-modules").Succeeds();
        Assert.False(File.Exists(folder["component.wasm"]));
        using var plan = JsonDocument.Parse(File.ReadAllBytes(folder["plan.json"]));
        var modules = plan.RootElement.GetProperty("coreModules").EnumerateArray().ToList();
        Assert.Equal(4, modules.Count);
        foreach (var module in modules)
        {
            int offset = module.GetProperty("offset").GetInt32(), length = module.GetProperty("length").GetInt32();
            Assert.Equal(binary[offset..(offset + length)], File.ReadAllBytes(folder[module.GetProperty("file").GetString()!]));
        }

        // What an earlier run has left and this one has not is gone.
        ToolRun.Of("compile", Repository.Sample("numbers"), "-o", folder.Path, "--core-modules").Succeeds();
        Assert.Equal(2, folder.Names.Count(name => name.StartsWith("core-", StringComparison.Ordinal)));
    }

    private static (string?, long, string?) Read(string plan)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(plan));
        var component = json.RootElement.GetProperty("component");
        return (component.GetProperty("file").GetString(), component.GetProperty("length").GetInt64(), component.GetProperty("sha256").GetString());
    }

    private static bool Holds(byte[] component)
    {
        if (Plan(component) is not { } plan)
            return false;
        using var schema = JsonDocument.Parse(SchemaText);
        using var parsed = JsonDocument.Parse(plan);
        Assert.Null(new JsonSchema(schema.RootElement).Mismatch(parsed.RootElement));
        return true;
    }

    private static string? Plan(byte[] component) =>
        ComponentCompiler.TryCompile(component, CompileOptions.Default, out var compiled, out _)
        && compiled.TryToJson(out var json, out _, new PlanFiles { Component = PlanComponent.Of("x.wasm", component) })
            ? System.Text.Encoding.UTF8.GetString(json.Span)
            : null;
}
