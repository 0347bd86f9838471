using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Diagnostics;

namespace Fact.Ir;

/// <summary>Code as instructions.</summary>
/// <param name="Body">The instructions.</param>
/// <param name="Immediates">
/// For every immediate that has an index, in the order of the code: a label's relative depth (of <c>br_table</c> the default last; of <c>try_table</c> after its
/// type); for anything else the number of its symbol.
/// </param>
internal readonly record struct ReadCode(EquatableArray<Instr> Body, EquatableArray<uint> Immediates);

/// <summary>Reads compact code back into instructions, for those who look at code; whoever only writes a module has no need to.</summary>
internal ref struct CodeReader
{
    private readonly ReadOnlySpan<byte> code;
    private readonly SymbolTable symbols;
    private readonly List<uint> immediates = [];
    private readonly List<OpenBlock> frames = [];
    private List<Instr> body = [];
    private int at;
    private int labels = LabelId.Unused.Value + 1;

    private CodeReader(CompactCode code)
    {
        this.code = code.Bytes.AsSpan();
        symbols = code.Symbols;
    }

    /// <summary>Reads code. Blocks need no stack of the machine, however deep they are.</summary>
    public static ReadCode Read(CompactCode code)
    {
        var reader = new CodeReader(code);
        while (reader.at < reader.code.Length)
            reader.One();
        return new(reader.body.Seal(), reader.immediates.Seal());
    }

    private void One()
    {
        byte opcode = code[at++];
        switch (opcode)
        {
            case Opcodes.Block or Opcodes.Loop or Opcodes.If or Opcodes.TryTable:
                Open(opcode);
                break;
            case Opcodes.Else:
                frames[^1].Then = body.Seal();
                body = [];
                break;
            case Opcodes.End:
                Close();
                break;
            default:
                body.Add(Simple(opcode));
                break;
        }
    }

    private Instr Simple(byte opcode) => opcode switch
    {
        Opcodes.LocalGet => Instr.Get(new((int)Number())),
        Opcodes.LocalSet => Instr.Set(new((int)Number())),
        Opcodes.LocalTee => Instr.Tee(new((int)Number())),
        Opcodes.I32Const => Instr.Const((int)Signed()),
        Opcodes.I64Const => Instr.Const(Signed()),
        Opcodes.F32Const => new Instr.F32Const(BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)))),
        Opcodes.F64Const => new Instr.F64Const(BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)))),
        >= Opcodes.FirstAccess and <= Opcodes.LastAccess => Access((MemoryOp)opcode),
        Opcodes.Call => new Instr.Call(Named<FuncRef>()),
        CompactForm.CallWithPath => new Instr.Call(Named<FuncRef>(), Path()),
        Opcodes.CallIndirect => new Instr.CallIndirect(Named<CoreFuncType>(), Named<OwnTable>()),
        Opcodes.GlobalGet or Opcodes.GlobalSet => new Instr.Global((GlobalOp)opcode, Named<IGlobal>()),
        Opcodes.Unreachable => Reason(),
        CompactForm.Guard => new Instr.If(CoreFuncType.Empty, LabelId.Unused, [Reason()], []),
        Opcodes.Br => Instr.Branch(Label()),
        Opcodes.BrIf => Instr.BranchIf(Label()),
        Opcodes.BrTable => Table(),
        Opcodes.MemorySize => new Instr.MemorySize(Named<IMemory>()),
        Opcodes.MemoryGrow => new Instr.MemoryGrow(Named<IMemory>()),
        Opcodes.RefFunc => new Instr.RefFunc(Named<FuncRef>()),
        Opcodes.Prefix => Prefixed((uint)Number()),
        Opcodes.VectorPrefix => Vector((Opcodes.VectorPrefix << 12) | (int)Number()),
        _ => Instr.Of((PlainOp)opcode),
    };

    private Instr Prefixed(uint number) => number switch
    {
        Opcodes.MemoryCopy => new Instr.MemoryCopy(Named<IMemory>(), Named<IMemory>()),
        Opcodes.MemoryFill => new Instr.MemoryFill(Named<IMemory>()),
        _ => Instr.Of((PlainOp)((Opcodes.Prefix << 12) | (int)number)),
    };

    private Instr Vector(int opcode)
    {
        switch (CompactForm.KindOf(opcode))
        {
            case VectorKind.Access:
                return Access((MemoryOp)opcode);
            case VectorKind.LaneAccess:
                var access = Access((MemoryOp)opcode);
                return new Instr.MemoryLane((MemoryLaneOp)opcode, access.Arg, Take(1)[0], access.Mem);
            case VectorKind.Lane:
                return new Instr.Lane((LaneOp)opcode, Take(1)[0]);
            case VectorKind.Bytes:
                var bits = BinaryPrimitives.ReadUInt128LittleEndian(Take(16));
                return opcode == Opcodes.Shuffle ? new Instr.Shuffle(bits) : new Instr.V128Const(bits);
            case VectorKind.Plain:
                return Instr.Of((PlainOp)opcode);
            default:
                throw new UnreachableException();
        }
    }

    private Instr.Memory Access(MemoryOp op)
    {
        byte align = Take(1)[0];
        ulong offset = Number();
        return new(op, new(offset, align), Named<IMemory>());
    }

    private Instr.Trap Reason()
    {
        uint reason = (uint)Number();
        return new Instr.Trap((TrapCode)(reason >> 1), (reason & 1) == 0 ? null : Path());
    }

    private Instr Table()
    {
        var targets = new LabelId[(int)Number()];
        for (int i = 0; i < targets.Length; i++)
            targets[i] = Label();
        return new Instr.BrTable(EquatableArray.Seal(targets), Label());
    }

    private void Open(byte opcode)
    {
        var type = BlockType();
        var caught = opcode == Opcodes.TryTable ? Label() : default;
        frames.Add(new OpenBlock { Opcode = opcode, Type = type, Label = new(labels++), CatchAll = caught, Around = body });
        body = [];
    }

    private void Close()
    {
        var frame = frames[^1];
        frames.RemoveAt(frames.Count - 1);
        var inside = body.Seal();
        body = frame.Around;
        body.Add(frame.Opcode switch
        {
            Opcodes.Block => new Instr.Block(frame.Type, frame.Label, inside),
            Opcodes.Loop => new Instr.Loop(frame.Type, frame.Label, inside),
            Opcodes.If => frame.Then is { } then ? new Instr.If(frame.Type, frame.Label, then, inside) : new Instr.If(frame.Type, frame.Label, inside, []),
            Opcodes.TryTable => new Instr.TryTable(frame.Type, frame.Label, frame.CatchAll, inside),
            _ => throw new UnreachableException(),
        });
    }

    private CoreFuncType BlockType()
    {
        byte type = Take(1)[0];
        if (type == Opcodes.EmptyBlock)
            return CoreFuncType.Empty;
        if (type != CompactForm.TypeSymbol)
            return new([], [(CoreValType)type]);
        uint number = (uint)Number();
        if (symbols[(int)number].Use == IndexUse.BlockType)
            immediates.Add(number);
        return (CoreFuncType)symbols[(int)number].What;
    }

    private T Named<T>() where T : class
    {
        uint number = (uint)Number();
        immediates.Add(number);
        return (T)symbols[(int)number].What;
    }

    private LabelId Label()
    {
        uint relative = (uint)Number();
        immediates.Add(relative);
        return frames[frames.Count - 1 - (int)relative].Label;
    }

    private string Path() => (string)symbols[(int)Number()].What;

    private ReadOnlySpan<byte> Take(int count)
    {
        at += count;
        return code.Slice(at - count, count);
    }

    private ulong Number() => CompactForm.Number(code, ref at);

    private long Signed()
    {
        string? problem = null;
        return Leb128.ReadSigned(code, ref at, 64, ref problem);
    }

    private sealed class OpenBlock
    {
        public required byte Opcode { get; init; }

        public required CoreFuncType Type { get; init; }

        public required LabelId Label { get; init; }

        public required LabelId CatchAll { get; init; }

        public required List<Instr> Around { get; init; }

        public EquatableArray<Instr>? Then { get; set; }
    }
}
