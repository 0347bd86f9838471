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
    public StringBuilder Print(EquatableArray<Instr> body, ref Immediates immediates)
    {
        foreach (var instr in body)
        {
            _ = instr switch
            {
                Instr.Plain plain => Line(Mnemonic((int)plain.Op)),
                Instr.Local local => Line(Mnemonic((int)local.Op), locals[immediates.Slot(local.Id)]),
                Instr.I32Const constant => Line("i32.const", Number(constant.Value)),
                Instr.I64Const constant => Line("i64.const", Number(constant.Value)),
                Instr.F32Const constant => Line("f32.const", WatText.F32(constant.Bits)),
                Instr.F64Const constant => Line("f64.const", WatText.F64(constant.Bits)),
                Instr.V128Const constant => Line("v128.const", WatText.V128(constant.Bits)),
                Instr.Lane lane => Line(Mnemonic((int)lane.Op), Number(lane.Index)),
                Instr.Shuffle shuffle => Line("i8x16.shuffle", WatText.Lanes(shuffle.Lanes)),
                Instr.Memory memory => Access((int)memory.Op, memory.Arg, immediates.Next()).Append('\n'),
                Instr.MemoryLane memory => Access((int)memory.Op, memory.Arg, immediates.Next()).Append(' ').Append(memory.Index).Append('\n'),
                Instr.MemoryGrow => Line("memory.grow", module.Memories[immediates.Next()]),
                Instr.MemoryFill => Line("memory.fill", module.Memories[immediates.Next()]),
                Instr.MemorySize => Line("memory.size", module.Memories[immediates.Next()]),
                Instr.MemoryCopy => Line("memory.copy", module.Memories[immediates.Next()], module.Memories[immediates.Next()]),
                Instr.Global global => Line(Mnemonic((int)global.Op), module.Globals[immediates.Next()]),
                Instr.Call call => Call(call, immediates.Next()),
                Instr.CallIndirect => CallIndirect(ref immediates),
                Instr.RefFunc => Line("ref.func", module.Funcs[immediates.Next()]),
                Instr.Block block => Labelled("block", block.Type, block.Body, ref immediates),
                Instr.Loop loop => Labelled("loop", loop.Type, loop.Body, ref immediates),
                Instr.If one => If(one, ref immediates),
                Instr.TryTable attempt => TryTable(attempt, ref immediates),
                Instr.Br => Line("br", Label(immediates.Label())),
                Instr.BrIf => Line("br_if", Label(immediates.Label())),
                Instr.BrTable table => Table(table, ref immediates),
                Instr.Trap trap => Trap(trap),
            };
        }
        return text;
    }

    private StringBuilder Access(int opcode, MemArg arg, uint index)
    {
        var line = Start().Append(Mnemonic(opcode)).Append(' ').Append(module.Memories[index]);
        if (arg.Offset != 0)
            line.Append(CultureInfo.InvariantCulture, $" offset={arg.Offset}");
        if (arg.AlignLog2 != InstructionTable.Find(opcode)?.NaturalAlignLog2)
            line.Append(CultureInfo.InvariantCulture, $" align={1UL << arg.AlignLog2}");
        return line;
    }

    private StringBuilder Call(Instr.Call call, uint func) =>
        Start().Append("call ").Append(module.Funcs[func]).Append(call.Path is null ? "" : WatText.Comment(call.Path)).Append('\n');

    private StringBuilder CallIndirect(ref Immediates immediates)
    {
        string type = module.Types[immediates.Next()];
        return Line("call_indirect", module.Tables[immediates.Next()], $"(type {type})");
    }

    private StringBuilder Labelled(string keyword, CoreFuncType type, EquatableArray<Instr> body, ref Immediates immediates)
    {
        string label = $"${keyword}{labels.Count}";
        Start().Append(keyword).Append(' ').Append(label);
        Type(type, ref immediates).Append('\n');
        Body(label, body, ref immediates);
        return Line("end");
    }

    private StringBuilder If(Instr.If one, ref Immediates immediates)
    {
        Start().Append("if");
        Type(one.Type, ref immediates).Append('\n');
        Body(null, one.Then, ref immediates);
        if (!one.Else.IsEmpty)
        {
            Line("else");
            Body(null, one.Else, ref immediates);
        }
        return Line("end");
    }

    private StringBuilder TryTable(Instr.TryTable attempt, ref Immediates immediates)
    {
        Start().Append("try_table");
        Type(attempt.Type, ref immediates).Append(" (catch_all ").Append(Label(immediates.Label())).Append(")\n");
        Body(null, attempt.Body, ref immediates);
        return Line("end");
    }

    private StringBuilder Table(Instr.BrTable table, ref Immediates immediates)
    {
        var line = Start().Append("br_table");
        for (int i = 0; i <= table.Labels.Length; i++)
            line.Append(' ').Append(Label(immediates.Label()));
        return line.Append('\n');
    }

    private StringBuilder Trap(Instr.Trap trap)
    {
        string message = TrapMessages.Of(trap.Code);
        string comment = WatText.Comment(trap.Path is null ? message : $"{message}: {trap.Path}");
        return Start().Append("unreachable").Append(comment).Append('\n');
    }

    private void Body(string? label, EquatableArray<Instr> body, ref Immediates immediates)
    {
        labels.Add(label);
        Print(body, ref immediates);
        labels.RemoveAt(labels.Count - 1);
    }

    /// <summary>A block or loop is named by its depth; what ends an <c>if</c>, a <c>try_table</c> or the function is left a number.</summary>
    private string Label(uint label) =>
        label < (uint)labels.Count && labels[labels.Count - 1 - (int)label] is { } name ? name : Number(label);

    private StringBuilder Type(CoreFuncType type, ref Immediates immediates)
    {
        if (Numbering.NeedsTypeIndex(type))
            return text.Append(" (type ").Append(module.Types[immediates.Next()]).Append(')');
        return type.Results.IsEmpty ? text : text.Append(" (result ").Append(CoreText.Of(type.Results[0])).Append(')');
    }

    private static string Mnemonic(int opcode) => InstructionTable.Mnemonic(opcode);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private StringBuilder Start() => text.Append(' ', 2 * Math.Min(IndentOfBody + labels.Count, DeepestIndent));

    private StringBuilder Line(string mnemonic) => Start().Append(mnemonic).Append('\n');

    private StringBuilder Line(string mnemonic, string immediate) => Start().Append(mnemonic).Append(' ').Append(immediate).Append('\n');

    private StringBuilder Line(string mnemonic, string first, string second) =>
        Start().Append(mnemonic).Append(' ').Append(first).Append(' ').Append(second).Append('\n');
}
