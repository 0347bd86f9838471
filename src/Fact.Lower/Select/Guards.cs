using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Code;

namespace Fact.Lower.Select;

/// <summary>Checks that trap.</summary>
internal static class Guards
{
    /// <summary>Traps where the i32 on the stack is not zero. <code>(if (then unreachable))</code></summary>
    public static void TrapIf(Scope s, TrapCode code) => s.Code.TrapIf(code, s.Path);

    /// <summary>Debug builds: traps where an address is not a multiple of an alignment.</summary>
    public static void AssertAligned(Scope s, Side side, LocalId address, uint offset, byte alignLog2)
    {
        if (!s.Options.Assertions || alignLog2 == 0)
            return;
        var b = s.Code;
        b.Get(address);
        side.Ptr.Const(b, offset);
        side.Ptr.Add(b);
        side.Ptr.Const(b, (1u << alignLog2) - 1);
        side.Ptr.And(b);
        side.Ptr.ToBool(b);
        TrapIf(s, TrapCode.AssertPointerAligned);
    }
}
