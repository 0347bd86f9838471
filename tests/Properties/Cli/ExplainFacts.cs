using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Fact.Properties.Cli;

/// <summary><c>fact compile --explain</c>, for people and for programs.</summary>
public sealed class ExplainFacts
{
    public static TheoryData<string> Samples => [.. Repository.Samples.Select(path => Path.GetFileNameWithoutExtension(path))];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Text_comes_after_the_table_and_names_adapters_as_inspect_does(string sample)
    {
        using var folder = new TemporaryFolder();
        string table = ToolRun.Of("compile", Repository.Sample(sample), "-o", folder["plain"]).Succeeds().Output;
        string explained = ToolRun.Of("compile", Repository.Sample(sample), "-o", folder["explained"], "--explain").Succeeds().Output;
        Assert.StartsWith(table + "\nadapter0 ", explained, StringComparison.Ordinal);
        string[] named = [.. ToolRun.Of("inspect", Repository.Sample(sample)).Succeeds().Output.Split('\n').Where(IsHeading)];
        Assert.Equal(named, explained.Split('\n').Skip(table.Count(c => c == '\n')).Where(IsHeading));
        foreach (string file in Directory.EnumerateFiles(folder["plain"]))
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(folder["explained"], Path.GetFileName(file))));

        static bool IsHeading(string line) => line.StartsWith("adapter", StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Json_says_the_same_and_is_alone_on_standard_output(string sample)
    {
        using var folder = new TemporaryFolder();
        string text = ToolRun.Of("compile", Repository.Sample(sample), "-o", folder.Path, "--explain").Succeeds().Output;
        string output = ToolRun.Of("compile", Repository.Sample(sample), "-o", folder.Path, "--explain=json", "--explain").Succeeds().Output;
        Assert.Contains("plan.json", folder.Names);
        using var json = JsonDocument.Parse(output);
        var adapters = json.RootElement.GetProperty("adapters").EnumerateArray().ToArray();
        Assert.NotEmpty(adapters);
        string[] sections = text.Split("\nadapter")[1..];
        if (sections[0].StartsWith('s'))
            sections = sections[^adapters.Length..];
        Assert.Equal(adapters.Length, sections.Length);
        foreach (var (adapter, section) in adapters.Zip(sections))
        {
            string of = adapter.GetProperty("interface").GetString() is { } name ? name + "#" : "";
            Assert.StartsWith($"{adapter.GetProperty("name").GetString()} \"{of}{adapter.GetProperty("func").GetString()}\": "
                + $"{adapter.GetProperty("signature").GetString()}\n", "adapter" + section, StringComparison.Ordinal);
            Assert.Contains("plan, as the specification has it\n" + Lines(adapter, "naivePlan"), section, StringComparison.Ordinal);
            Assert.Contains("plan, as it is compiled\n" + Lines(adapter, "plan"), section, StringComparison.Ordinal);
            foreach (var pass in adapter.GetProperty("passes").EnumerateArray())
                Assert.Contains($"  pass {pass.GetProperty("name").GetString()}: {pass.GetProperty("why").GetString()}\n{Lines(pass, "changes")}", section,
                    StringComparison.Ordinal);
            foreach (var check in adapter.GetProperty("checks").EnumerateArray())
                Assert.Contains($" {check.GetProperty("places").GetInt32()} × {check.GetProperty("what").GetString()}\n", section, StringComparison.Ordinal);
            var code = adapter.GetProperty("code");
            var funcs = code.GetProperty("functions").EnumerateArray().Concat(code.GetProperty("helpers").EnumerateArray()).ToArray();
            Assert.All(funcs, func => Assert.Contains(
                $" {func.GetProperty("bytes").GetInt32()} {func.GetProperty("name").GetString()}", section, StringComparison.Ordinal));
            Assert.Equal(funcs.Sum(func => func.GetProperty("bytes").GetInt32()), code.GetProperty("bytes").GetInt32());
            string where = adapter.GetProperty("module") is { ValueKind: JsonValueKind.Number } module ? $" in adapters-{module.GetInt32()}"
                : ": the caller is linked to the callee";
            Assert.Contains($" {code.GetProperty("bytes").GetInt32()} bytes{where}\n", section, StringComparison.Ordinal);
        }

        static string Lines(JsonElement of, string member) => string.Concat(of.GetProperty(member).EnumerateArray().Select(line => $"    {line.GetString()}\n"));
    }

    [Fact]
    public void Without_adapters_there_is_nothing_to_explain()
    {
        using var folder = new TemporaryFolder();
        string input = folder.Write("empty.wat", "(component)");
        Assert.StartsWith("no adapters", ToolRun.Of("compile", input, "-o", folder["out"], "--explain").Succeeds().Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(ToolRun.Of("compile", input, "-o", folder["out"], "--explain=json").Succeeds().Output);
        Assert.Equal(0, json.RootElement.GetProperty("adapters").GetArrayLength());
    }

    [Fact]
    public void What_is_explained_is_what_is_compiled()
    {
        using var folder = new TemporaryFolder();
        string trap = ToolRun.Of("compile", Repository.Sample("numbers"), "-o", folder.Path, "--explain", "--reentrance", "trap").Succeeds().Output;
        Assert.Contains("may_enter of the callee (instance 1)", trap, StringComparison.Ordinal);
        Assert.DoesNotContain("may_enter", ToolRun.Of("compile", Repository.Sample("numbers"), "-o", folder.Path, "--explain").Succeeds().Output,
            StringComparison.Ordinal);
        Assert.Contains("trap on an exception of\n",
            ToolRun.Of("compile", Repository.Sample("numbers"), "-o", folder.Path, "--explain", "--exception-barrier").Succeeds().Output, StringComparison.Ordinal);
    }

    /// <summary>Each in full would be as much as there are adapters, times the type.</summary>
    [Fact]
    public void Many_adapters_of_one_large_type_are_not_all_explained()
    {
        foreach (int count in new[] { 100, 400, 1_600 })
        {
            byte[] component = Wasmtime.Module.ConvertText(Shared(count, 2_000));
            using var folder = new TemporaryFolder();
            string input = folder.Write("c.wasm", component);
            string text = ToolRun.Of("compile", input, "-o", folder["out"], "--explain", "--no-validate").Succeeds().Output;
            Assert.InRange(text.Length, 1, 5_000_000 + (6_000 * count));
            Assert.Contains("more lines\n", text, StringComparison.Ordinal);
            Assert.Contains("not explained: ", text, StringComparison.Ordinal);
            string json = ToolRun.Of("compile", input, "-o", folder["out"], "--explain=json", "--no-validate").Succeeds().Output;
            Assert.InRange(Encoding.UTF8.GetByteCount(json), 1, 10_000_000 + (12_000 * count));
            using var document = JsonDocument.Parse(json);
            var adapters = document.RootElement.GetProperty("adapters").EnumerateArray().ToArray();
            Assert.Equal(count, adapters.Length);
            Assert.Equal(JsonValueKind.Array, adapters[0].GetProperty("plan").ValueKind);
            Assert.Equal(JsonValueKind.Null, adapters[^1].GetProperty("plan").ValueKind);
            Assert.All(adapters, adapter => Assert.True(adapter.GetProperty("code").GetProperty("bytes").GetInt32() > 0));
        }
    }

    /// <summary>A component with so many adapters for a list of one tuple of so many elements.</summary>
    private static string Shared(int adapters, int elements)
    {
        string type = $"(type $t (tuple {string.Concat(Enumerable.Range(0, elements).Select(i => i % 2 == 0 ? "u8 " : "bool "))}))";
        string Each(Func<int, string> one) => string.Concat(Enumerable.Range(0, adapters).Select(i => one(i) + "\n"));
        return $"""
            (component
              (component $leaf
                (core module $m {Each(i => $"(func (export \"f{i}\") (param i32 i32))")}
                  (func (export "r") (param i32 i32 i32 i32) (result i32) unreachable) (memory (export "m") 1))
                (core instance $i (instantiate $m))
                {type}
                {Each(i => $"(func (export \"f{i}\") (param \"p\" (list $t)) "
                    + $"(canon lift (core func $i \"f{i}\") (memory (core memory $i \"m\")) (realloc (core func $i \"r\"))))")})
              (instance $leaf (instantiate $leaf))
              (component $relay
                {type}
                (core module $m (memory (export "m") 1))
                (core instance $i (instantiate $m))
                {Each(i => $"(import \"f{i}\" (func $f{i} (param \"p\" (list $t)))) (core func (canon lower (func $f{i}) (memory (core memory $i \"m\"))))")})
              (instance (instantiate $relay {Each(i => $"(with \"f{i}\" (func $leaf \"f{i}\"))")})))
            """;
    }
}
