using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Code;

namespace Fact.Lower.Select;

/// <summary>How many bytes something has: a constant below 2^32, or what a local of the pointer type of its side holds.</summary>
internal readonly struct ByteCount
{
    private readonly LocalId local;
    private readonly uint constant;
    private readonly bool isConstant;

    private ByteCount(LocalId local, uint constant, bool isConstant) => (this.local, this.constant, this.isConstant) = (local, constant, isConstant);

    public static ByteCount Of(uint bytes) => new(default, bytes, true);

    public static ByteCount In(LocalId local) => new(local, 0, false);

    public void Push(FuncBuilder b, Ptr ptr)
    {
        if (isConstant)
            ptr.Const(b, constant);
        else
            b.Get(local);
    }

    /// <summary>Pushes it as an i64.</summary>
    public void PushI64(FuncBuilder b, Ptr ptr)
    {
        if (isConstant)
        {
            b.Emit(Instr.Const((long)constant));
            return;
        }
        b.Get(local);
        ptr.ToI64(b);
    }
}

/// <summary>
/// Checks of ranges of memories, and of what allocators return, written out where the plan has them so and else called. Spec: <c>reallocate</c>, and the bounds and
/// alignment traps of <c>load_list_from_range</c> and its kin.
/// </summary>
internal static class Ranges
{
    /// <summary>
    /// Traps unless so many bytes are in the memory of a side at an address that is aligned.
    /// <code>
    /// (if (ptr &amp; (align - 1)) (then unreachable))
    /// (if (ptr + bytes &gt; memory.size in bytes) (then unreachable))   ;; in 64 bits, without overflow
    /// </code>
    /// </summary>
    public static void Check(Scope s, Side side, LocalId address, uint alignment, in ByteCount bytes, TrapCode code)
    {
        var b = s.Code;
        var ptr = side.Ptr;
        if (!s.InlineChecks)
        {
            b.Get(address);
            ptr.Const(b, alignment - 1);
            bytes.Push(b, ptr);
            s.Helpers.CheckRange(s, side, code);
            return;
        }
        if (alignment > 1)
        {
            b.Get(address);
            ptr.Const(b, alignment - 1);
            TrapIfUnaligned(s, ptr);
        }
        PushIsOutside(b, side, address, bytes);
        Guards.TrapIf(s, code);
    }

    /// <summary>Takes an address and a mask off the stack, and traps where they have a bit in common.</summary>
    public static void TrapIfUnaligned(Scope s, Ptr ptr)
    {
        ptr.And(s.Code);
        ptr.ToBool(s.Code);
        Guards.TrapIf(s, TrapCode.UnalignedPointer);
    }

    /// <summary>Pushes whether some of so many bytes at an address are not in the memory of a side.</summary>
    public static void PushIsOutside(FuncBuilder b, Side side, LocalId address, in ByteCount bytes)
    {
        var ptr = side.Ptr;
        if (ptr.Is64)
        {
            PushMemoryBytes(b, side);
            var size = b.TeeNew(CoreValType.I64, "size");
            bytes.Push(b, ptr);
            b.Op(PlainOp.I64LtU);
            b.Get(address);
            b.Get(size);
            bytes.Push(b, ptr);
            b.Op(PlainOp.I64Sub);
            b.Op(PlainOp.I64GtU);
            b.Op(PlainOp.I32Or);
            return;
        }
        b.Get(address);
        ptr.ToI64(b);
        bytes.PushI64(b, ptr);
        b.Op(PlainOp.I64Add);
        PushMemoryBytes(b, side);
        b.Op(PlainOp.I64GtU);
    }

    /// <summary>Allocates so many bytes; pushes what the allocator of the side returned, checked. Spec: <c>allocate</c>.</summary>
    public static void Allocate(Scope s, Side side, uint alignment, in ByteCount bytes)
    {
        var b = s.Code;
        var ptr = side.Ptr;
        ptr.Const(b, 0);
        ptr.Const(b, 0);
        ptr.Const(b, alignment);
        Reallocate(s, side, alignment, bytes);
    }

    /// <summary>
    /// Takes <c>(old old_bytes align)</c> off the stack, of which the last is the alignment; pushes what the allocator of the side returned, checked. Where exceptions
    /// must still be caught, that takes too much code to be written out. Spec: <c>reallocate</c>.
    /// </summary>
    public static void Reallocate(Scope s, Side side, uint alignment, in ByteCount bytes)
    {
        var b = s.Code;
        bytes.Push(b, side.Ptr);
        if (!s.InlineChecks || (NeedsBarrier(s, side) && !s.IsGuarded))
        {
            s.Helpers.Reallocate(s, side);
            return;
        }
        b.Emit(Imports.Call(side.Realloc!));
        var address = b.SetNew(side.Ptr.Type, "allocated");
        Check(s, side, address, alignment, bytes, TrapCode.AllocationOutOfBounds);
        b.Get(address);
    }

    /// <summary>Whether an exception of the allocator of a side must become a trap.</summary>
    public static bool NeedsBarrier(Scope s, Side side) => s.Options.ExceptionBarrier && !side.ReallocThrowsNothing;

    /// <summary>Traps unless the i32 on the stack, which stays there, is a Unicode scalar value. Spec: <c>convert_i32_to_char</c>.</summary>
    public static void CheckChar(Scope s)
    {
        if (!s.InlineChecks)
        {
            s.Helpers.CheckChar(s);
            return;
        }
        var b = s.Code;
        var value = b.TeeNew(CoreValType.I32, "char");
        PushIsNoChar(b);
        Guards.TrapIf(s, TrapCode.InvalidChar);
        b.Get(value);
    }

    /// <summary>Pushes whether the i32 on the stack is no Unicode scalar value: in numbers without sign, surrogates wrap around.</summary>
    public static void PushIsNoChar(FuncBuilder b)
    {
        b.I32(0xD800);
        b.Op(PlainOp.I32Xor);
        b.I32(0x800);
        b.Op(PlainOp.I32Sub);
        b.I32(0x110000 - 0x800);
        b.Op(PlainOp.I32GeU);
    }

    private static void PushMemoryBytes(FuncBuilder b, Side side)
    {
        b.Emit(new Instr.MemorySize(side.Memory!));
        side.Ptr.ToI64(b);
        int log2 = side.Memory!.Type.PageSizeLog2;
        if (log2 == 0)
            return;
        b.Emit(Instr.Const((long)log2));
        b.Op(PlainOp.I64Shl);
    }
}
