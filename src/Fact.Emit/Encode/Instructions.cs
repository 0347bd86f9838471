using System;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>Instructions. Spec: chapter "Instructions" of the binary format.</summary>
internal static class Instructions
{
    /// <summary>Writes a function body: locals in runs of one type, instructions, <c>end</c>. Spec: <c>func</c>.</summary>
    public static int Func(Span<byte> to, int at, ResolvedFunc func)
    {
        var immediates = new Immediates(func.Numbering);
        at = Locals(to, at, func.Locals.AsSpan());
        at = Write(to, at, func.Body.AsSpan(), ref immediates);
        return Values.Byte(to, at, Opcodes.End);
    }

    /// <summary>The number of bytes of a function body; its trap sites go to <paramref name="sites"/>.</summary>
    public static int Length(ResolvedFunc func, TrapSites? sites)
    {
        if (sites is null && func.Numbering.Bytes is { } bytes)
            return LocalsLength(func.Locals.AsSpan()) + bytes + 1;
        var immediates = new Immediates(func.Numbering);
        return Lengths.After(func.Body.AsSpan(), LocalsLength(func.Locals.AsSpan()), ref immediates, sites) + 1;
    }

    private static int Write(Span<byte> to, int at, ReadOnlySpan<Instr> body, ref Immediates immediates)
    {
        foreach (var instr in body)
        {
            at = instr switch
            {
                Instr.Local local => Op(to, at, (byte)local.Op, immediates.Slot(local.Id)),
                Instr.I32Const constant => Leb128.Write(to, Values.Byte(to, at, Opcodes.I32Const), (long)constant.Value),
                Instr.Plain plain => Values.Opcode(to, at, (int)plain.Op),
                Instr.Memory memory => Access(to, Values.Opcode(to, at, (int)memory.Op), memory.Arg, immediates.Next()),
                Instr.Call => Op(to, at, Opcodes.Call, immediates.Next()),
                Instr.Global global => Op(to, at, (byte)global.Op, immediates.Next()),
                Instr.If one => If(to, at, one, ref immediates),
                Instr.Trap => Values.Byte(to, at, Opcodes.Unreachable),
                Instr.BrIf => Op(to, at, Opcodes.BrIf, immediates.Label()),
                Instr.Br => Op(to, at, Opcodes.Br, immediates.Label()),
                Instr.Block block => Block(to, at, Opcodes.Block, block.Type, block.Body, ref immediates),
                Instr.Loop loop => Block(to, at, Opcodes.Loop, loop.Type, loop.Body, ref immediates),
                Instr.I64Const constant => Leb128.Write(to, Values.Byte(to, at, Opcodes.I64Const), constant.Value),
                Instr.F32Const constant => Values.F32(to, Values.Byte(to, at, Opcodes.F32Const), constant.Bits),
                Instr.F64Const constant => Values.F64(to, Values.Byte(to, at, Opcodes.F64Const), constant.Bits),
                Instr.BrTable table => Table(to, at, table, ref immediates),
                Instr.MemorySize => Op(to, at, Opcodes.MemorySize, immediates.Next()),
                Instr.MemoryCopy => Copy(to, at, ref immediates),
                Instr.MemoryGrow => Op(to, at, Opcodes.MemoryGrow, immediates.Next()),
                Instr.MemoryFill => Op(to, Values.Byte(to, at, Opcodes.Prefix), Opcodes.MemoryFill, immediates.Next()),
                Instr.MemoryLane memory => Values.Byte(to, Access(to, Values.Opcode(to, at, (int)memory.Op), memory.Arg, immediates.Next()), memory.Index),
                Instr.Lane lane => Values.Byte(to, Values.Opcode(to, at, (int)lane.Op), lane.Index),
                Instr.V128Const constant => Values.V128(to, Values.Opcode(to, at, Opcodes.V128Const), constant.Bits),
                Instr.Shuffle shuffle => Values.V128(to, Values.Opcode(to, at, Opcodes.Shuffle), shuffle.Lanes),
                Instr.CallIndirect => Leb128.Write(to, Op(to, at, Opcodes.CallIndirect, immediates.Next()), immediates.Next()),
                Instr.RefFunc => Op(to, at, Opcodes.RefFunc, immediates.Next()),
                Instr.TryTable attempt => TryTable(to, at, attempt, ref immediates),
            };
        }
        return at;
    }

    private static int Op(Span<byte> to, int at, byte opcode, uint index) =>
        Leb128.Write(to, Values.Byte(to, at, opcode), index);

    private static int Access(Span<byte> to, int at, MemArg arg, uint index)
    {
        if (index == 0)
        {
            at = Values.Byte(to, at, arg.AlignLog2);
        }
        else
        {
            at = Values.Byte(to, at, (byte)(arg.AlignLog2 | Opcodes.HasMemory));
            at = Leb128.Write(to, at, index);
        }
        return Leb128.Write(to, at, arg.Offset);
    }

    private static int Copy(Span<byte> to, int at, ref Immediates immediates)
    {
        at = Values.Byte(to, at, Opcodes.Prefix);
        at = Op(to, at, Opcodes.MemoryCopy, immediates.Next());
        return Leb128.Write(to, at, immediates.Next());
    }

    private static int Block(Span<byte> to, int at, byte opcode, CoreFuncType type, EquatableArray<Instr> body, ref Immediates immediates)
    {
        at = Values.Byte(to, at, opcode);
        at = Types.WriteBlockType(to, at, type, ref immediates);
        at = Write(to, at, body.AsSpan(), ref immediates);
        return Values.Byte(to, at, Opcodes.End);
    }

    private static int If(Span<byte> to, int at, Instr.If one, ref Immediates immediates)
    {
        at = Values.Byte(to, at, Opcodes.If);
        at = Types.WriteBlockType(to, at, one.Type, ref immediates);
        at = Write(to, at, one.Then.AsSpan(), ref immediates);
        if (!one.Else.IsEmpty)
        {
            at = Values.Byte(to, at, Opcodes.Else);
            at = Write(to, at, one.Else.AsSpan(), ref immediates);
        }
        return Values.Byte(to, at, Opcodes.End);
    }

    private static int TryTable(Span<byte> to, int at, Instr.TryTable attempt, ref Immediates immediates)
    {
        at = Values.Byte(to, at, Opcodes.TryTable);
        at = Types.WriteBlockType(to, at, attempt.Type, ref immediates);
        at = Values.Byte(to, at, 1);
        at = Op(to, at, Opcodes.CatchAll, immediates.Label());
        at = Write(to, at, attempt.Body.AsSpan(), ref immediates);
        return Values.Byte(to, at, Opcodes.End);
    }

    private static int Table(Span<byte> to, int at, Instr.BrTable table, ref Immediates immediates)
    {
        at = Op(to, at, Opcodes.BrTable, (uint)table.Labels.Length);
        for (int i = 0; i <= table.Labels.Length; i++)
            at = Leb128.Write(to, at, immediates.Label());
        return at;
    }

    private static int LocalsLength(ReadOnlySpan<CoreValType> locals)
    {
        int runs = 0, length = 0;
        for (int start = 0, end; start < locals.Length; start = end)
        {
            end = RunEnd(locals, start);
            length += Leb128.Length((uint)(end - start)) + Types.Length(locals[start]);
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
            at = Types.Write(to, at, locals[start]);
        }
        return at;
    }

    private static int RunEnd(ReadOnlySpan<CoreValType> locals, int start)
    {
        int length = locals[start..].IndexOfAnyExcept(locals[start]);
        return length < 0 ? locals.Length : start + length;
    }
}
