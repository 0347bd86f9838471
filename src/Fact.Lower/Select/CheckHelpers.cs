using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Code;
using static Fact.Ir.CoreValType;

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
    private static readonly CoreFuncType Type32 = new([I32, I32, I32], []), Type64 = new([I64, I64, I64], []);

    public override SymbolicFunc Write(Scope s)
    {
        var b = s.Code;
        var ptr = side.Ptr;
        var type = side.Is64 ? Type64 : Type32;
        b.Start(type.Params.AsSpan(), "ptr", "mask", "bytes");
        LocalId address = new(0), mask = new(1), bytes = new(2);
        b.Get(address);
        b.Get(mask);
        Ranges.TrapIfUnaligned(s, ptr);
        Ranges.PushIsOutside(b, side, address, ByteCount.In(bytes));
        Guards.TrapIf(s, code);
        return b.Finish(Id, FuncRole.Helper, "check-range", type);
    }
}

/// <summary>
/// <code>
/// (func $reallocate (param $old ptr) (param $old_bytes ptr) (param $align ptr) (param $new_bytes ptr) (result ptr)
///   (ptr = (call $realloc old old_bytes align new_bytes))
///   (call $check-range ptr (align - 1) new_bytes)   ;; or what it does
///   ptr)
/// </code>
/// </summary>
internal sealed class ReallocateHelper(FuncId id, Side side, bool inlineChecks) : Helper(id)
{
    private static readonly CoreFuncType Type32 = new([I32, I32, I32, I32], [I32]), Type64 = new([I64, I64, I64, I64], [I64]);

    public override SymbolicFunc Write(Scope s)
    {
        var b = s.Code;
        var ptr = side.Ptr;
        var type = side.Is64 ? Type64 : Type32;
        b.Start(type.Params.AsSpan(), "old", "old_bytes", "align", "new_bytes");
        LocalId result = new(0), align = new(2), bytes = new(3);
        var call = Imports.Call(side.Realloc!);
        if (Ranges.NeedsBarrier(s, side))
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
        if (inlineChecks)
        {
            Ranges.TrapIfUnaligned(s, ptr);
            Ranges.PushIsOutside(b, side, result, ByteCount.In(bytes));
            Guards.TrapIf(s, TrapCode.AllocationOutOfBounds);
        }
        else
        {
            b.Get(bytes);
            s.Helpers.CheckRange(s, side, TrapCode.AllocationOutOfBounds);
        }
        b.Get(result);
        return b.Finish(Id, FuncRole.Helper, "reallocate", type);

        void Call()
        {
            for (int i = 0; i < type.Params.Length; i++)
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
    private static readonly CoreFuncType Type = new([I32], [I32]);

    public override SymbolicFunc Write(Scope s)
    {
        var b = s.Code;
        b.Start([I32], "char");
        b.Get(new(0));
        Ranges.PushIsNoChar(b);
        Guards.TrapIf(s, TrapCode.InvalidChar);
        b.Get(new(0));
        return b.Finish(Id, FuncRole.Helper, "check-char", Type);
    }
}
