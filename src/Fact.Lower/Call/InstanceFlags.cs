using Fact.Ir;
using Fact.Lower.Code;

namespace Fact.Lower.Call;

/// <summary>
/// The flags of one component instance: whether it may be left and, by the older rule of reentrance, entered. Spec: <c>ComponentInstance.may_leave</c>.
/// </summary>
internal sealed class InstanceFlags
{
    /// <summary>The bit that says that the instance may be left.</summary>
    public const int MayLeave = 1;

    /// <summary>The bit that says that the instance may be entered.</summary>
    public const int MayEnter = 2;

    private readonly Instr get, set;

    public InstanceFlags(InstanceId instance)
    {
        var import = new Import.InstanceFlags(instance);
        (Instance, Import) = (instance, import);
        (get, set) = (new Instr.Global(GlobalOp.Get, import), new Instr.Global(GlobalOp.Set, import));
    }

    public InstanceId Instance { get; }

    public Import Import { get; }

    /// <summary>Traps unless a bit is set.</summary>
    public void Require(Scope s, int bit, TrapCode code)
    {
        Get(s);
        s.Code.I32(bit);
        s.Code.Op(PlainOp.I32And);
        s.Code.Op(PlainOp.I32Eqz);
        Guards.TrapIf(s, code);
    }

    /// <summary>Clears bits.</summary>
    public void Clear(Scope s, int bits)
    {
        Get(s);
        s.Code.I32(~bits);
        s.Code.Op(PlainOp.I32And);
        s.Code.Emit(set);
    }

    /// <summary>Sets bits.</summary>
    public void Set(Scope s, int bits)
    {
        Get(s);
        s.Code.I32(bits);
        s.Code.Op(PlainOp.I32Or);
        s.Code.Emit(set);
    }

    private void Get(Scope s)
    {
        s.FlagsInUse.Add(Instance);
        s.Code.Emit(get);
    }
}
