using System.Diagnostics;
using Fact.Ir;
using Fact.Lower.Abi;
using Fact.Lower.Code;

namespace Fact.Lower.Value;

/// <summary>Booleans, numbers, chars, flags and handles: values of one core value.</summary>
internal static class ScalarValues
{
    public static void Scalar(Scope s, PrimitiveType type, in Source source, in Target target)
    {
        if (IsSameFloat(s, type, source, target))
        {
            s.Code.Get(source.Slots![source.First]);
            return;
        }
        var (load, store, align, core) = Access(type);
        Operand.Begin(s, target, align);
        Operand.Push(s, source, load, align, core);
        Check(s, type, source.InMemory, target.InMemory);
        Operand.End(s, target, store, align, core);
    }

    /// <summary>Whether a float only changes from one slot to another of the same type, which may be an integer of its width: no conversion there and back.</summary>
    private static bool IsSameFloat(Scope s, PrimitiveType type, in Source source, in Target target)
    {
        if (source.InMemory || target.InMemory)
            return false;
        var slot = target.Slots![target.First];
        return s.Code.TypeOf(source.Slots![source.First]) == slot
            && (type == PrimitiveType.F64 || (type == PrimitiveType.F32 && slot != CoreValType.I64));
    }

    /// <summary>Unknown bits are cleared. Spec: <c>unpack_flags_from_int</c>.</summary>
    public static void Flags(Scope s, AbiType.Flags type, in Source source, in Target target)
    {
        int bits = type.Names.Length;
        var (load, store, align, core) = Access(bits <= 8 ? PrimitiveType.U8 : bits <= 16 ? PrimitiveType.U16 : PrimitiveType.U32);
        Operand.Begin(s, target, align);
        Operand.Push(s, source, load, align, core);
        bool exact = bits == 32 || (bits == 8 << align && (source.InMemory || target.InMemory));
        if (!exact)
        {
            s.Code.I32((int)((1L << bits) - 1));
            s.Code.Op(PlainOp.I32And);
        }
        Operand.End(s, target, store, align, core);
    }

    /// <summary>Moves a handle from one side's table to the other's. Spec: <c>lift_own</c> and <c>lower_own</c>, and their kin.</summary>
    public static void Handle(Scope s, AbiType.Handle from, in Source source, AbiType.Handle to, in Target target)
    {
        Operand.Begin(s, target, 2);
        Operand.Push(s, source, MemoryOp.I32Load, 2, CoreValType.I32);
        s.Code.I32((int)from.Table);
        s.Code.I32((int)to.Table);
        s.Code.Emit(Imports.Transfer(from.Kind));
        Operand.End(s, target, MemoryOp.I32Store, 2, CoreValType.I32);
    }

    /// <summary>What the value on the stack must become or be. What a narrow store drops need not be dropped before.</summary>
    private static void Check(Scope s, PrimitiveType type, bool fromMemory, bool toMemory)
    {
        var b = s.Code;
        switch (type)
        {
            case PrimitiveType.Bool:
                b.I32(0);
                b.Op(PlainOp.I32Ne);
                break;
            case PrimitiveType.U8 when !fromMemory && !toMemory:
                b.I32(0xFF);
                b.Op(PlainOp.I32And);
                break;
            case PrimitiveType.U16 when !fromMemory && !toMemory:
                b.I32(0xFFFF);
                b.Op(PlainOp.I32And);
                break;
            case PrimitiveType.S8 when !fromMemory && !toMemory:
                b.Op(PlainOp.I32Extend8S);
                break;
            case PrimitiveType.S16 when !fromMemory && !toMemory:
                b.Op(PlainOp.I32Extend16S);
                break;
            case PrimitiveType.Char:
                s.Helpers.CheckChar(s);
                break;
            case PrimitiveType.U8 or PrimitiveType.S8 or PrimitiveType.U16 or PrimitiveType.S16
                or PrimitiveType.U32 or PrimitiveType.S32 or PrimitiveType.U64 or PrimitiveType.S64
                or PrimitiveType.F32 or PrimitiveType.F64:
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static (MemoryOp Load, MemoryOp Store, byte AlignLog2, CoreValType Core) Access(PrimitiveType type) => type switch
    {
        PrimitiveType.Bool or PrimitiveType.U8 => (MemoryOp.I32Load8U, MemoryOp.I32Store8, 0, CoreValType.I32),
        PrimitiveType.S8 => (MemoryOp.I32Load8S, MemoryOp.I32Store8, 0, CoreValType.I32),
        PrimitiveType.U16 => (MemoryOp.I32Load16U, MemoryOp.I32Store16, 1, CoreValType.I32),
        PrimitiveType.S16 => (MemoryOp.I32Load16S, MemoryOp.I32Store16, 1, CoreValType.I32),
        PrimitiveType.U32 or PrimitiveType.S32 or PrimitiveType.Char => (MemoryOp.I32Load, MemoryOp.I32Store, 2, CoreValType.I32),
        PrimitiveType.U64 or PrimitiveType.S64 => (MemoryOp.I64Load, MemoryOp.I64Store, 3, CoreValType.I64),
        PrimitiveType.F32 => (MemoryOp.F32Load, MemoryOp.F32Store, 2, CoreValType.F32),
        PrimitiveType.F64 => (MemoryOp.F64Load, MemoryOp.F64Store, 3, CoreValType.F64),
        _ => throw new UnreachableException(),
    };
}
