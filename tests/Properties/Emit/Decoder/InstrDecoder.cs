using System;
using System.Collections.Generic;
using System.IO;
using Fact.Ir;

namespace Fact.Properties.Emit;

/// <summary>Reads instructions.</summary>
internal sealed class InstrDecoder(ByteReader reader)
{
    private const byte Else = 0x05, End = 0x0B;

    /// <summary>Reads a sequence that <c>end</c> ends.</summary>
    public List<DecodedInstr> UntilEnd() => Sequence(out byte last) is var code && last == End ? code : throw new InvalidDataException("else without if");

    private List<DecodedInstr> Sequence(out byte last)
    {
        List<DecodedInstr> code = [];
        while (true)
        {
            int offset = reader.At;
            last = reader.Byte();
            if (last is End or Else)
                return code;
            code.Add(Instr(offset, last));
        }
    }

    private DecodedInstr Instr(int at, byte opcode)
    {
        switch (opcode)
        {
            case 0x00:
                return new(at, new CoreInstr.Trap(default, null));
            case 0x02:
                return new(at, new CoreInstr.Block(BlockType(), []), UntilEnd());
            case 0x03:
                return new(at, new CoreInstr.Loop(BlockType(), []), UntilEnd());
            case 0x04:
                var type = BlockType();
                var then = Sequence(out byte last);
                return new(at, new CoreInstr.If(type, [], []), then, last == Else ? UntilEnd() : []);
            case 0x1F:
                var attempt = BlockType();
                reader.Expect(1);
                reader.Expect(2);
                return new(at, new CoreInstr.TryTable(attempt, Label(), []), UntilEnd());
            default:
                return new(at, Simple(opcode));
        }
    }

    private CoreInstr Simple(byte opcode) => opcode switch
    {
        0x0C => new CoreInstr.Br(Label()),
        0x0D => new CoreInstr.BrIf(Label()),
        0x0E => new CoreInstr.BrTable([.. reader.Vector(Label)], Label()),
        0x10 => new CoreInstr.Call(new CoreFuncIdx(reader.U32())),
        0x11 => new CoreInstr.CallIndirect(new CoreTypeIdx(reader.U32()), new CoreTableIdx(reader.U32())),
        0x20 or 0x21 or 0x22 => new CoreInstr.Local((LocalOp)opcode, new LocalIdx(reader.U32())),
        0x23 or 0x24 => new CoreInstr.Global((GlobalOp)opcode, new CoreGlobalIdx(reader.U32())),
        >= 0x28 and <= 0x3E => Access((op, arg, memory) => new CoreInstr.Memory((MemoryOp)op, arg, memory), opcode),
        0x3F => new CoreInstr.MemorySize(new CoreMemoryIdx(reader.U32())),
        0x41 => new CoreInstr.I32Const((int)reader.Signed(32)),
        0x42 => new CoreInstr.I64Const(reader.Signed(64)),
        0x43 => new CoreInstr.F32Const(reader.F32()),
        0x44 => new CoreInstr.F64Const(reader.F64()),
        0xD2 => new CoreInstr.RefFunc(new CoreFuncIdx(reader.U32())),
        0x40 => new CoreInstr.MemoryGrow(new CoreMemoryIdx(reader.U32())),
        0xFC => Prefixed(0xFC000 + (int)reader.U32()),
        0xFD => Vector(0xFD000 + (int)reader.U32()),
        _ when Enum.IsDefined((PlainOp)opcode) => new CoreInstr.Plain((PlainOp)opcode),
        _ => throw new InvalidDataException($"opcode 0x{opcode:X2}"),
    };

    private CoreInstr Prefixed(int opcode) => opcode switch
    {
        0xFC00A => new CoreInstr.MemoryCopy(new CoreMemoryIdx(reader.U32()), new CoreMemoryIdx(reader.U32())),
        0xFC00B => new CoreInstr.MemoryFill(new CoreMemoryIdx(reader.U32())),
        _ when Enum.IsDefined((PlainOp)opcode) => new CoreInstr.Plain((PlainOp)opcode),
        _ => throw new InvalidDataException($"opcode 0x{opcode:X}"),
    };

    private CoreInstr Vector(int opcode) => opcode switch
    {
        <= 0xFD00B or 0xFD05C or 0xFD05D => Access((op, arg, memory) => new CoreInstr.Memory((MemoryOp)op, arg, memory), opcode),
        0xFD00C => new CoreInstr.V128Const(reader.V128()),
        0xFD00D => new CoreInstr.Shuffle(reader.V128()),
        >= 0xFD015 and <= 0xFD022 => new CoreInstr.Lane((LaneOp)opcode, reader.Byte()),
        >= 0xFD054 and <= 0xFD05B => Access((op, arg, memory) => new CoreInstr.MemoryLane((MemoryLaneOp)op, arg, reader.Byte(), memory), opcode),
        _ => Prefixed(opcode),
    };

    private CoreInstr Access(Func<int, MemArg, CoreMemoryIdx, CoreInstr> make, int op)
    {
        uint align = reader.U32();
        bool hasMemory = (align & 0x40) != 0;
        var memory = new CoreMemoryIdx(hasMemory ? reader.U32() : 0);
        if (hasMemory && memory.Value == 0)
            throw new InvalidDataException("memory 0 is written though it need not be");
        return make(op, new MemArg(reader.Unsigned(64), checked((byte)(align & ~0x40u))), memory);
    }

    private LabelIdx Label() => new(reader.U32());

    private BlockType BlockType()
    {
        long type = reader.Signed(33);
        return type switch
        {
            -0x40 => new BlockType.Empty(),
            < 0 when Enum.IsDefined((CoreValType)(type & 0x7F)) => new BlockType.Value((CoreValType)(type & 0x7F)),
            >= 0 => new BlockType.Func(new CoreTypeIdx((uint)type)),
            _ => throw new InvalidDataException($"block type {type}"),
        };
    }
}
