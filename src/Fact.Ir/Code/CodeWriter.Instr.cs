using System;
using System.Buffers.Binary;

namespace Fact.Ir;

/// <summary>Writes instructions that are there already.</summary>
internal sealed partial class CodeWriter
{
    /// <summary>A whole function.</summary>
    /// <param name="body">Its instructions.</param>
    /// <param name="parameters">How many parameters it has.</param>
    /// <param name="locals">Its locals, the parameters first.</param>
    public CompactCode Write(EquatableArray<Instr> body, int parameters, ReadOnlySpan<VirtualLocal> locals)
    {
        Start(parameters);
        for (int i = parameters; i < locals.Length; i++)
            AddLocal();
        Write(body);
        return Finish(locals);
    }

    /// <summary>Instructions one after another.</summary>
    public void Write(EquatableArray<Instr> body)
    {
        foreach (var instr in body)
            Write(instr);
    }

    /// <summary>Any instruction, with what is in it.</summary>
    public void Write(Instr instr)
    {
        switch (instr)
        {
            case Instr.Local local:
                Local(local.Op, local.Id);
                break;
            case Instr.I32Const constant:
                Const(constant.Value);
                break;
            case Instr.Plain plain:
                Plain(plain.Op);
                break;
            case Instr.Trap trap:
                Trap(trap.Code, trap.Path);
                break;
            case Instr.Memory access:
                Access((int)access.Op, access.Arg, access.Mem);
                break;
            case Instr.Call call:
                Call(call.Func, call.Path);
                break;
            case Instr.Global global:
                Naming((byte)global.Op, global.Item);
                break;
            case Instr.If { Then: [Instr.Trap trap], Else: [], Type: { Params: [], Results: [] } }:
                Guard(trap.Code, trap.Path);
                break;
            case Instr.If one:
                Open(Opcodes.If, one.Label, one.Type);
                Write(one.Then);
                Else();
                Write(one.Else);
                Close();
                break;
            case Instr.BrIf branch:
                Branch(Opcodes.BrIf, branch.Label);
                break;
            case Instr.Br branch:
                Branch(Opcodes.Br, branch.Label);
                break;
            case Instr.Block block:
                Open(Opcodes.Block, block.Label, block.Type);
                Write(block.Body);
                Close();
                break;
            case Instr.Loop loop:
                Open(Opcodes.Loop, loop.Label, loop.Type);
                Write(loop.Body);
                Close();
                break;
            case Instr.I64Const constant:
                Const(constant.Value);
                break;
            case Instr.F32Const constant:
                Reserve(Longest);
                Byte(Opcodes.F32Const);
                BinaryPrimitives.WriteUInt32LittleEndian(code.AsSpan(length), constant.Bits);
                length += sizeof(uint);
                Mark(constant.Bits);
                break;
            case Instr.F64Const constant:
                Reserve(Longest);
                Byte(Opcodes.F64Const);
                BinaryPrimitives.WriteUInt64LittleEndian(code.AsSpan(length), constant.Bits);
                length += sizeof(ulong);
                Mark((uint)constant.Bits ^ (uint)(constant.Bits >> 32));
                break;
            case Instr.BrTable table:
                Table([.. table.Labels, table.Default]);
                break;
            case Instr.MemorySize size:
                Naming(Opcodes.MemorySize, size.Mem);
                break;
            case Instr.MemoryGrow grow:
                Naming(Opcodes.MemoryGrow, grow.Mem);
                break;
            case Instr.MemoryFill fill:
                Reserve(Longest);
                Byte(Opcodes.Prefix);
                Byte(Opcodes.MemoryFill);
                Symbol(fill.Mem, IndexUse.Plain);
                break;
            case Instr.MemoryCopy copy:
                Reserve(Longest);
                Byte(Opcodes.Prefix);
                Byte(Opcodes.MemoryCopy);
                Symbol(copy.To, IndexUse.Plain);
                Symbol(copy.From, IndexUse.Plain);
                break;
            case Instr.MemoryLane access:
                Access((int)access.Op, access.Arg, access.Mem);
                Byte(access.Index);
                Mark(access.Index);
                break;
            case Instr.Lane lane:
                Reserve(Longest);
                Opcode((int)lane.Op);
                Byte(lane.Index);
                Mark((uint)lane.Op ^ ((uint)lane.Index << 24));
                break;
            case Instr.V128Const constant:
                Vector(Opcodes.V128Const, constant.Bits);
                break;
            case Instr.Shuffle shuffle:
                Vector(Opcodes.Shuffle, shuffle.Lanes);
                break;
            case Instr.CallIndirect call:
                Naming(Opcodes.CallIndirect, call.Type);
                Symbol(call.Table, IndexUse.Plain);
                break;
            case Instr.RefFunc reference:
                Naming(Opcodes.RefFunc, reference.Func);
                break;
            case Instr.TryTable attempt:
                Open(Opcodes.TryTable, attempt.Label, attempt.Type, attempt.CatchAll);
                Write(attempt.Body);
                Close();
                break;
        }
    }
}
