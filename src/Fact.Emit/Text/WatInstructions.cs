using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>The code of one function in the text format: one instruction on a line, nothing folded. Spec: <c>instr</c>.</summary>
/// <param name="text">Where it goes.</param>
/// <param name="module">The identifiers of the module.</param>
/// <param name="locals">The identifiers of the function's locals.</param>
internal sealed class WatInstructions(StringBuilder text, WatModuleNames module, WatNames locals)
{
    // Deeper code is not shown deeper: the text of a deep nest stays linear in its size.
    private const int DeepestIndent = 40, IndentOfBody = 2;

    private readonly List<string?> labels = [];

    /// <summary>Prints a sequence of instructions.</summary>
    public StringBuilder Print(EquatableArray<CoreInstr> body)
    {
        foreach (var instr in body)
        {
            _ = instr switch
            {
                CoreInstr.Plain plain => Line(Mnemonics.Of(plain.Op)),
                CoreInstr.Local local => Line(Mnemonic(local.Op), locals[local.Index.Value]),
                CoreInstr.I32Const constant => Line("i32.const", Number(constant.Value)),
                CoreInstr.I64Const constant => Line("i64.const", Number(constant.Value)),
                CoreInstr.F32Const constant => Line("f32.const", WatText.F32(constant.Bits)),
                CoreInstr.F64Const constant => Line("f64.const", WatText.F64(constant.Bits)),
                CoreInstr.Memory memory => Access(memory),
                CoreInstr.MemorySize size => Line("memory.size", module.Memories[size.Mem.Value]),
                CoreInstr.MemoryCopy copy => Line("memory.copy", module.Memories[copy.To.Value], module.Memories[copy.From.Value]),
                CoreInstr.Global global => Line(Mnemonic(global.Op), module.Globals[global.Index.Value]),
                CoreInstr.Call call => Call(call),
                CoreInstr.RefFunc reference => Line("ref.func", module.Funcs[reference.Func.Value]),
                CoreInstr.Block block => Labelled("block", block.Type, block.Body),
                CoreInstr.Loop loop => Labelled("loop", loop.Type, loop.Body),
                CoreInstr.If one => If(one),
                CoreInstr.TryTable attempt => TryTable(attempt),
                CoreInstr.Br branch => Line("br", Label(branch.Label)),
                CoreInstr.BrIf branch => Line("br_if", Label(branch.Label)),
                CoreInstr.BrTable table => Table(table),
                CoreInstr.Trap trap => Trap(trap),
            };
        }
        return text;
    }

    private StringBuilder Access(CoreInstr.Memory memory)
    {
        var line = Start().Append(Mnemonics.Of(memory.Op)).Append(' ').Append(module.Memories[memory.Mem.Value]);
        if (memory.Arg.Offset != 0)
            line.Append(CultureInfo.InvariantCulture, $" offset={memory.Arg.Offset}");
        if (memory.Arg.AlignLog2 != Mnemonics.NaturalAlignLog2(memory.Op))
            line.Append(CultureInfo.InvariantCulture, $" align={1UL << memory.Arg.AlignLog2}");
        return line.Append('\n');
    }

    private StringBuilder Call(CoreInstr.Call call) =>
        Start().Append("call ").Append(module.Funcs[call.Func.Value]).Append(call.Path is null ? "" : WatText.Comment(call.Path)).Append('\n');

    private StringBuilder Labelled(string keyword, BlockType type, EquatableArray<CoreInstr> body)
    {
        string label = $"${keyword}{labels.Count}";
        Start().Append(keyword).Append(' ').Append(label);
        Type(type).Append('\n');
        Body(label, body);
        return Line("end");
    }

    private StringBuilder If(CoreInstr.If one)
    {
        Start().Append("if");
        Type(one.Type).Append('\n');
        Body(null, one.Then);
        if (!one.Else.IsEmpty)
        {
            Line("else");
            Body(null, one.Else);
        }
        return Line("end");
    }

    private StringBuilder TryTable(CoreInstr.TryTable attempt)
    {
        Start().Append("try_table");
        Type(attempt.Type).Append(" (catch_all ").Append(Label(attempt.CatchAll)).Append(")\n");
        Body(null, attempt.Body);
        return Line("end");
    }

    private StringBuilder Table(CoreInstr.BrTable table)
    {
        var line = Start().Append("br_table");
        foreach (var label in table.Labels)
            line.Append(' ').Append(Label(label));
        return line.Append(' ').Append(Label(table.Default)).Append('\n');
    }

    private StringBuilder Trap(CoreInstr.Trap trap)
    {
        string message = TrapMessages.Of(trap.Code);
        string comment = WatText.Comment(trap.Path is null ? message : $"{message}: {trap.Path}");
        return Start().Append("unreachable").Append(comment).Append('\n');
    }

    private void Body(string? label, EquatableArray<CoreInstr> body)
    {
        labels.Add(label);
        Print(body);
        labels.RemoveAt(labels.Count - 1);
    }

    /// <summary>A block or loop is named by its depth; what ends an <c>if</c>, a <c>try_table</c> or the function is left a number.</summary>
    private string Label(LabelIdx label) =>
        label.Value < (uint)labels.Count && labels[labels.Count - 1 - (int)label.Value] is { } name ? name : Number(label.Value);

    private StringBuilder Type(BlockType type) => type switch
    {
        BlockType.Empty => text,
        BlockType.Value value => text.Append(" (result ").Append(Mnemonics.Of(value.Type)).Append(')'),
        BlockType.Func func => text.Append(" (type ").Append(module.Types[func.Type.Value]).Append(')'),
    };

    private static string Mnemonic(LocalOp op) => op switch
    {
        LocalOp.Get => "local.get",
        LocalOp.Set => "local.set",
        LocalOp.Tee => "local.tee",
        _ => "?",
    };

    private static string Mnemonic(GlobalOp op) => op == GlobalOp.Get ? "global.get" : "global.set";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private StringBuilder Start() => text.Append(' ', 2 * Math.Min(IndentOfBody + labels.Count, DeepestIndent));

    private StringBuilder Line(string mnemonic) => Start().Append(mnemonic).Append('\n');

    private StringBuilder Line(string mnemonic, string immediate) => Start().Append(mnemonic).Append(' ').Append(immediate).Append('\n');

    private StringBuilder Line(string mnemonic, string first, string second) =>
        Start().Append(mnemonic).Append(' ').Append(first).Append(' ').Append(second).Append('\n');
}
