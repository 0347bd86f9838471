using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using Wasmtime;
using Xunit;

namespace Fact.Properties.Cli;

/// <summary><c>fact fuse</c>.</summary>
public sealed class FuseFacts
{
    private static readonly JsonSchema Schema = new(JsonDocument.Parse(Repository.Text("docs", "fused.schema.json")).RootElement);

    // A core module that no engine takes; it says so only where code is looked at.
    private const string Invalid =
        """(component (core module $m (func (export "f") (result i32) (i64.const 0))) (core instance $i (instantiate $m)) (func (export "f") (result u32) """
        + """(canon lift (core func $i "f"))))""";

    [Theory]
    [InlineData("numbers")]
    [InlineData("strings")]
    [InlineData("shapes")]
    [InlineData("library")]
    public void A_sample_becomes_a_module_and_what_says_how_to_call_it(string sample)
    {
        using var folder = new TemporaryFolder();
        ToolRun.Of("fuse", Repository.Sample(sample), "-o", folder["out/app.core.wasm"]).Succeeds();
        Assert.Equal(["out", Path.Combine("out", "app.core.json"), Path.Combine("out", "app.core.wasm")], folder.Names);

        using var engine = new Engine(new Config().WithMultiMemory(true));
        using var module = Module.FromBytes(engine, "fused", File.ReadAllBytes(folder["out/app.core.wasm"]));
        using var json = JsonDocument.Parse(File.ReadAllBytes(folder["out/app.core.json"]));
        Assert.Null(Schema.Mismatch(json.RootElement));
        Assert.Equal("app.core.wasm", json.RootElement.GetProperty("file").GetString());
        string[] described =
        [
            .. json.RootElement.GetProperty("exports").EnumerateArray()
                .SelectMany(export => new[] { "name", "memory", "realloc", "postReturn" }.Select(member => export.GetProperty(member).GetString()))
                .Concat(json.RootElement.GetProperty("resources").EnumerateArray().Select(resource => resource.GetProperty("destructor").GetString()))
                .OfType<string>().Distinct().Order(StringComparer.Ordinal),
        ];
        Assert.Equal(described, module.Exports.Select(export => export.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("numbers")]
    [InlineData("strings")]
    [InlineData("shapes")]
    [InlineData("library")]
    public void A_sample_becomes_a_component_of_the_same_type(string sample)
    {
        using var folder = new TemporaryFolder();
        ToolRun.Of("fuse", Repository.Sample(sample), "-o", folder["out.wasm"], "--as", "component").Succeeds();
        Assert.Equal(["out.wasm"], folder.Names);
        Assert.Equal(ToolRun.Of("run", Repository.Sample(sample)).Succeeds().Output, ToolRun.Of("run", folder["out.wasm"]).Succeeds().Output);
    }

    [Fact]
    public void The_component_around_a_module_does_the_same()
    {
        using var folder = new TemporaryFolder();
        string shop = Path.Combine(Repository.Root, "samples", "real", "shop.wasm");
        ToolRun.Of("fuse", shop, "-o", folder["out.wasm"], "--as", "component").Succeeds();
        string[] calls =
        [
            "--invoke", "sample:shop/checkout#tag(\"crème fraîche 🍓\", litre)",
            "--invoke", "sample:shop/checkout#buy({customer: \"Zoë\", items: [{name: \"tea\", unit: kilogram, quantity: 2, price: 1250}]}, 5000)",
            "--invoke", "sample:warehouse/stock@0.1.0#[constructor]basket(\"Ann\", 1000)",
            "--invoke", "sample:warehouse/stock@0.1.0#[method]basket.owner(basket(1))",
            "--invoke", "sample:shop/checkout#in-use()",
        ];
        Assert.Equal(ToolRun.Of(["run", shop, .. calls]).Succeeds().Output, ToolRun.Of(["run", folder["out.wasm"], .. calls]).Succeeds().Output);
    }

    [Fact]
    public void Values_may_pass_in_one_memory()
    {
        using var folder = new TemporaryFolder();
        string shop = Path.Combine(Repository.Root, "samples", "real", "shop.wasm");
        ToolRun.Of("fuse", shop, "-o", folder["out.wasm"], "--one-memory").Succeeds();
        using var json = JsonDocument.Parse(File.ReadAllBytes(folder["out.json"]));
        var exports = json.RootElement.GetProperty("exports").EnumerateArray().ToList();
        Assert.Equal([null, "cm32p2_memory"], exports.Select(export => export.GetProperty("memory").GetString()).Distinct().Order());
        Assert.All(exports, export => Assert.Equal("utf8", export.GetProperty("stringEncoding").GetString()));
    }

    [Fact]
    public void Memories_may_be_folded_into_one()
    {
        using var folder = new TemporaryFolder();
        string shop = Path.Combine(Repository.Root, "samples", "real", "shop.wasm");
        string said = ToolRun.Of("fuse", shop, "-o", folder["out.wasm"], "--fold-memories").Succeeds().Output;
        Assert.Matches(@"memories +5 +1\n", said);
        Assert.Contains("memories folded: 4\n", said, StringComparison.Ordinal);
        using var one = new Wasmtime.Engine(new Wasmtime.Config().WithMultiMemory(false));
        Assert.Null(Wasmtime.Module.Validate(one, File.ReadAllBytes(folder["out.wasm"])));

        string wide = folder.Write("wide.wat", """
            (component
              (core module $m (memory i64 1) (memory 1) (func (export "f") (i64.store (i64.const 0) (i64.load 1 (i32.const 0)))))
              (core instance $i (instantiate $m))
              (func (export "f") (canon lift (core func $i "f"))))
            """);
        ToolRun.Of("fuse", wide, "-o", folder["wide.wasm"], "--fold-memories").Fails(1, "64-bit addresses");
        Assert.False(File.Exists(folder["wide.wasm"]));
    }

    [Fact]
    public void Imports_are_described_with_what_their_host_needs()
    {
        using var folder = new TemporaryFolder();
        string component = folder.Write("x.wat", """
            (component
              (import "host:api/log" (instance $api (export "say" (func (param "x" string)))))
              (core module $libc (memory (export "memory") 1))
              (core instance $libc (instantiate $libc))
              (core func $say (canon lower (func $api "say") (memory (core memory $libc "memory")) string-encoding=utf16))
              (core module $m (import "" "say" (func $say (param i32 i32))) (func $s (call $say (i32.const 0) (i32.const 0))) (start $s))
              (core instance (instantiate $m (with "" (instance (export "say" (func $say)))))))
            """);
        string output = ToolRun.Of("fuse", component, "-o", folder["y.wasm"]).Succeeds().Output;
        using var json = JsonDocument.Parse(File.ReadAllBytes(folder["y.json"]));
        Assert.Null(Schema.Mismatch(json.RootElement));
        var import = Assert.Single(json.RootElement.GetProperty("imports").EnumerateArray());
        Assert.Equal("cm32p2|host:api/log", import.GetProperty("module").GetString());
        Assert.Equal(["host:api/log", "say"], import.GetProperty("path").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal("func(x: string)", import.GetProperty("signature").GetString());
        Assert.Equal("utf16", import.GetProperty("stringEncoding").GetString());
        Assert.Equal("cm32p2_memory", import.GetProperty("memory").GetString());
        Assert.Equal("cm32p2_initialize", json.RootElement.GetProperty("initialize").GetString());
        Assert.EndsWith("call cm32p2_initialize before any other export\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_say_what_is_in_the_module()
    {
        using var folder = new TemporaryFolder();
        byte[] With(params string[] options)
        {
            ToolRun.Of(["fuse", Repository.Sample("strings"), "-o", folder["x.wasm"], .. options]).Succeeds();
            return File.ReadAllBytes(folder["x.wasm"]);
        }
        byte[] plain = With();
        Assert.Equal(plain, With("--transcoders", "wasm", "--optimize", "speed", "--limit", "spec", "--no-validate", "--explain"));
        Assert.NotEqual(plain, With("--transcoders", "simd"));
        Assert.NotEqual(plain, With("--optimize", "size"));
        Assert.NotEqual(plain, With("--limit", "classic"));
        Assert.NotEqual(plain, With("--reentrance", "trap"));
        static bool HasNames(byte[] module) => Emit.Fuse.LinkedRun.Parts(module).Customs.Items.Any(custom => custom.Name == "name");
        Assert.True(HasNames(With("--names")));
        Assert.False(HasNames(plain));
    }

    [Fact]
    public void Explaining_says_what_became_of_each_part()
    {
        using var folder = new TemporaryFolder();
        string output = ToolRun.Of("fuse", Repository.Sample("strings"), "-o", folder["x.wasm"], "--explain").Succeeds().Output;
        Assert.Equal(6, output.Split('\n').Count(line => line.StartsWith("core", StringComparison.Ordinal) && !line.Contains(' ')));
        Assert.Contains("\nadapters0\n  functions: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_written_or_fused_is_said_and_nothing_is_written()
    {
        using var folder = new TemporaryFolder();
        string numbers = Repository.Sample("numbers"), file = folder.Write("file", "");
        ToolRun.Of("fuse", numbers, "-o", "").Fails(1, "empty");
        ToolRun.Of("fuse", numbers, "-o", folder.Path + "/").Fails(1, "is a directory");
        ToolRun.Of("fuse", numbers, "-o", folder.Path).Fails(1, "it is a directory");
        foreach (string name in new[] { "x.json", "x.JSON", "x.json " })
            ToolRun.Of("fuse", numbers, "-o", folder[name]).Fails(1, "is the name of what says how to call the module");
        ToolRun.Of("fuse", numbers, "-o", folder["file/x.wasm"]).Fails(1, "file is not a directory");
        ToolRun.Of("fuse", file, "-o", folder["x.wasm"]).Fails(1, "is empty");
        ToolRun.Of("fuse", numbers, "--transcoders", "imported").Fails(2, "imported", "fact fuse --help");
        ToolRun.Of("fuse", numbers, "--resources", "wasm").Fails(2, "--resources");
        string async = folder.Write("async.wat", """(component (core func (canon task.return)))""");
        ToolRun.Of("fuse", async, "-o", folder["x.wasm"]).Fails(1, "task.return", "compile the component instead");
        Assert.Equal(["async.wat", "file"], folder.Names);
    }

    [Fact]
    public void Core_modules_that_the_engine_does_not_take_are_the_components_fault()
    {
        using var folder = new TemporaryFolder();
        string component = folder.Write("x.wat", Invalid);
        ToolRun.Of("fuse", component, "-o", folder["y.wasm"]).Fails(1, "x.wat: the engine does not take the core module at offset 0x", "type mismatch", "--no-validate");
        Assert.Equal(["x.wat"], folder.Names);
        ToolRun.Of("fuse", component, "-o", folder["y.wasm"], "--no-validate").Succeeds();
    }
}
