using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Component.Binary;
using Fact.Emit;
using Fact.Ir;
using Wasmtime;
using Xunit;

namespace Fact.Properties.Emit.Fuse;

/// <summary>What merging takes care of, one thing at a time.</summary>
public sealed class MergeFacts
{
    // What browsers and others had before garbage collection: no constant expression reads a global that the module defines.
    private static readonly Engine WithoutGc = new(new Config().WithGc(false));

    [Fact]
    public void A_segment_behind_a_start_function_is_applied_after_it()
    {
        var modules = Linked(
            """
            (module $M0 (import "host" "log" (func $log (param i32))) (memory (export "mem") 1)
              (func $s (call $log (i32.load8_u (i32.const 0)))) (start $s) (data (i32.const 0) "\01"))
            """,
            """
            (module $M1 (import "host" "log" (func $log (param i32))) (import "m0" "mem" (memory 1))
              (func $s (call $log (i32.load8_u (i32.const 0)))) (start $s) (data (i32.const 0) "\02"))
            """,
            """(module $M2 (import "m0" "mem" (memory 1)) (data (i32.const 0) "\03") (data (i32.const 70000) ""))""");
        var merged = LinkedRun.Merge(LinkedRun.Program(modules));

        string[] expected = ["log 1", "log 2", LinkedRun.Trapped];
        Assert.Equal(expected, LinkedRun.Apart(modules));
        Assert.Equal(expected, LinkedRun.Merged(modules, merged));
    }

    [Fact]
    public void Without_start_functions_segments_stay_active_and_there_is_no_start()
    {
        var parts = Parts(Linked(
            """(module $M0 (memory (export "mem") 1) (data (i32.const 0) "\01"))""",
            """(module $M1 (import "m0" "mem" (memory 1)) (data (i32.const 8) "\02"))"""));

        Assert.Null(parts.Start);
        Assert.All(parts.Data.Items, data => Assert.IsType<SegmentMode.Active>(data.Mode));
    }

    [Fact]
    public void One_start_function_needs_no_other()
    {
        var parts = Parts(Linked("(module $M0 (func))", "(module $M1 (func) (func $s) (start $s))", "(module $M2 (func))"));

        Assert.Equal(new CoreFuncIdx(2), parts.Start);
        Assert.Equal(4, parts.Bodies.Length);
    }

    [Fact]
    public void The_start_can_be_an_export()
    {
        var program = LinkedRun.Program(Linked("""(module $M0 (import "host" "log" (func $log (param i32))) (func $s (call $log (i32.const 1))) (start $s))"""));
        var parts = LinkedRun.Parts(LinkedRun.Merge(program with { Start = "initialize" }).AsMemory());

        Assert.Null(parts.Start);
        Assert.Equal(new CoreModuleExport("initialize", CoreExternKind.Func, 1), parts.Exports[^1]);
    }

    [Fact]
    public void An_exported_start_that_has_nothing_to_do_is_there()
    {
        var parts = LinkedRun.Parts(LinkedRun.Merge(LinkedRun.Program(Linked("(module $M0)")) with { Start = "initialize" }).AsMemory());

        Assert.Equal(new CoreModuleExport("initialize", CoreExternKind.Func, 0), Assert.Single(parts.Exports.Items));
        Assert.Single(parts.Bodies.Items);
    }

    [Fact]
    public void Constants_of_other_instances_are_written_out()
    {
        var merged = LinkedRun.Merge(LinkedRun.Program(Linked(
            """(module $M0 (global (export "base") i32 (i32.const 16)) (func $f) (global (export "ref") funcref (ref.func $f)))""",
            """
            (module $M1
              (import "m0" "base" (global $base i32)) (import "m0" "ref" (global $ref funcref)) (memory 1)
              (global $next i32 (global.get $base)) (global funcref (global.get $ref))
              (data (offset (global.get $base)) "x") (table 4 funcref) (elem (offset (global.get $base)) funcref (global.get $ref)))
            """)));

        Assert.Null(Module.Validate(WithoutGc, merged.AsSpan()));
    }

    [Fact]
    public void A_table_can_be_filled_from_a_constant_of_another_instance_and_not_from_an_object()
    {
        Merged(
            """(module $M0 (type $t (func)) (func $f (type $t)) (global (export "g") (ref $t) (ref.func $f)))""",
            """(module $M1 (type $t (func)) (import "m0" "g" (global $g (ref $t))) (table 2 (ref $t) (global.get $g)))""");
        var error = Error(
            """(module $M0 (type $s (struct)) (global (export "g") (ref $s) (struct.new $s)))""",
            """(module $M1 (type $s (struct)) (import "m0" "g" (global $g (ref $s))) (table 2 (ref $s) (global.get $g)))""");

        Assert.Equal(DiagnosticCode.Unsupported, error.Code);
        Assert.Equal("core instance \"m1\"", error.Path);
    }

    [Fact]
    public void Functions_that_only_an_export_declared_can_still_be_referred_to()
    {
        var program = LinkedRun.Program(Linked("""(module $M0 (func $f (export "f")) (func (export "g") (drop (ref.func $f))))"""));
        var parts = LinkedRun.Parts(LinkedRun.Merge(program with { Exports = [] }).AsMemory());

        Assert.IsType<SegmentMode.Declarative>(Assert.Single(parts.Elements.Items).Mode);
        Assert.Empty(LinkedRun.Parts(LinkedRun.Merge(program).AsMemory()).Elements.Items);
    }

    [Fact]
    public void Equal_groups_are_there_once_and_like_ones_are_not()
    {
        var parts = Parts(Linked(
            "(module $M0 (rec (type $a (struct (field (ref null $b)))) (type $b (struct (field (ref null $a))))) (type (func)))",
            "(module $M1 (type (func)) (rec (type $a (struct (field (ref null $b)))) (type $b (struct (field (ref null $a))))))",
            """
            (module $M2
              (rec (type $b (struct (field (ref null $a)))) (type $a (struct (field (ref null $b))))) (type (struct (field (ref null $a)))) (rec (type (func))))
            """,
            "(module $M3 (rec (type $a (struct (field (ref null $a)))) (type $b (struct (field (ref null $a))))))"));

        // M2's pair is the same with the names exchanged; M3's is another.
        Assert.Equal([2, 1, 1, 2], parts.Types.Items.Select(group => group.Types.Length));
    }

    [Fact]
    public void What_engines_do_not_take_is_said()
    {
        var error = Error([.. Enumerable.Range(0, 101).Select(i => $"(module $M{i} (memory 0))")]);

        Assert.Equal(DiagnosticCode.EngineLimit, error.Code);
        Assert.StartsWith("the module would have 101 memories, and engines take 100", error.Message);
    }

    [Theory]
    [InlineData("call 0", 0x10, "function")]
    [InlineData("global.get 0", 0x23, "global")]
    [InlineData("i32.const 0 i32.load", 0x28, "memory")]
    [InlineData("data.drop 0", 0xFC, "data segment")]
    [InlineData("i32.const 0 table.get 0", 0x25, "table")]
    [InlineData("ref.null 0", 0xD0, "core type")]
    public void What_is_not_there_is_said_with_its_offset(string code, byte opcode, string what)
    {
        // Valid with everything; then the only function is taken for one of a module that has nothing.
        byte[] bytes = Module.ConvertText($"(module (type (func)) (func) (memory 1) (table 1 funcref) (global i32 (i32.const 0)) (data \"\") (func {code} drop))");
        byte[] body = Core.Bodies.Of(bytes)[1].ToArray();
        byte[] module =
        [
            .. "\0asm\x01\0\0\0"u8, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, (byte)(body.Length + 2), 1, (byte)body.Length,
            .. body.Select((each, i) => i > 0 && body[i - 1] == opcode && each == 0 && opcode is not (0x28 or 0xFC) ? (byte)9 : each),
        ];
        var error = CoreModuleDecoder.Decode(module, 500).Bind(parts => Fact.Emit.Merge.Run(new FuseProgram([new FusePart("", parts, [])], [], []), LinkedRun.Everything))
            .Match(Right: _ => throw new Xunit.Sdk.XunitException("merged"), Left: problem => problem);

        Assert.Equal(DiagnosticCode.NotDefined, error.Code);
        Assert.StartsWith($"there is no {what}", error.Message);
        Assert.InRange(error.Offset ?? -1, 500 + module.Length - body.Length, 500 + module.Length);
    }

    /// <summary>Otherwise what calls it would not be valid.</summary>
    [Fact]
    public void A_start_function_takes_and_gives_nothing()
    {
        // One type, a function of it, which starts, and its body.
        byte[] module = [.. "\0asm\x01\0\0\0"u8, 1, 5, 1, 0x60, 1, 0x7F, 0, 3, 2, 1, 0, 8, 1, 0, 10, 4, 1, 2, 0, 0x0B];
        var error = CoreModuleDecoder.Decode(module, 500).Match(Right: _ => throw new Xunit.Sdk.XunitException("decoded"), Left: problem => problem);

        Assert.Equal("a start function has neither parameters nor results", error.Message);
        Assert.Equal(500 + 21, error.Offset);
    }

    [Fact]
    public void Producers_and_features_are_those_of_all_and_other_sections_go()
    {
        CoreModuleParts With(params byte[][] sections) => LinkedRun.Parts((byte[])[.. "\0asm\x01\0\0\0"u8, .. sections.SelectMany(section => section)]);
        static byte[] Name(string text) => [(byte)text.Length, .. System.Text.Encoding.UTF8.GetBytes(text)];
        static byte[] Custom(string name, params byte[] content) => [0, (byte)(Name(name).Length + content.Length), .. Name(name), .. content];
        var first = With(
            Custom("producers", [1, .. Name("language"), 1, .. Name("C"), .. Name("17")]),
            Custom("target_features", [1, (byte)'+', .. Name("simd128")]), Custom(".debug_info", 1, 2));
        var second = With(
            Custom("producers", [1, .. Name("language"), 2, .. Name("C"), .. Name("11"), .. Name("Zig"), .. Name("")]),
            Custom("target_features", [2, (byte)'+', .. Name("simd128"), (byte)'+', .. Name("gc")]), Custom("broken", 9), Custom("producers", 200));
        var made = Fact.Emit.Merge.Run(new FuseProgram([new FusePart("a", first, []), new FusePart("b", second, [])], [], []), LinkedRun.Everything)
            .Match(Right: module => module, Left: error => throw new Xunit.Sdk.XunitException(error.ToString()));

        Assert.Equal([".debug_info", "broken"], made.Dropped);
        byte[] expected =
        [
            .. "\0asm\x01\0\0\0"u8,
            .. Custom("producers", [1, .. Name("language"), 2, .. Name("C"), .. Name("17"), .. Name("Zig"), .. Name("")]),
            .. Custom("target_features", [2, (byte)'+', .. Name("simd128"), (byte)'+', .. Name("gc")]),
        ];
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(made.Bytes.AsSpan()));
    }

    private static LinkedModules Linked(params IReadOnlyList<string> modules) => new(modules, []);

    private static CoreModuleParts Parts(LinkedModules modules) => LinkedRun.Parts(LinkedRun.Merge(LinkedRun.Program(modules)).AsMemory());

    private static void Merged(params IReadOnlyList<string> modules) => LinkedRun.Merge(LinkedRun.Program(Linked(modules)));

    private static Diagnostic Error(params IReadOnlyList<string> modules) => Fact.Emit.Merge.Run(LinkedRun.Program(Linked(modules)), LinkedRun.Everything)
        .Match(Right: _ => throw new Xunit.Sdk.XunitException("merged"), Left: error => error);
}
