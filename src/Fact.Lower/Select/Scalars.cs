using System.Diagnostics;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Code;

namespace Fact.Lower.Select;

/// <summary>Booleans, numbers, chars, flags and handles: values of one core value.</summary>
internal static class Scalars
{
    public static void Scalar(Scope s, Copy.Scalar copy, in Source source, in Target target)
    {
        if (IsSameFloat(s, copy.Type, source, target))
        {
            s.Code.Get(source.Slots![source.First]);
            return;
        }
        var (load, store, align, core) = Access(copy.Type);
        Operand.Begin(s, target, align);
        Operand.Push(s, source, load, align, core);
        Check(s, copy);
        Operand.End(s, target, store, align, core);
    }

    /// <summary>Whether a float only changes from one slot to another of the same type, which may be an integer of its width: no conversion there and back.</summary>
    private static bool IsSameFloat(Scope s, PrimitiveType type, in Source source, in Target target)
    {
        if (source.InMemory || target.InMemory)
            return false;
        var slot = target.Slots[target.First];
        return s.Code.TypeOf(source.Slots![source.First]) == slot
            && (type == PrimitiveType.F64 || (type == PrimitiveType.F32 && slot != CoreValType.I64));
    }

    /// <summary>Unknown bits are cleared. Spec: <c>unpack_flags_from_int</c>.</summary>
    public static void Flags(Scope s, Copy.Flags copy, in Source source, in Target target)
    {
        var (load, store, align, core) = Access(copy.Layout.ElemSize switch { 1 => PrimitiveType.U8, 2 => PrimitiveType.U16, _ => PrimitiveType.U32 });
        Operand.Begin(s, target, align);
        Operand.Push(s, source, load, align, core);
        if (copy.Mask)
        {
            s.Code.I32((int)((1L << copy.Bits) - 1));
            s.Code.Op(PlainOp.I32And);
        }
        Operand.End(s, target, store, align, core);
    }

    /// <summary>Moves a handle from one side's table to the other's. Spec: <c>lift_own</c> and <c>lower_own</c>, and their kin.</summary>
    public static void Handle(Scope s, Copy.Handle copy, in Source source, in Target target)
    {
        Operand.Begin(s, target, 2);
        Operand.Push(s, source, MemoryOp.I32Load, 2, CoreValType.I32);
        s.Code.I32((int)copy.FromTable);
        s.Code.I32((int)copy.ToTable);
        s.Code.Emit(Imports.Transfer(copy.Kind));
        Operand.End(s, target, MemoryOp.I32Store, 2, CoreValType.I32);
    }

    /// <summary>What the value on the stack must become or be.</summary>
    private static void Check(Scope s, Copy.Scalar copy)
    {
        var b = s.Code;
        switch (copy.Check)
        {
            case ScalarCheck.None:
                break;
            case ScalarCheck.ToBool:
                b.I32(0);
                b.Op(PlainOp.I32Ne);
                break;
            case ScalarCheck.ZeroExtend:
                b.I32(copy.Type == PrimitiveType.U8 ? 0xFF : 0xFFFF);
                b.Op(PlainOp.I32And);
                break;
            case ScalarCheck.SignExtend:
                b.Op(copy.Type == PrimitiveType.S8 ? PlainOp.I32Extend8S : PlainOp.I32Extend16S);
                break;
            case ScalarCheck.CheckChar:
                Ranges.CheckChar(s);
                break;
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
