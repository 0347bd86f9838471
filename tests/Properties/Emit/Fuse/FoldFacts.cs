using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Fact.Emit;
using Fact.Ir;
using Wasmtime;
using Xunit;

namespace Fact.Properties.Emit.Fuse;

/// <summary>Pass <c>fold-memories</c>: each access to memory is inside or outside as before, for each instruction that there is, and touches nothing else.</summary>
public sealed class FoldFacts
{
    // What addresses and offsets come near to: the first byte, the end of a page, of two, of all.
    private static readonly uint[] Addresses =
        [0, 8, 0xFFF0, 0xFFF8, 0xFFFC, 0xFFFE, 0xFFFF, 0x10000, 0x1FFF0, 0x20000, 0x7FFFFFF8, 0xFFFEFFF8, 0xFFFF0000, 0xFFFFFFF0, 0xFFFFFFFF];

    private static readonly uint[] Offsets = [0, 1, 8, 0xFFF8, 0x10000, 0xFFFFFFFF];

    private static readonly Engine Several = new(Config()), One = new(Config().WithMultiMemory(false));

    /// <summary>The accesses of the specification and of threads, by their mnemonics.</summary>
    public static TheoryData<string> Mnemonics => [.. InstructionTable.All
        .Where(instruction => (ImmediateKind)(byte)instruction.Immediates is >= ImmediateKind.Mem1 and <= ImmediateKind.Mem16)
        .Select(instruction => instruction.Mnemonic)];

    [Theory]
    [MemberData(nameof(Mnemonics))]
    public void An_access_is_inside_or_outside_as_before(string mnemonic)
    {
        var instruction = InstructionTable.All.Single(each => each.Mnemonic == mnemonic);
        string operands = string.Concat(AccessOperands.Of(instruction.Opcode)!.Select(type => type == CoreValType.V128
            ? " (v128.const i32x4 0x11111111 0x22222222 0x33333333 0x44444444)"
            : $" ({(type == CoreValType.I32 ? "i32" : type == CoreValType.I64 ? "i64" : type == CoreValType.F32 ? "f32" : "f64")}.const 3)"));
        string lane = mnemonic.EndsWith("_lane", StringComparison.Ordinal) ? " 0" : "";
        bool isStore = mnemonic.Contains(".store", StringComparison.Ordinal);
        var calls = new List<(string, uint)>();
        var text = new StringBuilder("(module (memory $a 1 2) (memory $b 1) (memory $c 1)\n");
        foreach (string memory in new[] { "$a", "$b", "$c" })
        {
            text.Append(CultureInfo.InvariantCulture, $"""
                (func (export "sum{memory}") (param $i i32) (result i32) (local $s i32)
                  (loop $l
                    (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 31)) (i32.load8_u {memory} (local.get $i))))
                    (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.shl (memory.size {memory}) (i32.const 16)))))
                  (local.get $s))
                (func (export "grow{memory}") (param i32) (result i32) (memory.grow {memory} (local.get 0)))
                (func (export "fill{memory}") (param i32) (result i32) (memory.fill {memory} (i32.const 0) (local.get 0) (i32.const 65536)) (i32.const 0))

                """);
            calls.AddRange([("fill" + memory, (uint)memory[1]), ("sum" + memory, 0)]);
            foreach (uint offset in Offsets)
            {
                string name = $"{memory}{offset}", access = $"({mnemonic} {memory} offset={offset}{lane} (local.get 0){operands})";
                string used = isStore ? access : $"(drop {access})";
                text.Append(CultureInfo.InvariantCulture, $"(func (export \"{name}\") (param i32) (result i32) {used} (i32.const 0))\n");
                calls.AddRange(Addresses.Select(address => (name, address)));
            }
        }
        foreach (string memory in new[] { "$a", "$b", "$a", "$c" })
        {
            calls.AddRange([("grow" + memory, 1), ("sum$a", 0), ("sum$b", 0), ("sum$c", 0)]);
            calls.AddRange(from uint offset in Offsets from address in Addresses select ($"{memory}{offset}", address));
        }
        calls.AddRange([("sum$a", 0), ("sum$b", 0), ("sum$c", 0)]);
        Same(text.Append(')').ToString(), calls);
    }

    [Fact]
    public void Memories_move_and_are_zero_where_they_are_new()
    {
        string text = """
            (module
              (memory $a 0 9) (memory $b 1) (memory $c 1 2) (memory $d 0)
              (data (memory $b) (i32.const 65530) "abcdef") (data (memory $c) (i32.const 0) "gh") (data $p "ijklmnop")
            """ + string.Concat(new[] { "$a", "$b", "$c", "$d" }.Select(memory => $"""
              (func (export "grow{memory}") (param i32) (result i32) (memory.grow {memory} (local.get 0)))
              (func (export "size{memory}") (param i32) (result i32) (memory.size {memory}))
              (func (export "load{memory}") (param i32) (result i32) (i32.load {memory} (local.get 0)))
              (func (export "store{memory}") (param i32) (result i32) (i32.store {memory} (local.get 0) (local.get 0)) (i32.const 0))
              (func (export "init{memory}") (param i32) (result i32) (memory.init {memory} $p (local.get 0) (i32.const 2) (i32.const 5)) (i32.const 0))
              (func (export "copy{memory}") (param i32) (result i32) (memory.copy {memory} $b (local.get 0) (i32.const 65520) (i32.const 16)) (i32.const 0))
              (func (export "fill{memory}") (param i32) (result i32) (memory.fill {memory} (local.get 0) (i32.const 7) (i32.const 65536)) (i32.const 0))

            """)) + ")";
        var random = new Random(1);
        var calls = new List<(string, uint)>();
        string[] what = ["grow", "size", "load", "load", "store", "init", "copy", "fill"];
        for (int i = 0; i < 4_000; i++)
        {
            string name = what[random.Next(what.Length)];
            uint argument = name == "grow" ? (random.Next(20) == 0 ? uint.MaxValue - (uint)random.Next(3) : (uint)random.Next(2))
                : ((uint)random.Next(12) << 16) + (uint)random.Next(-20, 20);
            calls.Add(($"{name}${(char)('a' + random.Next(4))}", argument));
        }
        var happened = Same(text, calls);
        Assert.True(happened.Count(result => result is null) is > 100 and < 3_000);
    }

    [Theory]
    [InlineData("(memory 1) (memory $b 1) (data (memory $b) (i32.const 65536) \"\")", true)]
    [InlineData("(memory 1) (memory $b 1) (data (memory $b) (i32.const 65535) \"a\")", true)]
    [InlineData("(memory 1) (memory $b 1) (data (memory $b) (i32.const 65536) \"a\")", false)]
    [InlineData("(memory $b 1) (memory 1) (data (memory $b) (i32.const 65535) \"ab\")", false)]
    [InlineData("(memory 1) (memory $b 1) (data (memory $b) (i32.const 65537) \"\")", false)]
    [InlineData("(memory 1) (memory $b 1) (data (memory $b) (i32.const -1) \"\")", false)]
    [InlineData("(memory 1) (memory $b 1) (data (memory $b) (i32.add (i32.const 65530) (i32.const 5)) \"a\")", true)]
    [InlineData("(memory 1) (memory $b 1) (data (memory $b) (i32.sub (i32.mul (i32.const 256) (i32.const 256)) (i32.const 1)) \"ab\")", false)]
    public void A_segment_goes_where_it_went_or_nowhere(string items, bool isInside)
    {
        var (apart, folded) = Both($"(module {items} (func (export \"f\") (result i32) (i32.const 0)))");
        Assert.Equal(isInside, Instantiates(Several, apart));
        Assert.Equal(isInside, Instantiates(One, folded));
    }

    [Fact]
    public void Globals_for_memories_count_among_those_that_engines_take()
    {
        var limits = EngineLimits.Common;
        Assert.True(Fused(limits.Globals - 3, fold: true).IsRight);
        Assert.True(Fused(limits.Globals - 2, fold: false).IsRight);
        var error = Fused(limits.Globals - 2, fold: true).Match(Right: _ => throw new InvalidOperationException("it is fused"), Left: error => error);
        Assert.Equal(DiagnosticCode.EngineLimit, error.Code);
        Assert.Contains("globals", error.Message, StringComparison.Ordinal);

        // Two memories, which need three globals, and so many globals.
        static LanguageExt.Either<Diagnostic, MergedModule> Fused(int globals, bool fold)
        {
            byte[] global = [0x7F, 0x00, 0x41, 0x00, 0x0B];
            byte[] content = [.. Number(globals), .. Enumerable.Repeat(global, globals).SelectMany(bytes => bytes)];
            byte[] module = [.. "\0asm\x01\0\0\0"u8, 5, 5, 2, 0, 1, 0, 1, 6, .. Number(content.Length), .. content];
            var program = new FuseProgram([new FusePart("m", LinkedRun.Parts(module), [])], [], []);
            return Fact.Emit.Merge.Run(program, new MergeOptions(KeepAll: true) { FoldMemories = fold });
        }

        static byte[] Number(int value)
        {
            byte[] bytes = new byte[5];
            return bytes[..Leb128.Write(bytes, 0, (uint)value)];
        }
    }

    private static List<int?> Same(string text, List<(string Name, uint Argument)> calls)
    {
        var (apart, folded) = Both(text);
        var expected = Run(Several, apart, calls);
        Assert.Equal(expected, Run(One, folded, calls));
        return expected;
    }

    private static (byte[] Apart, byte[] Folded) Both(string text)
    {
        byte[] module = Module.ConvertText(text);
        var parts = LinkedRun.Parts(module);
        var exports = parts.Exports.Items.Select(export => new FuseExport(export.Name, 0, export.Kind, export.Index)).ToEquatableArray();
        var program = new FuseProgram([new FusePart("m", parts, [])], [], exports);
        var folded = Fact.Emit.Merge.Run(program, new MergeOptions(KeepAll: true) { FoldMemories = true }).Match(
            Right: made => made, Left: error => throw new InvalidOperationException(error.ToString()));
        return (module, [.. folded.Bytes]);
    }

    // Each result; null where it traps.
    private static List<int?> Run(Engine engine, byte[] bytes, List<(string Name, uint Argument)> calls)
    {
        using var module = Module.FromBytes(engine, "m", bytes);
        using var linker = new Linker(engine);
        using var store = new Store(engine);
        var instance = linker.Instantiate(store, module);
        var functions = new Dictionary<string, Func<int, int>>();
        return [.. calls.Select(call =>
        {
            if (!functions.TryGetValue(call.Name, out var function))
                functions.Add(call.Name, function = instance.GetFunction<int, int>(call.Name)!);
            try
            {
                return (int?)function((int)call.Argument);
            }
            catch (TrapException)
            {
                return null;
            }
        })];
    }

    private static bool Instantiates(Engine engine, byte[] bytes)
    {
        using var module = Module.FromBytes(engine, "m", bytes);
        using var linker = new Linker(engine);
        using var store = new Store(engine);
        try
        {
            linker.Instantiate(store, module);
            return true;
        }
        catch (WasmtimeException)
        {
            return false;
        }
    }

    private static Config Config() => new Config().WithMultiMemory(true).WithSIMD(true).WithWasmThreads(true).WithBulkMemory(true);
}
