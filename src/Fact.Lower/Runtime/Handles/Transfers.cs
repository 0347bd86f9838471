using Fact.Ir;
using static Fact.Ir.CoreValType;
using static Fact.Lower.Runtime.Handles.RuntimeLayout;

namespace Fact.Lower.Runtime.Handles;

/// <summary>Handles that pass between components, and between a component and the host. Tables are numbers that the code finds out about.</summary>
internal sealed class Transfers(RuntimeCode s, Entries entries, CallScopes calls, uint tables)
{
    /// <summary>Writes <c>transfer-own</c> and <c>transfer-borrow</c>, and the halves of each for the host.</summary>
    public void Write()
    {
        WriteTransferOwn();
        WriteTransferBorrow();
        WriteLift("lift-own");
        WriteLift("lift-borrow");
        WriteLower("lower-own");
        WriteLower("lower-borrow");
    }

    /// <summary>A table: its instance and its resource type, whose addresses are in new locals.</summary>
    private (LocalId Instance, LocalId Resource) Table(LocalId table)
    {
        var b = s.Builder;
        b.Get(table);
        b.I32((int)tables);
        b.Op(PlainOp.I32GeU);
        s.TrapIf(TrapCode.UnknownTable);
        b.Get(table);
        b.I32((int)TableLog2);
        b.Op(PlainOp.I32Shl);
        var at = b.SetNew(I32, "at");
        return (s.Loaded(at, s.Layout.Tables + TableInstance, "instance"), s.Loaded(at, s.Layout.Tables + TableResource, "resource"));
    }

    /// <summary>Takes a handle out of a table. Spec: <c>lift_own</c>.</summary>
    private LocalId LiftOwn(LocalId index, LocalId table)
    {
        var b = s.Builder;
        var (instance, resource) = Table(table);
        var entry = entries.Find(instance, index, s.Loaded(resource, TypeTag, "tag"));
        s.Load(entry, NumLends);
        s.TrapIf(TrapCode.HandleIsLent);
        s.Load(entry, BorrowScope);
        s.TrapIf(TrapCode.HandleIsBorrowed);
        s.LoadRep(entry, RepType);
        var rep = b.SetNew(RepType, "rep");
        entries.Remove(instance, index, entry);
        return rep;
    }

    /// <summary>Lends a handle to the current call. Spec: <c>lift_borrow</c>.</summary>
    private LocalId LiftBorrow(LocalId index, LocalId table, LocalId call)
    {
        var (instance, resource) = Table(table);
        var entry = entries.Find(instance, index, s.Loaded(resource, TypeTag, "tag"));
        calls.Lend(instance, index, entry, call);
        s.LoadRep(entry, RepType);
        return s.Builder.SetNew(RepType, "rep");
    }

    /// <summary>Pushes the index of a new owned handle. Spec: <c>lower_own</c>.</summary>
    private void LowerOwn(LocalId rep, LocalId table)
    {
        var (instance, resource) = Table(table);
        s.Builder.Get(entries.Add(instance, s.Loaded(resource, TypeTag, "tag"), 0, rep));
    }

    /// <summary>Pushes the index of a new handle that is lent to the current call; to the definer of the resource type its representation. Spec:
    /// <c>lower_borrow</c>.</summary>
    private void LowerBorrow(LocalId rep, LocalId table, LocalId call)
    {
        var b = s.Builder;
        var (instance, resource) = Table(table);
        s.Load(resource, Definer);
        b.Get(instance);
        b.Op(PlainOp.I32Eq);
        b.If(RuntimeCode.Type(0, 1));
        b.Get(rep);
        if (b.TypeOf(rep) == I64)
            b.Op(PlainOp.I32WrapI64);
        b.Else();
        var index = entries.Add(instance, s.Loaded(resource, TypeTag, "tag"), call, rep);
        s.Change(call, NumBorrows, 1);
        b.Get(index);
        b.End();
    }

    private CoreValType RepType => s.Layout.Wide ? I64 : I32;

    private void WriteTransferOwn()
    {
        var type = RuntimeCode.Type(3, 1);
        s.Start(type, "index", "from", "to");
        LowerOwn(LiftOwn(new(0), new(1)), new(2));
        s.Export("transfer-own", type);
    }

    private void WriteTransferBorrow()
    {
        var type = RuntimeCode.Type(3, 1);
        s.Start(type, "index", "from", "to");
        var call = calls.Current(TrapCode.NoCallToLendTo);
        LowerBorrow(LiftBorrow(new(0), new(1), call), new(2), call);
        s.Export("transfer-borrow", type);
    }

    private void WriteLift(string name)
    {
        var b = s.Builder;
        var type = new CoreFuncType([I32, I32], [I64]);
        s.Start(type, "index", "table");
        var rep = name == "lift-own" ? LiftOwn(new(0), new(1)) : LiftBorrow(new(0), new(1), calls.Current(TrapCode.NoCallToLendTo));
        b.Get(rep);
        if (RepType == I32)
            b.Op(PlainOp.I64ExtendI32U);
        s.Export(name, type);
    }

    private void WriteLower(string name)
    {
        var type = new CoreFuncType([I64, I32], [I32]);
        s.Start(type, "rep", "table");
        if (name == "lower-own")
            LowerOwn(new(0), new(1));
        else
            LowerBorrow(new(0), new(1), calls.Current(TrapCode.NoCallToLendTo));
        s.Export(name, type);
    }
}
