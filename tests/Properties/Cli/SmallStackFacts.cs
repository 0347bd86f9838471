using System;
using System.Globalization;
using System.Text;
using System.Threading;
using Fact.Cli;
using Fact.Ir;
using Fact.Values;
using Wasmtime;
using Xunit;

namespace Fact.Properties.Cli;

/// <summary>
/// Threads have 8 MB of stack on Linux with glibc, 1.5 MB elsewhere, and those that a user makes have what they say: whatever is done with inputs that are as deep
/// as they may be, a sixth of the least of these is enough.
/// </summary>
public sealed class SmallStackFacts
{
    private const int StackBytes = 256 << 10;

    /// <summary>The greatest depth that a type may have.</summary>
    private const int Depth = ValType.MaxDepth - 1;

    private static readonly string[] Wrappings =
        ["(list {0})", "(option {0})", "(tuple u8 {0})", "(result {0} (error string))"];

    private static readonly string[] Inputs = ["types", "mixed types", "instance types", "instances of instances", "components", "chain", "code"];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (string command in new[]
            {
                "compile --explain --debug --text --core-modules", "compile --explain=json", "inspect", "inspect --json", "inspect --html",
                "fuse --explain --names --as component", "run",
            })
            {
                foreach (string input in Inputs)
                    cases.Add(input, command);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_tool_needs_no_deep_stack(string input, string command)
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("c.wasm", Module.ConvertText(Text(input)));
        string[] words = command.Split(' ');
        string[] to = words[0] switch
        {
            "compile" => ["-o", folder.Path],
            "fuse" => ["-o", folder["f.wasm"]],
            _ => [],
        };
        var start = OwnProcess.Command([words[0], file, .. words[1..], .. to])!;
        start.Environment["DOTNET_Thread_DefaultStackSize"] = StackBytes.ToString("x", CultureInfo.InvariantCulture);
        var run = ToolProcess.Run(start);
        Assert.True(run.Code == ExitCode.Done, $"exit code {run.Code}: {run.Errors[..Math.Min(run.Errors.Length, 2000)]}");
    }

    [Fact]
    public void Values_need_no_deep_stack() => OnSmallStack(() =>
    {
        ValType type = ValType.Of(PrimitiveType.U8);
        var value = ComponentValues.U8(1);
        for (int i = 1; i < ValType.MaxDepth; i++)
        {
            (type, value) = (i % 4) switch
            {
                0 => ((ValType)new ValType.List(type), ComponentValues.List(value)),
                1 => (new ValType.Option(type), ComponentValues.Some(value)),
                2 => (new ValType.Tuple([type]), ComponentValues.Tuple(value)),
                _ => (new ValType.Record([new("f", type)]), ComponentValues.Record(("f", value))),
            };
        }
        Assert.True(ValueCheck.Check(value, type).IsSuccess);
        string text = WavePrinter.Print(value);
        Assert.Equal(value, WaveParser.ParseValue(text, type).IfLeft(error => throw new InvalidOperationException(error.ToString())));
    });

    private static string Text(string input) => input switch
    {
        "types" => Passed(_ => Wrappings[0]),
        "mixed types" => Passed(i => Wrappings[i % Wrappings.Length]),
        "instance types" => "(component (type $i0 (instance (export \"f\" (func))))"
            + Each(90, i => $"(type $i{i + 1} (instance (alias outer 1 $i{i} (type $i)) (export \"i\" (instance (type $i)))))")
            + "(import \"deep\" (instance (type $i90))))",
        "instances of instances" => $"(component {Lifted} (instance $i0 (export \"f\" (func $f)))"
            + Each(90, i => $"(instance $i{i + 1} (export \"i\" (instance $i{i})))") + "(export \"deep\" (instance $i90)))",
        "components" => Each(98, _ => "(component (type (func)) ") + $"(component {Lifted} (export \"f\" (func $f)))" + Each(98, _ => " (instance (instantiate 0)))"),
        "chain" => $"(component {Lifted} (component $c0 (import \"f\" (func $f)) (core func (canon lower (func $f))))"
            + Each(900, i => $"(component $c{i + 1} (import \"f\" (func $f)) (alias outer 1 $c{i} (component $inner)) "
                + "(core func (canon lower (func $f))) (instance (instantiate $inner (with \"f\" (func $f)))))")
            + "(instance (instantiate $c900 (with \"f\" (func $f)))))",
        _ => "(component (core module $m (func (export \"f\")" + Each(50_000, _ => "block loop ") + Each(50_000, _ => "end end ")
            + ")) (core instance $m (instantiate $m)) (func (export \"f\") (canon lift (core func $m \"f\"))))",
    };

    private const string Lifted = "(core module $m (func (export \"f\"))) (core instance $m (instantiate $m)) (func $f (canon lift (core func $m \"f\")))";

    /// <summary>A component in which one instance calls another with a value of a deep type, which comes back.</summary>
    private static string Passed(Func<int, string> wrapping)
    {
        const string Core = "(memory (export \"memory\") 1) (func (export \"realloc\") (param i32 i32 i32 i32) (result i32) i32.const 8)";
        const string Options = "(memory (core memory $m \"memory\")) (realloc (core func $m \"realloc\"))";
        string types = "(type $t0 u8)" + Each(Depth, i => $"(type $t{i + 1} {wrapping(i).Replace("{0}", $"$t{i}", StringComparison.Ordinal)})");
        return $$"""
            (component
              {{types}}
              (core module $lib {{Core}} (func (export "f") (param i32 i32) (result i32) unreachable))
              (core instance $m (instantiate $lib))
              (func $f (param "p" (list $t{{Depth - 1}})) (result (list $t{{Depth - 1}})) (canon lift (core func $m "f") {{Options}}))
              (component $c
                {{types}}
                (import "f" (func $f (param "p" (list $t{{Depth - 1}})) (result (list $t{{Depth - 1}}))))
                (core module $app {{Core}}) (core instance $m (instantiate $app))
                (core func $g (canon lower (func $f) string-encoding=utf16 {{Options}}))
                (core module $use (import "" "g" (func (param i32 i32 i32))))
                (core instance (instantiate $use (with "" (instance (export "g" (func $g)))))))
              (instance (instantiate $c (with "f" (func $f))))
              (export "f" (func $f)))
            """;
    }

    private static string Each(int count, Func<int, string> one)
    {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++)
            text.Append(one(i)).Append('\n');
        return text.ToString();
    }

    private static void OnSmallStack(Action act)
    {
        Exception? fault = null;
        var thread = new Thread(() => fault = Record.Exception(act), StackBytes);
        thread.Start();
        thread.Join();
        Assert.Null(fault);
    }
}
