using System.Diagnostics;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Code;

namespace Fact.Lower.Select;

/// <summary>Moves single core values between places and the operand stack, with the conversions of joined slots. Spec: <c>lift_flat_variant</c>,
/// <c>lower_flat_variant</c>.</summary>
internal static class Operand
{
    /// <summary>Pushes the core value of a source: loads it, or gets its slot as the type that is wanted.</summary>
    public static void Push(Scope s, in Source source, MemoryOp load, byte alignLog2, CoreValType want)
    {
        if (source.InMemory)
        {
            Guards.AssertAligned(s, source.Side, source.Address, source.Offset, alignLog2);
            s.Code.Get(source.Address);
            s.Access(load, source.Side, source.Offset, alignLog2);
        }
        else
        {
            PushSlot(s, source.Slots![source.First], want);
        }
    }

    /// <summary>Pushes a slot of a flat value as the type that is wanted.</summary>
    public static void PushSlot(Scope s, LocalId slot, CoreValType want)
    {
        var b = s.Code;
        var have = b.TypeOf(slot);
        b.Get(slot);
        if (have == want)
            return;
        switch (have, want)
        {
            case (CoreValType.I32, CoreValType.F32):
                b.Op(PlainOp.F32ReinterpretI32);
                break;
            case (CoreValType.I64, CoreValType.F64):
                b.Op(PlainOp.F64ReinterpretI64);
                break;
            case (CoreValType.I64, CoreValType.I32):
                AssertUpperBitsUnset(s, slot);
                b.Op(PlainOp.I32WrapI64);
                break;
            case (CoreValType.I64, CoreValType.F32):
                AssertUpperBitsUnset(s, slot);
                b.Op(PlainOp.I32WrapI64);
                b.Op(PlainOp.F32ReinterpretI32);
                break;
            default:
                throw new UnreachableException($"a slot of type {have} cannot carry {want}");
        }
    }

    /// <summary>Before the value of a store is pushed: its address. Nothing for the operand stack.</summary>
    public static void Begin(Scope s, in Target target, byte alignLog2)
    {
        if (!target.InMemory)
            return;
        Guards.AssertAligned(s, target.Side, target.Address, target.Offset, alignLog2);
        s.Code.Get(target.Address);
    }

    /// <summary>After the value was pushed: stores it, or makes it as wide as its slot.</summary>
    public static void End(Scope s, in Target target, MemoryOp store, byte alignLog2, CoreValType have)
    {
        if (target.InMemory)
            s.Access(store, target.Side, target.Offset, alignLog2);
        else
            Widen(s, have, target.Slots[target.First]);
    }

    /// <summary>Makes the value on the stack as wide as a joined slot.</summary>
    public static void Widen(Scope s, CoreValType have, CoreValType slot)
    {
        if (have == slot)
            return;
        var b = s.Code;
        switch (have, slot)
        {
            case (CoreValType.F32, CoreValType.I32):
                b.Op(PlainOp.I32ReinterpretF32);
                break;
            case (CoreValType.I32, CoreValType.I64):
                b.Op(PlainOp.I64ExtendI32U);
                break;
            case (CoreValType.F32, CoreValType.I64):
                b.Op(PlainOp.I32ReinterpretF32);
                b.Op(PlainOp.I64ExtendI32U);
                break;
            case (CoreValType.F64, CoreValType.I64):
                b.Op(PlainOp.I64ReinterpretF64);
                break;
            default:
                throw new UnreachableException($"a slot of type {slot} cannot carry {have}");
        }
    }

    /// <summary>Pushes a zero: an unused slot.</summary>
    public static void Zero(Scope s, CoreValType slot)
    {
        switch (slot)
        {
            case CoreValType.I32:
                s.Code.I32(0);
                break;
            case CoreValType.I64:
                s.Code.I64(0);
                break;
            case CoreValType.F32:
                s.Code.Emit(ZeroF32);
                break;
            case CoreValType.F64:
                s.Code.Emit(ZeroF64);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static readonly Instr ZeroF32 = new Instr.F32Const(0);
    private static readonly Instr ZeroF64 = new Instr.F64Const(0);

    private static void AssertUpperBitsUnset(Scope s, LocalId slot)
    {
        if (!s.Options.Assertions)
            return;
        var b = s.Code;
        b.Get(slot);
        b.I64(32);
        b.Op(PlainOp.I64ShrU);
        b.Op(PlainOp.I32WrapI64);
        Guards.TrapIf(s, TrapCode.AssertUpperBitsUnset);
    }
}
