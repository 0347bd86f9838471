using System;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>Instructions. Spec: chapter "Instructions" of the binary format.</summary>
internal static class Instructions
{
    /// <summary>Writes a function body: locals in runs of one type, instructions, <c>end</c>. Spec: <c>func</c>.</summary>
    public static int Func(Span<byte> to, int at, ResolvedFunc func)
    {
        at = Locals(to, at, func.Locals.AsSpan());
        at = Write(to, at, func.Body.AsSpan());
        return Values.Byte(to, at, Opcodes.End);
    }

    /// <summary>The number of bytes of a function body; its trap sites go to <paramref name="sites"/>.</summary>
    public static int Length(ResolvedFunc func, TrapSites? sites) =>
        Lengths.After(func.Body.AsSpan(), LocalsLength(func.Locals.AsSpan()), sites) + 1;

    private static int Write(Span<byte> to, int at, ReadOnlySpan<CoreInstr> body)
    {
        foreach (var instr in body)
        {
            at = instr switch
            {
                CoreInstr.Local local => Op(to, at, (byte)local.Op, local.Index.Value),
                CoreInstr.I32Const constant => Leb128.Write(to, Values.Byte(to, at, Opcodes.I32Const), (long)constant.Value),
                CoreInstr.Plain plain => Values.Byte(to, at, (byte)plain.Op),
                CoreInstr.Memory memory => Access(to, at, memory),
                CoreInstr.Call call => Op(to, at, Opcodes.Call, call.Func.Value),
                CoreInstr.Global global => Op(to, at, (byte)global.Op, global.Index.Value),
                CoreInstr.If one => If(to, at, one),
                CoreInstr.Trap => Values.Byte(to, at, Opcodes.Unreachable),
                CoreInstr.BrIf branch => Op(to, at, Opcodes.BrIf, branch.Label.Value),
                CoreInstr.Br branch => Op(to, at, Opcodes.Br, branch.Label.Value),
                CoreInstr.Block block => Block(to, at, Opcodes.Block, block.Type, block.Body.AsSpan()),
                CoreInstr.Loop loop => Block(to, at, Opcodes.Loop, loop.Type, loop.Body.AsSpan()),
                CoreInstr.I64Const constant => Leb128.Write(to, Values.Byte(to, at, Opcodes.I64Const), constant.Value),
                CoreInstr.F32Const constant => Values.F32(to, Values.Byte(to, at, Opcodes.F32Const), constant.Bits),
                CoreInstr.F64Const constant => Values.F64(to, Values.Byte(to, at, Opcodes.F64Const), constant.Bits),
                CoreInstr.BrTable table => Table(to, at, table),
                CoreInstr.MemorySize size => Op(to, at, Opcodes.MemorySize, size.Mem.Value),
                CoreInstr.MemoryCopy copy => Copy(to, at, copy),
                CoreInstr.RefFunc reference => Op(to, at, Opcodes.RefFunc, reference.Func.Value),
                CoreInstr.TryTable attempt => TryTable(to, at, attempt),
            };
        }
        return at;
    }

    private static int Op(Span<byte> to, int at, byte opcode, uint index) =>
        Leb128.Write(to, Values.Byte(to, at, opcode), index);

    private static int Access(Span<byte> to, int at, CoreInstr.Memory memory)
    {
        at = Values.Byte(to, at, (byte)memory.Op);
        if (memory.Mem.Value == 0)
        {
            at = Values.Byte(to, at, memory.Arg.AlignLog2);
        }
        else
        {
            at = Values.Byte(to, at, (byte)(memory.Arg.AlignLog2 | Opcodes.HasMemory));
            at = Leb128.Write(to, at, memory.Mem.Value);
        }
        return Leb128.Write(to, at, memory.Arg.Offset);
    }

    private static int Copy(Span<byte> to, int at, CoreInstr.MemoryCopy copy)
    {
        at = Values.Byte(to, at, Opcodes.Prefix);
        at = Values.Byte(to, at, Opcodes.MemoryCopy);
        at = Leb128.Write(to, at, copy.To.Value);
        return Leb128.Write(to, at, copy.From.Value);
    }

    private static int Block(Span<byte> to, int at, byte opcode, BlockType type, ReadOnlySpan<CoreInstr> body)
    {
        at = Values.Byte(to, at, opcode);
        at = Types.Write(to, at, type);
        at = Write(to, at, body);
        return Values.Byte(to, at, Opcodes.End);
    }

    private static int If(Span<byte> to, int at, CoreInstr.If one)
    {
        at = Values.Byte(to, at, Opcodes.If);
        at = Types.Write(to, at, one.Type);
        at = Write(to, at, one.Then.AsSpan());
        if (!one.Else.IsEmpty)
        {
            at = Values.Byte(to, at, Opcodes.Else);
            at = Write(to, at, one.Else.AsSpan());
        }
        return Values.Byte(to, at, Opcodes.End);
    }

    private static int TryTable(Span<byte> to, int at, CoreInstr.TryTable attempt)
    {
        at = Values.Byte(to, at, Opcodes.TryTable);
        at = Types.Write(to, at, attempt.Type);
        at = Values.Byte(to, at, 1);
        at = Op(to, at, Opcodes.CatchAll, attempt.CatchAll.Value);
        at = Write(to, at, attempt.Body.AsSpan());
        return Values.Byte(to, at, Opcodes.End);
    }

    private static int Table(Span<byte> to, int at, CoreInstr.BrTable table)
    {
        at = Op(to, at, Opcodes.BrTable, (uint)table.Labels.Length);
        foreach (var label in table.Labels)
            at = Leb128.Write(to, at, label.Value);
        return Leb128.Write(to, at, table.Default.Value);
    }

    private static int LocalsLength(ReadOnlySpan<CoreValType> locals)
    {
        int runs = 0, length = 0;
        for (int start = 0, end; start < locals.Length; start = end)
        {
            end = RunEnd(locals, start);
            length += Leb128.Length((uint)(end - start)) + 1;
            runs++;
        }
        return Leb128.Length((uint)runs) + length;
    }

    private static int Locals(Span<byte> to, int at, ReadOnlySpan<CoreValType> locals)
    {
        int runs = 0;
        for (int start = 0; start < locals.Length; start = RunEnd(locals, start))
            runs++;
        at = Leb128.Write(to, at, (uint)runs);
        for (int start = 0, end; start < locals.Length; start = end)
        {
            end = RunEnd(locals, start);
            at = Leb128.Write(to, at, (uint)(end - start));
            at = Values.Byte(to, at, (byte)locals[start]);
        }
        return at;
    }

    private static int RunEnd(ReadOnlySpan<CoreValType> locals, int start)
    {
        int length = locals[start..].IndexOfAnyExcept(locals[start]);
        return length < 0 ? locals.Length : start + length;
    }
}
