using System.Collections.Generic;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Code;

namespace Fact.Lower.Select;

/// <summary>Reads and writes the flags of component instances. The instructions for an instance are made once.</summary>
internal sealed class InstanceFlagCode
{
    private readonly Dictionary<Import.InstanceFlags, (Instr Get, Instr Set)> known = new(ReferenceEqualityComparer.Instance);
    private readonly List<Import.InstanceFlags> used = [];

    /// <summary>Whether the code written since <see cref="Forget"/> reads or writes the flags of an instance.</summary>
    public bool IsUsed(Import.InstanceFlags flags) => used.Contains(flags);

    /// <summary>Begins anew.</summary>
    public void Forget() => used.Clear();

    /// <summary>Traps unless a flag is set.</summary>
    public void Require(Scope s, Import.InstanceFlags flags, InstanceFlag flag)
    {
        var b = s.Code;
        b.Emit(Access(flags).Get);
        b.I32((int)flag);
        b.Op(PlainOp.I32And);
        b.Op(PlainOp.I32Eqz);
        Guards.TrapIf(s, flag == InstanceFlag.MayLeave ? TrapCode.CannotLeave : TrapCode.CannotEnter);
    }

    public void Clear(FuncBuilder b, Import.InstanceFlags flags, InstanceFlag which)
    {
        var (get, set) = Access(flags);
        b.Emit(get);
        b.I32(~(int)which);
        b.Op(PlainOp.I32And);
        b.Emit(set);
    }

    public void Set(FuncBuilder b, Import.InstanceFlags flags, InstanceFlag which)
    {
        var (get, set) = Access(flags);
        b.Emit(get);
        b.I32((int)which);
        b.Op(PlainOp.I32Or);
        b.Emit(set);
    }

    private (Instr Get, Instr Set) Access(Import.InstanceFlags flags)
    {
        if (!used.Contains(flags))
            used.Add(flags);
        if (!known.TryGetValue(flags, out var access))
            known.Add(flags, access = (new Instr.Global(GlobalOp.Get, flags), new Instr.Global(GlobalOp.Set, flags)));
        return access;
    }
}
