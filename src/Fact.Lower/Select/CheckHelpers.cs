using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Code;

namespace Fact.Lower.Select;

/// <summary>
/// <code>
/// (func $check-range (param $ptr ptr) (param $mask ptr) (param $bytes ptr)
///   (if (ptr &amp; mask) (then unreachable))
///   (if (ptr + bytes &gt; memory.size in bytes) (then unreachable)))   ;; in 64 bits, without overflow
/// </code>
/// </summary>
internal sealed class CheckRangeHelper(FuncId id, Side side, TrapCode code) : Helper(id)
{
    public override SymbolicFunc Write(Scope s)
    {
        var b = s.Code;
        var ptr = side.Ptr;
        CoreValType[] parameters = [ptr.Type, ptr.Type, ptr.Type];
        b.Start(parameters, "ptr", "mask", "bytes");
        LocalId address = new(0), mask = new(1), bytes = new(2);
        b.Get(address);
        b.Get(mask);
        ptr.And(b);
        ptr.ToBool(b);
        Guards.TrapIf(s, TrapCode.UnalignedPointer);
        if (ptr.Is64)
        {
            MemoryBytes(b);
            var size = b.TeeNew(CoreValType.I64, "size");
            b.Get(bytes);
            b.Op(PlainOp.I64LtU);
            b.Get(address);
            b.Get(size);
            b.Get(bytes);
            b.Op(PlainOp.I64Sub);
            b.Op(PlainOp.I64GtU);
            b.Op(PlainOp.I32Or);
        }
        else
        {
            b.Get(address);
            ptr.ToI64(b);
            b.Get(bytes);
            ptr.ToI64(b);
            b.Op(PlainOp.I64Add);
            MemoryBytes(b);
            b.Op(PlainOp.I64GtU);
        }
        Guards.TrapIf(s, code);
        return b.Finish(Id, FuncRole.Helper, "check-range", new(EquatableArray.Create<CoreValType>(parameters), []));
    }

    private void MemoryBytes(FuncBuilder b)
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

/// <summary>
/// <code>
/// (func $reallocate (param $old ptr) (param $old_bytes ptr) (param $align ptr) (param $new_bytes ptr) (result ptr)
///   (ptr = (call $realloc old old_bytes align new_bytes))
///   (call $check-range ptr (align - 1) new_bytes)
///   ptr)
/// </code>
/// </summary>
internal sealed class ReallocateHelper(FuncId id, Side side) : Helper(id)
{
    public override SymbolicFunc Write(Scope s)
    {
        var b = s.Code;
        var ptr = side.Ptr;
        CoreValType[] parameters = [ptr.Type, ptr.Type, ptr.Type, ptr.Type];
        b.Start(parameters, "old", "old_bytes", "align", "new_bytes");
        LocalId result = new(0), align = new(2), bytes = new(3);
        var call = Imports.Call(side.Realloc!);
        if (s.Options.ExceptionBarrier)
        {
            var labels = Barrier.Begin(b);
            Call();
            Barrier.End(b, labels);
        }
        else
        {
            Call();
        }
        b.Get(result);
        b.Get(align);
        ptr.Const(b, 1);
        ptr.Sub(b);
        b.Get(bytes);
        s.Helpers.CheckRange(s, side, TrapCode.AllocationOutOfBounds);
        b.Get(result);
        return b.Finish(Id, FuncRole.Helper, "reallocate", new(EquatableArray.Create<CoreValType>(parameters), [ptr.Type]));

        void Call()
        {
            for (int i = 0; i < parameters.Length; i++)
                b.Get(new(i));
            b.Emit(call);
            b.Set(result);
        }
    }
}

/// <summary>
/// <code>
/// (func $check-char (param i32) (result i32)
///   (if ((char ^ 0xD800) - 0x800 &gt;= 0x110000 - 0x800) (then unreachable))   ;; unsigned: surrogates wrap around
///   char)
/// </code>
/// </summary>
internal sealed class CheckCharHelper(FuncId id) : Helper(id)
{
    private static readonly CoreFuncType Type = new([CoreValType.I32], [CoreValType.I32]);

    public override SymbolicFunc Write(Scope s)
    {
        var b = s.Code;
        b.Start([CoreValType.I32], "char");
        b.Get(new(0));
        b.I32(0xD800);
        b.Op(PlainOp.I32Xor);
        b.I32(0x800);
        b.Op(PlainOp.I32Sub);
        b.I32(0x110000 - 0x800);
        b.Op(PlainOp.I32GeU);
        Guards.TrapIf(s, TrapCode.InvalidChar);
        b.Get(new(0));
        return b.Finish(Id, FuncRole.Helper, "check-char", Type);
    }
}
