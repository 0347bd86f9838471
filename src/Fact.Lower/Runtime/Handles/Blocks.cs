using Fact.Ir;
using static Fact.Ir.CoreValType;
using static Fact.Lower.Runtime.Handles.RuntimeLayout;

namespace Fact.Lower.Runtime.Handles;

/// <summary>Memory in blocks of a power of two: those that are given back are given out again, and what is new lies behind all others.</summary>
internal sealed class Blocks
{
    private readonly RuntimeCode s;
    private readonly FuncRef allocate, newCell;

    public Blocks(RuntimeCode code)
    {
        s = code;
        allocate = WriteAllocate();
        newCell = WriteNewCell();
    }

    /// <summary>Pushes the address of a block whose size, as a power of two, is on the stack; its bytes may be any.</summary>
    public void Allocate() => s.Call(allocate);

    /// <summary>Takes a call or lender into a new local; its bytes may be any.</summary>
    public LocalId NewCell(string name)
    {
        var b = s.Builder;
        var cell = b.Local(I32, name);
        s.Get(s.FreeCell);
        b.Tee(cell);
        b.If(CoreFuncType.Empty);
        s.Load(cell, Next);
        s.Set(s.FreeCell);
        b.Else();
        s.Call(newCell);
        b.Set(cell);
        b.End();
        return cell;
    }

    /// <summary>Gives a call or lender back.</summary>
    public void FreeCell(LocalId cell)
    {
        var b = s.Builder;
        b.Get(cell);
        s.Get(s.FreeCell);
        b.Access(MemoryOp.I32Store, new(Next, 2), s.Memory);
        b.Get(cell);
        s.Set(s.FreeCell);
    }

    private FuncRef WriteNewCell()
    {
        var type = RuntimeCode.Type(0, 1);
        s.Start(type);
        s.Builder.I32(CellLog2);
        s.Call(allocate);
        return s.Helper("new-cell", type);
    }

    private FuncRef WriteAllocate()
    {
        var b = s.Builder;
        var type = RuntimeCode.Type(1, 1);
        s.Start(type, "log2");
        LocalId log2 = new(0), list = b.Local(I32, "list"), block = b.Local(I32, "block"), end = b.Local(I32, "end"), pages = b.Local(I32, "pages");
        b.Get(log2);
        b.I32(2);
        b.Op(PlainOp.I32Shl);
        b.Set(list);
        s.Load(list, FreeBlocks);
        b.Tee(block);
        b.If(CoreFuncType.Empty);
        b.Get(list);
        s.Load(block, 0);
        b.Access(MemoryOp.I32Store, new(FreeBlocks, 2), s.Memory);
        b.Get(block);
        b.Op(PlainOp.Return);
        b.End();
        s.Get(s.Top);
        b.Tee(block);
        b.I32(1);
        b.Get(log2);
        b.Op(PlainOp.I32Shl);
        b.Op(PlainOp.I32Add);
        b.Tee(end);
        b.Get(block);
        b.Op(PlainOp.I32LeU);
        s.TrapIf(TrapCode.NoHandleMemory);
        b.Get(end);
        b.I32(1);
        b.Op(PlainOp.I32Sub);
        b.I32(16);
        b.Op(PlainOp.I32ShrU);
        b.I32(1);
        b.Op(PlainOp.I32Add);
        b.Emit(new Instr.MemorySize(s.Memory));
        b.Op(PlainOp.I32Sub);
        b.Tee(pages);
        b.I32(0);
        b.Op(PlainOp.I32GtS);
        b.If(CoreFuncType.Empty);
        b.Get(pages);
        b.Emit(new Instr.MemoryGrow(s.Memory));
        b.I32(-1);
        b.Op(PlainOp.I32Eq);
        s.TrapIf(TrapCode.NoHandleMemory);
        b.End();
        b.Get(end);
        s.Set(s.Top);
        b.Get(block);
        return s.Helper("allocate", type);
    }
}
