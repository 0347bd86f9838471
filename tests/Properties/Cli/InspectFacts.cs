using System;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace Fact.Properties.Cli;

/// <summary><c>fact inspect</c>, and what every command has.</summary>
public sealed class InspectFacts
{
    [Fact]
    public void Every_adapter_shows_its_sides_and_needs()
    {
        string output = ToolRun.Of("inspect", Repository.Sample("library")).Succeeds().Output;
        Assert.Contains("adapter0 \"[constructor]shelf\": func(label: string) -> shelf\n", output, StringComparison.Ordinal);
        Assert.Contains("caller  instance 2 \"desk\", sync, utf8, 32-bit memory\n", output, StringComparison.Ordinal);
        Assert.Contains("callee  instance 1 \"catalog\", sync, utf16, 32-bit memory, realloc\n", output, StringComparison.Ordinal);
        Assert.Contains("resource.transfer-own\n", output, StringComparison.Ordinal);
        Assert.Contains("shelf: defined by instance 1 \"catalog\", with a destructor\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_adapters_need_depends_on_how_they_are_compiled()
    {
        string output = ToolRun.Of("inspect", Repository.Sample("library"), "--transcoders", "imported").Succeeds().Output;
        Assert.Contains("resource.transfer-own, utf8-to-utf16\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Asynchronous_adapters_say_what_they_need()
    {
        string output = ToolRun.Of("inspect", Repository.Sample("async")).Succeeds().Output;
        Assert.Contains("callee  instance 1 \"worker\", async, utf16, 32-bit memory, realloc, callback\n", output, StringComparison.Ordinal);
        Assert.Contains("prepare-call, start-call (sync)", output, StringComparison.Ordinal);
        Assert.Contains("prepare-call, start-call (async)", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Streams_and_futures_show_their_elements()
    {
        const string component = """
            (component
              (component $sink
                (type $s (stream u8))
                (type $f (future $s))
                (type $any (future))
                (core module $m (func (export "f") (param i32 i32 i32)))
                (core instance $i (instantiate $m))
                (func (export "f") (param "s" $s) (param "f" $f) (param "any" $any) (canon lift (core func $i "f"))))
              (instance $sink (instantiate $sink))
              (component $source
                (type $s (stream u8))
                (type $f (future $s))
                (type $any (future))
                (import "f" (func $f (param "s" $s) (param "f" $f) (param "any" $any)))
                (core func $f (canon lower (func $f)))
                (core module $m (import "" "f" (func (param i32 i32 i32))))
                (core instance (instantiate $m (with "" (instance (export "f" (func $f)))))))
              (instance (instantiate $source (with "f" (func $sink "f")))))
            """;
        string output = ToolRun.With(System.Text.Encoding.UTF8.GetBytes(component), new System.IO.MemoryStream(), "inspect", "-").Succeeds().Output;
        Assert.Contains("\"f\": func(s: stream<u8>, f: future<stream<u8>>, any: future)\n", output, StringComparison.Ordinal);
        Assert.Contains("future.transfer, stream.transfer\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_says_the_same()
    {
        string output = ToolRun.Of("inspect", Repository.Sample("library"), "--transcoders", "imported", "--json").Succeeds().Output;
        using var json = JsonDocument.Parse(output);
        var adapters = json.RootElement.GetProperty("adapters").EnumerateArray().ToArray();
        Assert.Equal(5, adapters.Length);
        Assert.Equal("adapter0", adapters[0].GetProperty("name").GetString());
        Assert.Equal("[constructor]shelf", adapters[0].GetProperty("func").GetString());
        Assert.Equal("func(label: string) -> shelf", adapters[0].GetProperty("signature").GetString());
        Assert.Equal("utf16", adapters[0].GetProperty("callee").GetProperty("stringEncoding").GetString());
        Assert.Equal(32, adapters[0].GetProperty("caller").GetProperty("memory").GetProperty("addressBits").GetInt32());
        Assert.Equal(JsonValueKind.Null, adapters[4].GetProperty("caller").GetProperty("memory").ValueKind);
        Assert.Contains("utf8-to-utf16", adapters[0].GetProperty("needs").GetProperty("intrinsics").EnumerateArray().Select(i => i.GetString()));
        Assert.Equal(1, json.RootElement.GetProperty("resources")[0].GetProperty("definedBy").GetInt32());
        Assert.EndsWith("}\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_ends_with_examples()
    {
        foreach (string[] args in new string[][] { ["--help"], ["compile", "--help"], ["inspect", "-h"] })
            Assert.Contains("Examples:\n  fact ", ToolRun.Of(args).Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_is_the_packages()
    {
        string version = ToolRun.Of("--version").Succeeds().Output.Trim();
        Assert.Contains($"<Version>{version}</Version>", Repository.Text("Directory.Build.props"), StringComparison.Ordinal);
    }
}
