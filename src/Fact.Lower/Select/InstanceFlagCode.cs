using System.Collections.Generic;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Code;

namespace Fact.Lower.Select;

/// <summary>Reads and writes the flags of component instances, and keeps in mind of which.</summary>
internal sealed class InstanceFlagCode
{
    private readonly List<Import.InstanceFlags> used = [];

    /// <summary>Whether the code written since <see cref="Forget"/> reads or writes the flags of an instance.</summary>
    public bool IsUsed(Import.InstanceFlags flags) => used.Contains(flags);

    /// <summary>Begins anew.</summary>
    public void Forget() => used.Clear();

    /// <summary>Traps unless a flag is set.</summary>
    public void Require(Scope s, Import.InstanceFlags flags, InstanceFlag flag)
    {
        var b = s.Code;
        Read(b, flags);
        b.I32((int)flag);
        b.Op(PlainOp.I32And);
        b.Op(PlainOp.I32Eqz);
        Guards.TrapIf(s, flag == InstanceFlag.MayLeave ? TrapCode.CannotLeave : TrapCode.CannotEnter);
    }

    public void Clear(FuncBuilder b, Import.InstanceFlags flags, InstanceFlag which)
    {
        Read(b, flags);
        b.I32(~(int)which);
        b.Op(PlainOp.I32And);
        b.Global(GlobalOp.Set, flags);
    }

    public void Set(FuncBuilder b, Import.InstanceFlags flags, InstanceFlag which)
    {
        Read(b, flags);
        b.I32((int)which);
        b.Op(PlainOp.I32Or);
        b.Global(GlobalOp.Set, flags);
    }

    private void Read(FuncBuilder b, Import.InstanceFlags flags)
    {
        if (!used.Contains(flags))
            used.Add(flags);
        b.Global(GlobalOp.Get, flags);
    }
}
