using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Code;

/// <summary>The integers that one side's addresses and lengths are: i32 or i64. Emits arithmetic on them.</summary>
internal readonly struct Ptr(bool is64)
{
    public bool Is64 { get; } = is64;

    /// <summary>Bytes of a pointer in memory. Spec: <c>ptr_size</c>.</summary>
    public uint Size => Is64 ? 8u : 4u;

    public CoreValType Type => Is64 ? CoreValType.I64 : CoreValType.I32;

    /// <summary>An unsigned constant below 2^32.</summary>
    public void Const(FuncBuilder b, uint value)
    {
        if (Is64)
            b.I64(value);
        else
            b.I32((int)value);
    }

    public void Add(FuncBuilder b) => b.Op(Is64 ? PlainOp.I64Add : PlainOp.I32Add);

    public void Sub(FuncBuilder b) => b.Op(Is64 ? PlainOp.I64Sub : PlainOp.I32Sub);

    public void Mul(FuncBuilder b) => b.Op(Is64 ? PlainOp.I64Mul : PlainOp.I32Mul);

    public void Shl(FuncBuilder b) => b.Op(Is64 ? PlainOp.I64Shl : PlainOp.I32Shl);

    public void ShrU(FuncBuilder b) => b.Op(Is64 ? PlainOp.I64ShrU : PlainOp.I32ShrU);

    public void And(FuncBuilder b) => b.Op(Is64 ? PlainOp.I64And : PlainOp.I32And);

    public void Or(FuncBuilder b) => b.Op(Is64 ? PlainOp.I64Or : PlainOp.I32Or);

    public void Xor(FuncBuilder b) => b.Op(Is64 ? PlainOp.I64Xor : PlainOp.I32Xor);

    public void Ne(FuncBuilder b) => b.Op(Is64 ? PlainOp.I64Ne : PlainOp.I32Ne);

    public void Eq(FuncBuilder b) => b.Op(Is64 ? PlainOp.I64Eq : PlainOp.I32Eq);

    public void GtU(FuncBuilder b) => b.Op(Is64 ? PlainOp.I64GtU : PlainOp.I32GtU);

    public void GeU(FuncBuilder b) => b.Op(Is64 ? PlainOp.I64GeU : PlainOp.I32GeU);

    public void Eqz(FuncBuilder b) => b.Op(Is64 ? PlainOp.I64Eqz : PlainOp.I32Eqz);

    public void LtU(FuncBuilder b) => b.Op(Is64 ? PlainOp.I64LtU : PlainOp.I32LtU);

    /// <summary>Makes a condition of a value: i32, zero where the value is.</summary>
    public void ToBool(FuncBuilder b)
    {
        if (!Is64)
            return;
        b.I64(0);
        b.Op(PlainOp.I64Ne);
    }

    /// <summary>Makes an i64 of a value, unsigned.</summary>
    public void ToI64(FuncBuilder b)
    {
        if (!Is64)
            b.Op(PlainOp.I64ExtendI32U);
    }

    /// <summary>Makes another side's integer of a value that was checked to be below 2^32.</summary>
    public void ConvertTo(FuncBuilder b, Ptr other)
    {
        if (Is64 && !other.Is64)
            b.Op(PlainOp.I32WrapI64);
        else if (!Is64 && other.Is64)
            b.Op(PlainOp.I64ExtendI32U);
    }

    /// <summary>Multiplies by a constant: by shifting where that does it.</summary>
    public void MulConst(FuncBuilder b, uint factor)
    {
        if (factor == 1)
            return;
        if (System.Numerics.BitOperations.IsPow2(factor))
        {
            Const(b, (uint)System.Numerics.BitOperations.Log2(factor));
            Shl(b);
        }
        else
        {
            Const(b, factor);
            Mul(b);
        }
    }

    public MemoryOp LoadOp => Is64 ? MemoryOp.I64Load : MemoryOp.I32Load;

    public MemoryOp StoreOp => Is64 ? MemoryOp.I64Store : MemoryOp.I32Store;

    public byte AlignLog2 => Is64 ? (byte)3 : (byte)2;
}

/// <summary>Gives the sides of plans what emits arithmetic on their pointers.</summary>
internal static class SidePointers
{
    extension(Side side)
    {
        /// <summary>The integers that its addresses and lengths are.</summary>
        public Ptr Ptr => new(side.Is64);
    }
}
