using System;
using System.IO;
using System.Linq;
using Fact.Host;
using Fact.Ir;
using Fact.Lower;
using Fact.Values;
using Wasmtime;
using Xunit;

namespace Fact.Conformance.Scripts;

/// <summary>Scripts are read as their format says, and nothing passes that should not.</summary>
public sealed class RunnerTests
{
    [Theory]
    [InlineData("""{"type":"bool","value":true}""", "true")]
    [InlineData("""{"type":"s8","value":"-1"}""", "-1")]
    [InlineData("""{"type":"u64","value":"18446744073709551615"}""", "18446744073709551615")]
    [InlineData("""{"type":"f32","value":"3212836864"}""", "-1")]
    [InlineData("""{"type":"f64","value":"4607182418800017408"}""", "1")]
    [InlineData("""{"type":"char","value":"🍰"}""", "'🍰'")]
    [InlineData("""{"type":"string","value":"a\"b"}""", "\"a\\\"b\"")]
    [InlineData("""{"type":"list","value":[{"type":"u8","value":"1"},{"type":"u8","value":"2"}]}""", "[1, 2]")]
    [InlineData("""{"type":"tuple","value":[{"type":"u8","value":"1"},{"type":"string","value":""}]}""", "(1, \"\")")]
    [InlineData("""{"type":"record","value":[["x",{"type":"u8","value":"1"}],["y",{"type":"bool","value":false}]]}""", "{x: 1, y: false}")]
    [InlineData("""{"type":"variant","value":{"case":"one","payload":{"type":"u8","value":"1"}}}""", "one(1)")]
    [InlineData("""{"type":"variant","value":{"case":"two"}}""", "two")]
    [InlineData("""{"type":"enum","value":"red"}""", "red")]
    [InlineData("""{"type":"option","value":null}""", "none")]
    [InlineData("""{"type":"option","value":{"type":"u8","value":"1"}}""", "some(1)")]
    [InlineData("""{"type":"result","value":{"Ok":null}}""", "ok")]
    [InlineData("""{"type":"result","value":{"Err":{"type":"u8","value":"1"}}}""", "err(1)")]
    [InlineData("""{"type":"flags","value":["b","a"]}""", "{b, a}")]
    public void Values_are_read(string json, string wave)
    {
        var command = Assert.Single(
            ScriptJson.Commands(Json($$"""{"type":"assert_return","line":1,"action":{"type":"invoke","field":"f","args":[{{json}}]},"expected":[]}""")).Items);
        Assert.Equal(wave, Assert.IsType<Command.AssertReturn>(command).Call.Args!.Value[0].ToString());
    }

    [Theory]
    [InlineData("""{"type":"register","line":1,"as":"m"}""")]
    [InlineData("""{"type":"assert_exhaustion","line":1,"action":{"type":"invoke","field":"f","args":[]},"text":"call stack exhausted"}""")]
    [InlineData("""{"type":"assert_return","line":1,"action":{"type":"get","field":"g"},"expected":[{"type":"i32","value":"1"}]}""")]
    [InlineData("""{"type":"assert_return","line":1,"action":{"type":"invoke","field":"f","args":[]},"expected":[{"type":"f32","value":"nan:canonical"}]}""")]
    public void Commands_about_core_modules_are_not_applicable(string json) => Assert.Equal([NotApplicable.CoreModule.ToString()], Run(json));

    [Fact]
    public void Nothing_passes_that_does_not_do_what_the_script_says()
    {
        Assert.Equal(
            [
                "Passed", "Passed", "Passed", "Failed", "Failed",
                "Passed", "Passed", "Failed",
                "Passed", "Passed", "Failed", "Passed", "Failed",
                "Failed",
            ],
            Run(
                """{"type":"module_definition","line":1,"name":"C","filename":"calls.wasm","module_type":"binary"}""",
                """{"type":"module_instance","line":2,"instance":"I","module":"C"}""",
                """{"type":"assert_return","line":3,"action":{"type":"invoke","field":"char","args":[{"type":"u32","value":"65"}]}"""
                    + ""","expected":[{"type":"u32","value":"65"}]}""",
                """{"type":"assert_return","line":4,"action":{"type":"invoke","field":"char","args":[{"type":"u32","value":"65"}]}"""
                    + ""","expected":[{"type":"u32","value":"66"}]}""",
                """{"type":"assert_trap","line":5,"action":{"type":"invoke","field":"char","args":[{"type":"u32","value":"65"}]},"text":"unreachable"}""",
                """{"type":"assert_trap","line":6,"action":{"type":"invoke","field":"char","args":[{"type":"u32","value":"55296"}]},"text":"wasm trap: wasm """
                    + """`unreachable` instruction executed"}""",
                """{"type":"module_instance","line":7,"module":"C"}""",
                """{"type":"assert_trap","line":8,"action":{"type":"invoke","field":"char","args":[{"type":"u32","value":"55296"}]},"text":"unaligned pointer"}""",
                """{"type":"assert_invalid","line":9,"filename":"invalid.wasm","module_type":"binary","text":"any"}""",
                """{"type":"assert_unlinkable","line":10,"filename":"imports.wasm","module_type":"binary","text":"was not found"}""",
                """{"type":"assert_unlinkable","line":11,"filename":"imports.wasm","module_type":"binary","text":"mismatched resource types"}""",
                """{"type":"assert_malformed","line":12,"filename":"malformed.wasm","module_type":"binary","text":"any"}""",
                """{"type":"assert_malformed","line":13,"filename":"calls.wasm","module_type":"binary","text":"any"}""",
                """{"type":"assert_uninstantiable","line":14,"filename":"imports.wasm","module_type":"binary","text":"was not found"}"""));
    }

    [Fact]
    public void What_goes_on_from_a_command_that_is_not_applicable_is_not_applicable() => Assert.Equal(
        ["CoreModule", "CoreModule", "TextFormat", "FollowsAnother"],
        Run(
            """{"type":"module","line":1,"filename":"core.wasm","module_type":"binary"}""",
            """{"type":"action","line":2,"action":{"type":"invoke","field":"f","args":[]}}""",
            """{"type":"module","line":3,"name":"C","filename":"c.wat","module_type":"text"}""",
            """{"type":"action","line":4,"action":{"type":"invoke","field":"f","args":[]}}"""));

    /// <summary>A char that goes from one component to another.</summary>
    private const string Calls = """
        (component
          (component $callee
            (core module $m (func (export "f") (param i32) (result i32) (local.get 0)))
            (core instance $i (instantiate $m))
            (func (export "f") (param "c" char) (result u32) (canon lift (core func $i "f"))))
          (component $caller
            (import "f" (func $f (param "c" char) (result u32)))
            (core func $f' (canon lower (func $f)))
            (core module $m (import "" "f" (func $f (param i32) (result i32))) (func (export "f") (param i32) (result i32) (call $f (local.get 0))))
            (core instance $i (instantiate $m (with "" (instance (export "f" (func $f'))))))
            (func (export "f") (param "c" u32) (result u32) (canon lift (core func $i "f"))))
          (instance $callee (instantiate $callee))
          (instance $caller (instantiate $caller (with "f" (func $callee "f"))))
          (func (export "char") (alias export $caller "f")))
        """;

    private static string Json(params string[] commands) => $$"""{"source_filename":"own.wast","commands":[{{string.Join(',', commands)}}]}""";

    /// <summary>What is to be said of each command: the verdict, or why it is not applicable.</summary>
    private static string[] Run(params string[] commands)
    {
        string folder = Directory.CreateTempSubdirectory("scripts-").FullName;
        try
        {
            File.WriteAllBytes(Path.Combine(folder, "core.wasm"), Module.ConvertText("(module)"));
            File.WriteAllBytes(Path.Combine(folder, "calls.wasm"), Module.ConvertText(Calls));
            File.WriteAllBytes(Path.Combine(folder, "imports.wasm"), Module.ConvertText("""(component (import "no-such-thing" (func)))"""));
            File.WriteAllBytes(Path.Combine(folder, "invalid.wasm"), Module.ConvertText("""(component (import "f" (func (param "x" (own 0)))))"""));
            File.WriteAllBytes(Path.Combine(folder, "malformed.wasm"), [0, 1, 2]);
            var script = new Script("own", "own", folder, ScriptJson.Commands(Json(commands)));
            using var engine = new HostEngine();
            using var runtime = new FactScripts(engine, Reentrance.Allow);
            return [.. new Runner(script, runtime).Run().Select((happening, i) => Verdict.Of(script, script.Commands[i], happening) switch
            {
                Verdict.Excused(var reason) => reason.ToString(),
                Verdict.Passed => "Passed",
                Verdict.Failed => "Failed",
                Verdict.Differs => "Differs",
            })];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
