using System;
using System.Diagnostics;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>Instructions. Spec: chapter "Instructions" of the binary format.</summary>
internal static class Instructions
{
    /// <summary>Writes a function body: locals in runs of one type, instructions, <c>end</c>. Spec: <c>func</c>.</summary>
    public static int Func(Span<byte> to, int at, ResolvedFunc func)
    {
        at = Locals(to, at, func.Locals.AsSpan());
        at = Write(to, at, func.Code, func.Numbering);
        return Values.Byte(to, at, Opcodes.End);
    }

    /// <summary>The number of bytes of a function body; its trap sites go to <paramref name="sites"/>.</summary>
    public static int Length(ResolvedFunc func, TrapSites? sites)
    {
        int locals = LocalsLength(func.Locals.AsSpan());
        if (sites is null && func.Bytes is { } bytes)
            return locals + bytes + 1;
        var code = func.Code.Read();
        var immediates = new Immediates(code.Immediates, func.Numbering);
        return Lengths.After(code.Body.AsSpan(), locals, ref immediates, sites) + 1;
    }

    /// <summary>Copies compact code, with indices in the place of locals and symbols.</summary>
    private static int Write(Span<byte> to, int at, CompactCode code, Numbering numbering)
    {
        var from = code.Bytes.AsSpan();
        var slots = numbering.Slots.AsSpan();
        var indices = numbering.Indices.AsSpan();
        int next = 0;
        while (next < from.Length)
        {
            byte opcode = from[next++];
            switch (opcode)
            {
                case Opcodes.LocalGet or Opcodes.LocalSet or Opcodes.LocalTee:
                    at = Op(to, at, opcode, (uint)slots[(int)CompactForm.Number(from, ref next)]);
                    break;
                case Opcodes.I32Const or Opcodes.I64Const or Opcodes.Br or Opcodes.BrIf:
                    at = CopyNumber(to, Values.Byte(to, at, opcode), from, ref next);
                    break;
                case >= Opcodes.FirstAccess and <= Opcodes.LastAccess:
                    at = Access(to, Values.Byte(to, at, opcode), from, ref next, indices);
                    break;
                case Opcodes.Call or Opcodes.GlobalGet or Opcodes.GlobalSet or Opcodes.MemorySize or Opcodes.MemoryGrow or Opcodes.RefFunc:
                    at = Op(to, at, opcode, Index(from, ref next, indices));
                    break;
                case Opcodes.CallIndirect:
                    at = Op(to, at, opcode, Index(from, ref next, indices));
                    at = Leb128.Write(to, at, Index(from, ref next, indices));
                    break;
                case CompactForm.CallWithPath:
                    at = Op(to, at, Opcodes.Call, Index(from, ref next, indices));
                    CompactForm.Number(from, ref next);
                    break;
                case CompactForm.Guard:
                    at = Values.Byte(to, Values.Byte(to, at, Opcodes.If), Opcodes.EmptyBlock);
                    at = Values.Byte(to, Values.Byte(to, at, Opcodes.Unreachable), Opcodes.End);
                    SkipReason(from, ref next);
                    break;
                case Opcodes.Unreachable:
                    at = Values.Byte(to, at, opcode);
                    SkipReason(from, ref next);
                    break;
                case Opcodes.Block or Opcodes.Loop or Opcodes.If:
                    at = BlockType(to, Values.Byte(to, at, opcode), from, ref next, code.Symbols, indices);
                    break;
                case Opcodes.TryTable:
                    at = BlockType(to, Values.Byte(to, at, opcode), from, ref next, code.Symbols, indices);
                    at = Values.Byte(to, Values.Byte(to, at, 1), Opcodes.CatchAll);
                    at = CopyNumber(to, at, from, ref next);
                    break;
                case Opcodes.BrTable:
                    at = Table(to, Values.Byte(to, at, opcode), from, ref next);
                    break;
                case Opcodes.F32Const:
                    at = Copy(to, Values.Byte(to, at, opcode), from, ref next, sizeof(float));
                    break;
                case Opcodes.F64Const:
                    at = Copy(to, Values.Byte(to, at, opcode), from, ref next, sizeof(double));
                    break;
                case Opcodes.Prefix:
                    at = Prefixed(to, Values.Byte(to, at, opcode), from, ref next, indices);
                    break;
                case Opcodes.VectorPrefix:
                    at = Vector(to, Values.Byte(to, at, opcode), from, ref next, indices);
                    break;
                default:
                    at = Values.Byte(to, at, opcode);
                    break;
            }
        }
        return at;
    }

    private static uint Index(ReadOnlySpan<byte> from, ref int next, ReadOnlySpan<uint> indices) => indices[(int)CompactForm.Number(from, ref next)];

    private static int Op(Span<byte> to, int at, byte opcode, uint index) =>
        Leb128.Write(to, Values.Byte(to, at, opcode), index);

    private static int Copy(Span<byte> to, int at, ReadOnlySpan<byte> from, ref int next, int count)
    {
        from.Slice(next, count).CopyTo(to[at..]);
        next += count;
        return at + count;
    }

    private static int CopyNumber(Span<byte> to, int at, ReadOnlySpan<byte> from, ref int next)
    {
        byte group;
        do
            at = Values.Byte(to, at, group = from[next++]);
        while (group >= 0x80);
        return at;
    }

    private static void SkipReason(ReadOnlySpan<byte> from, ref int next)
    {
        if ((CompactForm.Number(from, ref next) & 1) != 0)
            CompactForm.Number(from, ref next);
    }

    private static int Access(Span<byte> to, int at, ReadOnlySpan<byte> from, ref int next, ReadOnlySpan<uint> indices)
    {
        byte align = from[next++];
        ulong offset = CompactForm.Number(from, ref next);
        uint memory = Index(from, ref next, indices);
        at = memory == 0 ? Values.Byte(to, at, align) : Leb128.Write(to, Values.Byte(to, at, (byte)(align | Opcodes.HasMemory)), memory);
        return Leb128.Write(to, at, offset);
    }

    private static int BlockType(Span<byte> to, int at, ReadOnlySpan<byte> from, ref int next, SymbolTable symbols, ReadOnlySpan<uint> indices)
    {
        byte type = from[next++];
        if (type != CompactForm.TypeSymbol)
            return Values.Byte(to, at, type);
        int number = (int)CompactForm.Number(from, ref next);
        ref readonly var symbol = ref symbols[number];
        return symbol.Use == IndexUse.BlockType ? Leb128.Write(to, at, (long)indices[number]) : Types.Write(to, at, ((CoreFuncType)symbol.What).Results[0]);
    }

    private static int Table(Span<byte> to, int at, ReadOnlySpan<byte> from, ref int next)
    {
        uint labels = (uint)CompactForm.Number(from, ref next);
        at = Leb128.Write(to, at, labels);
        for (uint i = 0; i <= labels; i++)
            at = CopyNumber(to, at, from, ref next);
        return at;
    }

    private static int Prefixed(Span<byte> to, int at, ReadOnlySpan<byte> from, ref int next, ReadOnlySpan<uint> indices)
    {
        uint number = (uint)CompactForm.Number(from, ref next);
        at = Leb128.Write(to, at, number);
        for (int memories = number switch { Opcodes.MemoryCopy => 2, Opcodes.MemoryFill => 1, _ => 0 }; memories > 0; memories--)
            at = Leb128.Write(to, at, Index(from, ref next, indices));
        return at;
    }

    private static int Vector(Span<byte> to, int at, ReadOnlySpan<byte> from, ref int next, ReadOnlySpan<uint> indices)
    {
        uint number = (uint)CompactForm.Number(from, ref next);
        at = Leb128.Write(to, at, number);
        switch (CompactForm.KindOf((Opcodes.VectorPrefix << 12) | (int)number))
        {
            case VectorKind.Access:
                return Access(to, at, from, ref next, indices);
            case VectorKind.LaneAccess:
                return Copy(to, Access(to, at, from, ref next, indices), from, ref next, 1);
            case VectorKind.Lane:
                return Copy(to, at, from, ref next, 1);
            case VectorKind.Bytes:
                return Copy(to, at, from, ref next, 16);
            case VectorKind.Plain:
                return at;
            default:
                throw new UnreachableException();
        }
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
