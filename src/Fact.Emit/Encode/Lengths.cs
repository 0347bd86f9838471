using System;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>The number of bytes of instructions.</summary>
internal static class Lengths
{
    /// <summary>
    /// The position after a sequence of instructions that starts at a position, both counted from the start of the
    /// function's body; on the way every <c>unreachable</c> and every call with a path goes to <paramref name="sites"/>, if there is one.
    /// </summary>
    public static int After(ReadOnlySpan<Instr> body, int at, ref Immediates immediates, TrapSites? sites)
    {
        foreach (var instr in body)
        {
            at = instr switch
            {
                Instr.Local local => at + 1 + Leb128.Length(immediates.Slot(local.Id)),
                Instr.I32Const constant => at + 1 + Leb128.Length((long)constant.Value),
                Instr.Plain plain => at + OpcodeNumber.Length((int)plain.Op),
                Instr.Memory memory => at + OpcodeNumber.Length((int)memory.Op) + MemArg(memory.Arg, immediates.Next()),
                Instr.Call call => Call(call, at, ref immediates, sites),
                Instr.Global => Op(at, ref immediates),
                Instr.If one => If(one, at, ref immediates, sites),
                Instr.Trap => sites is null ? at + 1 : sites.Add(instr, at) + 1,
                Instr.BrIf or Instr.Br => at + 1 + Leb128.Length(immediates.Label()),
                Instr.Block block => Block(block.Type, block.Body, at, ref immediates, sites),
                Instr.Loop loop => Block(loop.Type, loop.Body, at, ref immediates, sites),
                Instr.I64Const constant => at + 1 + Leb128.Length(constant.Value),
                Instr.F32Const => at + 5,
                Instr.F64Const => at + 9,
                Instr.BrTable table => Table(table, at, ref immediates),
                Instr.MemorySize or Instr.MemoryGrow or Instr.RefFunc => Op(at, ref immediates),
                Instr.CallIndirect => Op(at, ref immediates) + Leb128.Length(immediates.Next()),
                Instr.MemoryFill => Op(at + 1, ref immediates),
                Instr.MemoryLane memory => at + 1 + OpcodeNumber.Length((int)memory.Op) + MemArg(memory.Arg, immediates.Next()),
                Instr.Lane lane => at + 1 + OpcodeNumber.Length((int)lane.Op),
                Instr.V128Const or Instr.Shuffle => at + 18,
                Instr.MemoryCopy => Op(at + 1, ref immediates) + Leb128.Length(immediates.Next()),
                Instr.TryTable attempt => TryTable(attempt, at, ref immediates, sites),
            };
        }
        return at;
    }

    private static int Op(int at, ref Immediates immediates) => at + 1 + Leb128.Length(immediates.Next());

    private static int Call(Instr.Call call, int at, ref Immediates immediates, TrapSites? sites)
    {
        if (sites is not null && call.Path is not null)
            sites.Add(call, at);
        return Op(at, ref immediates);
    }

    private static int Block(CoreFuncType type, EquatableArray<Instr> body, int at, ref Immediates immediates, TrapSites? sites)
    {
        at += 1 + Types.BlockTypeLength(type, ref immediates);
        return 1 + After(body.AsSpan(), at, ref immediates, sites);
    }

    private static int If(Instr.If one, int at, ref Immediates immediates, TrapSites? sites)
    {
        at += 1 + Types.BlockTypeLength(one.Type, ref immediates);
        at = After(one.Then.AsSpan(), at, ref immediates, sites);
        if (!one.Else.IsEmpty)
            at = After(one.Else.AsSpan(), at + 1, ref immediates, sites);
        return at + 1;
    }

    private static int TryTable(Instr.TryTable attempt, int at, ref Immediates immediates, TrapSites? sites)
    {
        at += 3 + Types.BlockTypeLength(attempt.Type, ref immediates);
        at += Leb128.Length(immediates.Label());
        return 1 + After(attempt.Body.AsSpan(), at, ref immediates, sites);
    }

    private static int MemArg(MemArg arg, uint memory) => 1 + (memory == 0 ? 0 : Leb128.Length(memory)) + Leb128.Length(arg.Offset);

    private static int Table(Instr.BrTable table, int at, ref Immediates immediates)
    {
        at += 1 + Leb128.Length((uint)table.Labels.Length);
        for (int i = 0; i <= table.Labels.Length; i++)
            at += Leb128.Length(immediates.Label());
        return at;
    }
}
