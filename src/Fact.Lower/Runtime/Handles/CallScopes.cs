using Fact.Ir;
using static Fact.Ir.CoreValType;
using static Fact.Lower.Runtime.Handles.RuntimeLayout;

namespace Fact.Lower.Runtime.Handles;

/// <summary>Calls in progress, as far as borrows go. Spec: <c>Subtask.lenders</c> and <c>Task.num_borrows</c>, which a synchronous call can keep in one place.</summary>
internal sealed class CallScopes(RuntimeCode s, Blocks blocks, Entries entries)
{
    /// <summary>Writes <c>enter-call</c> and <c>exit-call</c>.</summary>
    public void Write()
    {
        WriteEnter();
        WriteExit();
    }

    /// <summary>The current call in a new local; traps where there is none.</summary>
    public LocalId Current(TrapCode none)
    {
        var b = s.Builder;
        s.Get(s.CurrentCall);
        var call = b.TeeNew(I32, "call");
        b.Op(PlainOp.I32Eqz);
        s.TrapIf(none);
        return call;
    }

    /// <summary>Lends a handle to a call until it ends. Spec: <c>add_lender</c>.</summary>
    public void Lend(Word instance, LocalId index, LocalId entry, LocalId call)
    {
        var b = s.Builder;
        s.Get(s.Lends);
        s.Get(s.MaxHandles);
        b.Op(PlainOp.I32GeU);
        s.TrapIf(TrapCode.TooManyLends);
        s.Change(s.Lends, 1);
        s.Change(entry, NumLends, 1);
        var lender = blocks.NewCell("lender");
        b.Get(lender);
        s.Load(call, Lenders);
        b.Access(MemoryOp.I32Store, new(Next, 2), s.Memory);
        s.Store(lender, LenderInstance, instance);
        s.Store(lender, LenderIndex, index);
        s.Store(call, Lenders, lender);
    }

    private void WriteEnter()
    {
        var b = s.Builder;
        s.Start(CoreFuncType.Empty);
        var call = blocks.NewCell("call");
        b.Get(call);
        s.Get(s.CurrentCall);
        b.Access(MemoryOp.I32Store, new(Outer, 2), s.Memory);
        s.Store(call, NumBorrows, 0);
        s.Store(call, Lenders, 0);
        b.Get(call);
        s.Set(s.CurrentCall);
        s.Export("enter-call", CoreFuncType.Empty);
    }

    private void WriteExit()
    {
        var b = s.Builder;
        s.Start(CoreFuncType.Empty);
        var call = Current(TrapCode.NoCallToExit);
        s.Load(call, NumBorrows);
        s.TrapIf(TrapCode.BorrowsRemain);
        LocalId lender = b.Local(I32, "lender"), instance = b.Local(I32, "instance"), index = b.Local(I32, "index"), next = b.Local(I32, "next");
        s.Load(call, Lenders);
        b.Tee(lender);
        b.If(CoreFuncType.Empty);
        var loop = b.Loop(CoreFuncType.Empty);
        s.Load(lender, LenderInstance);
        b.Set(instance);
        s.Load(lender, LenderIndex);
        b.Set(index);
        entries.Address(instance, index);
        var entry = b.SetNew(I32, "entry");
        s.Change(entry, NumLends, -1);
        s.Change(s.Lends, -1);
        s.Load(lender, Next);
        b.Set(next);
        blocks.FreeCell(lender);
        b.Get(next);
        b.Tee(lender);
        b.Emit(Instr.BranchIf(loop));
        b.End();
        b.End();
        s.Load(call, Outer);
        s.Set(s.CurrentCall);
        blocks.FreeCell(call);
        s.Export("exit-call", CoreFuncType.Empty);
    }
}
