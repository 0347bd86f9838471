using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Kind = Fact.Ir.ImmediateKind;

namespace Fact.Properties.Core;

/// <summary>One instruction in the text format, and what its bytes must be.</summary>
/// <param name="Text">The instruction, with what ends it if it opens a block.</param>
/// <param name="Immediates">Its immediates as they stand in the binary.</param>
internal sealed record InstructionText(string Text, IReadOnlyList<(Kind Kind, ulong Value)> Immediates)
{
    private const ulong I32 = 0x7F, Struct = (ulong)CoreAbsHeapType.Struct, Any = (ulong)CoreAbsHeapType.Any;

    /// <summary>What must stand before it in the same block, and how many bytes that is.</summary>
    public (string Text, int Bytes) Before { get; init; } = ("", 0);

    /// <summary>What must stand behind it.</summary>
    public string After { get; init; } = "";

    /// <summary>How many bytes of its text and of what stands behind it are not its own.</summary>
    public int BytesAfter { get; init; }

    /// <summary>Whether the innermost block leaves a reference, which a branch to it must have.</summary>
    public bool IsToReference { get; init; }

    /// <summary>Where the instruction begins in the body: behind no locals, three blocks and <c>unreachable</c>.</summary>
    public int Start => 8 + Before.Bytes;

    /// <summary>Where it ends in a body of a length: before <c>unreachable</c> and four <c>end</c>.</summary>
    public int End(int length) => length - 5 - BytesAfter;

    /// <summary>
    /// A module with a function that has the instruction, valid where the engine knows it: behind <c>unreachable</c> there are operands of any type.
    /// </summary>
    public string Module => $"""
        (module
          (type (func))
          (type (struct (field (mut i32)) (field (mut i32))))
          (type (array (mut i32)))
          (type (struct (field (mut i8)) (field (mut i8))))
          (type (array (mut i8)))
          (type (array (mut funcref)))
          {(NeedsContinuations ? "(type (cont 0))(type (cont 0))" : "")}
          (import "" "f" (func)) (import "" "t" (table 1 funcref)) (import "" "m" (memory 1)) (import "" "g" (global (mut i32))) (import "" "e" (tag))
          (import "" "f" (func)) (import "" "t" (table 1 funcref)) (import "" "m" (memory 1)) (import "" "g" (global (mut i32))) (import "" "e" (tag))
          (elem funcref (ref.func 1)) (elem funcref (ref.func 1)) (elem funcref (ref.func 1))
          (func (param i32 i32) block block block {(IsToReference ? "(result anyref)" : "")} {Before.Text} unreachable {Text} unreachable {After} end
            {(IsToReference ? "drop" : "")} end end)
          (data "") (data "") (data ""))
        """;

    private bool NeedsContinuations => Text.StartsWith("cont.", StringComparison.Ordinal) || Text.StartsWith("resume", StringComparison.Ordinal)
        || Text.StartsWith("switch", StringComparison.Ordinal);

    /// <summary>The instruction with immediates that differ from each other.</summary>
    public static InstructionText Of(Instruction instruction)
    {
        string name = instruction.Mnemonic;
        var parts = new List<string> { name };
        var immediates = new List<(Kind, ulong)>();
        for (uint kinds = instruction.Immediates; kinds != 0; kinds >>= 8)
        {
            var (text, values) = Immediate(name, (Kind)(byte)kinds, immediates.Count);
            parts.Add(text);
            immediates.AddRange(values);
        }
        string written = string.Join(' ', parts);
        return instruction.Opcode switch
        {
            0x04 => new(written + " unreachable else unreachable end", immediates) { BytesAfter = 4 },
            0x02 or 0x03 or 0x1F => new(written + " unreachable end", immediates) { BytesAfter = 2 },
            0x05 => new("else", []) { Before = ("i32.const 0 if", 4), After = "end", BytesAfter = 1 },
            0x06 => new(written + " unreachable catch_all unreachable end", immediates) { BytesAfter = 4 },
            0x07 or 0x19 => new(written, immediates) { Before = ("try", 2), After = "end", BytesAfter = 1 },
            0x09 => new(written, immediates) { Before = ("try catch_all", 3), After = "end", BytesAfter = 1 },
            0x18 => new(written, immediates) { Before = ("try", 2) },
            0x0B => new("end", []) { Before = ("block", 2) },
            // The text has table before type, memory before data, table before elem.
            0x11 or 0x13 => new($"{name} {parts[2]} (type {parts[1]})", immediates),
            0xFC008 or 0xFC00C => new($"{name} {parts[2]} {parts[1]}", immediates),
            // The text says with one reference type what the binary says with an opcode and a heap type.
            0xFB014 or 0xFB016 or 0xFB023 => new($"{name} (ref struct)", immediates),
            0xFB015 or 0xFB017 or 0xFB024 => new($"{name} (ref null struct)", immediates),
            0xFB018 or 0xFB019 or 0xFB025 or 0xFB026 => new(
                $"{name} 0 (ref null any) (ref struct)",
                [(Kind.CastFlags, 1), (Kind.Label, 0), (Kind.HeapType, Any), (Kind.HeapType, Struct)])
            { IsToReference = true, BytesAfter = 1 },
            0xD6 => new(name + " 0", [(Kind.Label, 0)]) { IsToReference = true, BytesAfter = 1 },
            _ => new(written, immediates),
        };
    }

    private static (string Text, (Kind, ulong)[] Values) Immediate(string name, Kind kind, int position) => kind switch
    {
        Kind.Label => ("2", [(kind, 2)]),
        Kind.Func or Kind.Table or Kind.Memory or Kind.Local or Kind.Global or Kind.Tag => ("1", [(kind, 1)]),
        Kind.Elem or Kind.Data => ("2", [(kind, 2)]),
        Kind.Type => (TypeOf(name, position).ToString(), [(kind, (ulong)TypeOf(name, position))]),
        Kind.Field => ("1", [(kind, 1)]),
        Kind.Length => ("3", [(kind, 3)]),
        Kind.I32 => ("-123456", [(kind, unchecked((ulong)-123456))]),
        Kind.I64 => ("-12345678901", [(kind, unchecked((ulong)-12345678901))]),
        Kind.F32 => ("nan:0x212345", [(kind, 0x7FA12345)]),
        Kind.F64 => ("-0x1p+0", [(kind, 0xBFF0_0000_0000_0000)]),
        Kind.V128 => ("i64x2 1 2", [(kind, 0)]),
        Kind.Lanes => ("0 1 2 3 4 5 6 7 31 30 29 28 27 26 25 24", [(kind, 0)]),
        Kind.Lane => ("1", [(kind, 1)]),
        Kind.Zero => ("", [(kind, 0)]),
        Kind.Ordering => ("acqrel", [(kind, 1)]),
        Kind.HeapType => ("struct", [(kind, Struct)]),
        Kind.BlockType => ("(result i32)", [(Kind.ValType, I32)]),
        Kind.Labels => ("2 1 0", [(Kind.Count, 3), (Kind.Label, 2), (Kind.Label, 1), (Kind.Label, 0)]),
        Kind.ValTypes => ("(result i32)", [(Kind.Count, 1), (Kind.ValType, I32)]),
        Kind.Catches => ("(catch 1 2) (catch_all 1)", [
            (Kind.Count, 2), (Kind.CatchKind, 0), (Kind.Tag, 1), (Kind.Label, 2), (Kind.CatchKind, 2), (Kind.Label, 1)]),
        Kind.Handlers => ("(on 1 2) (on 1 switch)", [(Kind.Count, 2), (Kind.HandlerKind, 0), (Kind.Tag, 1), (Kind.Label, 2), (Kind.HandlerKind, 1), (Kind.Tag, 1)]),
        Kind.Mem1 or Kind.Mem2 or Kind.Mem4 or Kind.Mem8 or Kind.Mem16 => ("1 offset=300", [(Kind.Access, 1), (Kind.Offset, 300)]),
        Kind.CastFlags => ("", []),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not in the table"),
    };

    // The types of the module; of two, the second.
    private static int TypeOf(string name, int position)
    {
        if (name.StartsWith("cont.", StringComparison.Ordinal) || name.StartsWith("resume", StringComparison.Ordinal) || name == "switch")
            return 6 + Math.Min(position, 1);
        bool isPacked = name.EndsWith("get_s", StringComparison.Ordinal) || name.EndsWith("get_u", StringComparison.Ordinal);
        if (name.StartsWith("struct.", StringComparison.Ordinal))
            return isPacked ? 3 : 1;
        if (name.StartsWith("array.", StringComparison.Ordinal))
            return name.EndsWith("_elem", StringComparison.Ordinal) ? 5 : isPacked ? 4 : 2;
        return name == "ref.get_desc" ? 1 : 0;
    }
}
