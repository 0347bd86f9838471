using System;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// Code of a module whose memories are folded: each access first finds out whether it is inside of its memory, and then goes to where that lies. Time and what comes out
/// are linear in the code.
/// </summary>
/// <param name="fold">Where the memories lie.</param>
/// <param name="functions">What code calls instead of instructions that are rare.</param>
internal sealed class FoldedCode(MemoryFold fold, FoldFunctions functions)
{
    private const int Init = (Opcodes.Prefix << 12) | Opcodes.MemoryInit, Copy = (Opcodes.Prefix << 12) | Opcodes.MemoryCopy,
        Fill = (Opcodes.Prefix << 12) | Opcodes.MemoryFill;

    private readonly uint[] temporaries = new uint[2];

    /// <summary>The opcode of an instruction that cannot be folded; null where there was none.</summary>
    public int? Unknown { get; private set; }

    /// <summary>Writes the body of a function, without its size.</summary>
    /// <param name="body">The body as it is with several memories. It is well-formed.</param>
    /// <param name="parameters">How many parameters the function has.</param>
    /// <param name="to">Where it goes.</param>
    /// <returns>How many locals the function has with those that it gets.</returns>
    public long Body(ReadOnlySpan<byte> body, int parameters, Sink to)
    {
        var header = LocalsHeader.Of(body);
        var locals = new InlineLocals((uint)parameters + header.Locals);
        var code = new Sink();
        var reader = BodyReader.Function(body);
        reader.Next();
        int copied = header.End;
        Span<uint> named = stackalloc uint[2];
        while (reader.Next())
        {
            int opcode = reader.Opcode, start = reader.Start, memories = 0, behind = 0;
            uint data = 0;
            Access? access = null;
            while (reader.NextImmediate())
            {
                switch (reader.Kind)
                {
                    case ImmediateKind.Access:
                        access = new Access((uint)reader.Value, (uint)reader.AlignLog2, 0, reader.ImmediateStart - start);
                        behind = reader.At;
                        break;
                    case ImmediateKind.Offset:
                        access = access! with { Offset = reader.Value };
                        break;
                    case ImmediateKind.Memory:
                        named[memories++] = (uint)reader.Value;
                        break;
                    case ImmediateKind.Data:
                        data = (uint)reader.Value;
                        break;
                }
            }
            if (access is null && memories == 0)
                continue;
            code.Bytes(body[copied..start]);
            copied = reader.At;
            if (access is not null)
                Accessed(access, opcode, body.Slice(start, access.OpcodeLength), body[behind..reader.At], locals, code);
            else
                Rare(opcode, data, named, code);
        }
        code.Bytes(body[copied..]);
        to.Unsigned(header.Declarations + locals.Declarations);
        to.Bytes(body[header.Start..header.End]);
        locals.Write(to);
        to.Bytes(code);
        return (long)header.Locals + locals.Declarations;
    }

    private sealed record Access(uint Memory, uint AlignLog2, ulong Offset, int OpcodeLength);

    private void Accessed(Access access, int opcode, ReadOnlySpan<byte> instruction, ReadOnlySpan<byte> behind, InlineLocals locals, Sink code)
    {
        if (AccessOperands.Of(opcode) is not { } operands)
        {
            Unknown ??= opcode;
            return;
        }
        int place = fold.Place(access.Memory);
        uint address = locals.Take(CoreValType.I32);
        for (int i = operands.Length - 1; i >= 0; i--)
            code.Set(temporaries[i] = locals.Take(operands[i]));
        code.Op(Opcodes.LocalTee, address);
        code.Op(PlainOp.I64ExtendI32U);
        code.I64((long)access.Offset + (1L << InstructionTable.Find(opcode)!.NaturalAlignLog2));
        code.Op(PlainOp.I64Add);
        fold.TrapBehind(place, code);
        code.Get(address);
        fold.AddBase(place, code);
        for (int i = 0; i < operands.Length; i++)
            code.Get(temporaries[i]);
        code.Bytes(instruction);
        code.Unsigned(access.AlignLog2);
        code.Bytes(behind);
        locals.GiveBack(CoreValType.I32, address);
        for (int i = 0; i < operands.Length; i++)
            locals.GiveBack(operands[i], temporaries[i]);
    }

    private void Rare(int opcode, uint data, ReadOnlySpan<uint> named, Sink code)
    {
        switch (opcode)
        {
            case Opcodes.MemorySize:
                fold.Pages(fold.Place(named[0]), code);
                break;
            case Opcodes.MemoryGrow:
                code.Call(functions.Grow(fold.Place(named[0])));
                break;
            case Init:
                code.Call(functions.Init(data, fold.Place(named[0])));
                break;
            case Copy:
                code.Call(functions.Copy(fold.Place(named[0]), fold.Place(named[1])));
                break;
            case Fill:
                code.Call(functions.Fill(fold.Place(named[0])));
                break;
            default:
                Unknown ??= opcode;
                break;
        }
    }
}
