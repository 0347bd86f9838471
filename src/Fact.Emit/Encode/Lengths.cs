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
    public static int After(ReadOnlySpan<CoreInstr> body, int at, TrapSites? sites)
    {
        foreach (var instr in body)
        {
            at = instr switch
            {
                CoreInstr.Local local => at + 1 + Leb128.Length(local.Index.Value),
                CoreInstr.I32Const constant => at + 1 + Leb128.Length((long)constant.Value),
                CoreInstr.Plain => at + 1,
                CoreInstr.Memory memory => at + 1 + MemArg(memory.Arg, memory.Mem),
                CoreInstr.Call call => Call(call, at, sites),
                CoreInstr.Global global => at + 1 + Leb128.Length(global.Index.Value),
                CoreInstr.If one => If(one, at, sites),
                CoreInstr.Trap => sites is null ? at + 1 : sites.Add(instr, at) + 1,
                CoreInstr.BrIf branch => at + 1 + Leb128.Length(branch.Label.Value),
                CoreInstr.Br branch => at + 1 + Leb128.Length(branch.Label.Value),
                CoreInstr.Block block => 1 + After(block.Body.AsSpan(), at + 1 + Types.Length(block.Type), sites),
                CoreInstr.Loop loop => 1 + After(loop.Body.AsSpan(), at + 1 + Types.Length(loop.Type), sites),
                CoreInstr.I64Const constant => at + 1 + Leb128.Length(constant.Value),
                CoreInstr.F32Const => at + 5,
                CoreInstr.F64Const => at + 9,
                CoreInstr.BrTable table => at + Table(table),
                CoreInstr.MemorySize size => at + 1 + Leb128.Length(size.Mem.Value),
                CoreInstr.MemoryCopy copy => at + 2 + Leb128.Length(copy.To.Value) + Leb128.Length(copy.From.Value),
                CoreInstr.RefFunc reference => at + 1 + Leb128.Length(reference.Func.Value),
                CoreInstr.TryTable attempt => 1 + After(
                    attempt.Body.AsSpan(),
                    at + 3 + Types.Length(attempt.Type) + Leb128.Length(attempt.CatchAll.Value),
                    sites),
            };
        }
        return at;
    }

    private static int Call(CoreInstr.Call call, int at, TrapSites? sites)
    {
        if (sites is not null && call.Path is not null)
            sites.Add(call, at);
        return at + 1 + Leb128.Length(call.Func.Value);
    }

    private static int If(CoreInstr.If one, int at, TrapSites? sites)
    {
        at = After(one.Then.AsSpan(), at + 1 + Types.Length(one.Type), sites);
        if (!one.Else.IsEmpty)
            at = After(one.Else.AsSpan(), at + 1, sites);
        return at + 1;
    }

    private static int MemArg(MemArg arg, MemIdx mem) =>
        1 + (mem.Value == 0 ? 0 : Leb128.Length(mem.Value)) + Leb128.Length(arg.Offset);

    private static int Table(CoreInstr.BrTable table)
    {
        int length = 1 + Leb128.Length((uint)table.Labels.Length) + Leb128.Length(table.Default.Value);
        foreach (var label in table.Labels)
            length += Leb128.Length(label.Value);
        return length;
    }
}
