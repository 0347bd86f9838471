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
        Assert.Contains("adapter0 \"catalog#[constructor]shelf\": func(label: string) -> shelf\n", output, StringComparison.Ordinal);
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
    public void Imports_and_exports_are_shown_with_the_names_of_their_types()
    {
        const string Component = """
            (component
              (type $e (enum "low" "high"))
              (import "level" (type $level (eq $e)))
              (import "a:b/store@1.0.0" (instance $store
                (export "item" (type $item (sub resource)))
                (type $r (record (field "name" string) (field "owner" (own $item))))
                (export "entry" (type $entry (eq $r)))
                (type $l (list $entry))
                (export "entries" (type (eq $l)))
                (export "[constructor]item" (func (param "level" u8) (result (own $item))))
                (export "[method]item.put" (func (param "self" (borrow $item)) (param "entry" $entry) (result (list $entry))))
                (export "[static]item.count" (func (result u32)))
                (export "first" (func (result (option $entry))))))
              (alias export $store "item" (type $i))
              (import "a:b/other" (instance
                (alias outer 1 $i (type $outer))
                (export "item" (type $mine (eq $outer)))
                (export "take" (func (param "item" (own $mine))))))
              (import "log" (func (param "level" $level) (param "text" string)))
              (import "plug" (core module (import "m" "f" (func (param i32))) (export "g" (global i32)))))
            """;
        string output = ToolRun.With(System.Text.Encoding.UTF8.GetBytes(Component), new System.IO.MemoryStream(), "inspect", "-").Succeeds().Output;
        Assert.Contains("""

            world root {
              import enum level {
                low,
                high,
              }
              import a:b/store@1.0.0: interface {
                resource item {
                  constructor(level: u8);
                  put: func(entry: entry) -> list<entry>;
                  count: static func() -> u32;
                }
                record entry {
                  name: string,
                  owner: item,
                }
                type entries = list<entry>;
                first: func() -> option<entry>;
              }
              import a:b/other: interface {
                use a:b/store@1.0.0.{item};
                take: func(item: item);
              }
              import log: func(level: level, text: string);
              import plug: core module {
                import m f: (func (param i32));
                export g: (global i32);
              }
            }

            """.ReplaceLineEndings("\n"), output, StringComparison.Ordinal);
    }

    /// <summary>Instances in instances, each in two of the next: in full, the last would have 2^16 functions.</summary>
    [Fact]
    public void What_is_exported_again_and_again_is_shown_once()
    {
        string levels = string.Concat(Enumerable.Range(1, 16).Select(i => $"(instance $i{i} (export \"a\" (instance $i{i - 1})) (export \"b\" (instance $i{i - 1})))\n"));
        string component = $"""
            (component
              (core module $m (func (export "f")))
              (core instance $m (instantiate $m))
              (func $f (canon lift (core func $m "f")))
              (instance $i0 (export "f" (func $f)))
              {levels}
              (export "all" (instance $i16)))
            """;
        string output = ToolRun.With(System.Text.Encoding.UTF8.GetBytes(component), new System.IO.MemoryStream(), "inspect", "-").Succeeds().Output;
        Assert.InRange(output.Length, 1_000, 5_000);
        Assert.Contains("b: interface; // the one that is exported as a\n", output, StringComparison.Ordinal);
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
