using Fact.Ir;
using static Fact.Ir.CoreValType;
using static Fact.Lower.Runtime.Handles.RuntimeLayout;

namespace Fact.Lower.Runtime.Handles;

/// <summary>The table of an instance. Index 0 is never used, the index freed last is given out first. Spec: <c>Table</c>.</summary>
internal sealed class Entries
{
    private readonly RuntimeCode s;
    private readonly Blocks blocks;
    private readonly uint maxIndex;
    private readonly FuncRef fail, grow;

    public Entries(RuntimeCode code, Blocks blocks, uint maxIndex)
    {
        (s, this.blocks, this.maxIndex) = (code, blocks, maxIndex);
        fail = WriteFail();
        grow = WriteGrow();
    }

    /// <summary>The address of the entry at an index, in a new local; traps unless it has a tag. Spec: <c>get</c>.</summary>
    /// <param name="instance">The address of the instance.</param>
    /// <param name="index">The index.</param>
    /// <param name="tag">The tag that it must have; never 0.</param>
    public LocalId Find(Word instance, LocalId index, Word tag)
    {
        var b = s.Builder;
        var entry = b.Local(I32, "entry");
        var found = b.Block(CoreFuncType.Empty);
        var wrong = b.Block(CoreFuncType.Empty);
        b.Get(index);
        s.Load(instance, Length);
        b.Op(PlainOp.I32GeU);
        b.Emit(Instr.BranchIf(wrong));
        Address(instance, index);
        b.Tee(entry);
        b.Access(MemoryOp.I32Load, new(Tag, 2), s.Memory);
        s.Push(tag);
        b.Op(PlainOp.I32Eq);
        b.Emit(Instr.BranchIf(found));
        b.End();
        s.Push(instance);
        b.Get(index);
        s.Push(tag);
        s.Call(fail);
        b.Emit(Instr.TrapWith(TrapCode.UnknownHandle));
        b.End();
        return entry;
    }

    /// <summary>A new entry; its index in a new local. Spec: <c>add</c>.</summary>
    /// <param name="instance">The address of the instance.</param>
    /// <param name="tag">Its tag.</param>
    /// <param name="scope">The call that it is lent to; 0 where it owns.</param>
    /// <param name="rep">The representation: an i32 or i64.</param>
    public LocalId Add(Word instance, Word tag, Word scope, LocalId rep)
    {
        var b = s.Builder;
        LocalId index = b.Local(I32, "index"), entry = b.Local(I32, "entry");
        s.Get(s.Handles);
        s.Get(s.MaxHandles);
        b.Op(PlainOp.I32GeU);
        s.TrapIf(TrapCode.TooManyHandles);
        s.Load(instance, Free);
        b.Tee(index);
        b.If(CoreFuncType.Empty);
        s.Push(instance);
        Address(instance, index);
        b.Tee(entry);
        b.Access(MemoryOp.I32Load, new(NextFree, 2), s.Memory);
        b.Access(MemoryOp.I32Store, new(Free, 2), s.Memory);
        b.Else();
        s.Load(instance, Length);
        b.Tee(index);
        s.Load(instance, Room);
        b.Op(PlainOp.I32Eq);
        b.If(CoreFuncType.Empty);
        s.Push(instance);
        s.Call(grow);
        s.Load(instance, Length);
        b.Set(index);
        b.End();
        s.Push(instance);
        b.Get(index);
        b.I32(1);
        b.Op(PlainOp.I32Add);
        b.Access(MemoryOp.I32Store, new(Length, 2), s.Memory);
        Address(instance, index);
        b.Set(entry);
        b.End();
        s.Change(s.Handles, 1);
        s.Store(entry, Tag, tag);
        s.Store(entry, BorrowScope, scope);
        s.Store(entry, NumLends, 0);
        s.StoreRep(entry, rep);
        return index;
    }

    /// <summary>Frees what <see cref="Find"/> found. Spec: <c>remove</c>.</summary>
    public void Remove(Word instance, LocalId index, LocalId entry)
    {
        var b = s.Builder;
        s.Store(entry, Tag, 0);
        b.Get(entry);
        s.Load(instance, Free);
        b.Access(MemoryOp.I32Store, new(NextFree, 2), s.Memory);
        s.Store(instance, Free, index);
        s.Change(s.Handles, -1);
    }

    /// <summary>Pushes the address of the entry at an index.</summary>
    public void Address(Word instance, LocalId index)
    {
        var b = s.Builder;
        s.Load(instance, FirstEntry);
        b.Get(index);
        b.I32(s.Layout.EntryLog2);
        b.Op(PlainOp.I32Shl);
        b.Op(PlainOp.I32Add);
    }

    /// <summary>Traps because an index has no entry, or one of another tag.</summary>
    private FuncRef WriteFail()
    {
        var b = s.Builder;

        // An engine may make one of two traps that follow each other, and then say the wrong reason.
        s.Start(CoreFuncType.Empty);
        b.Emit(Instr.TrapWith(TrapCode.WrongHandleType));
        var wrongType = s.Helper("wrong-type", CoreFuncType.Empty);

        var type = RuntimeCode.Type(3, 0);
        s.Start(type, "instance", "index", "expected");
        LocalId instance = new(0), index = new(1), expected = new(2), found = b.Local(I32, "found");
        b.Get(index);
        s.Set(s.FaultIndex);
        b.Get(expected);
        s.Set(s.FaultExpected);
        b.I32(0);
        s.Set(s.FaultFound);
        b.Get(index);
        s.Load(instance, Length);
        b.Op(PlainOp.I32LtU);
        b.If(CoreFuncType.Empty);
        Address(instance, index);
        b.Access(MemoryOp.I32Load, new(Tag, 2), s.Memory);
        b.Tee(found);
        s.Set(s.FaultFound);
        b.Get(found);
        b.If(CoreFuncType.Empty);
        s.Call(wrongType);
        b.End();
        b.End();
        b.Emit(Instr.TrapWith(TrapCode.UnknownHandle));
        return s.Helper("wrong-handle", type);
    }

    /// <summary>Makes room for at least one more index of an instance, and for index 0 the first time.</summary>
    private FuncRef WriteGrow()
    {
        var b = s.Builder;
        int log2 = s.Layout.EntryLog2;
        var type = RuntimeCode.Type(1, 0);
        s.Start(type, "instance");
        LocalId instance = new(0), capacity = b.Local(I32, "capacity"), old = b.Local(I32, "old"), grown = b.Local(I32, "grown"), list = b.Local(I32, "list");
        s.Load(instance, Room);
        b.Tee(capacity);
        b.Op(PlainOp.I32Eqz);
        b.If(CoreFuncType.Empty);
        b.I32(log2 + FirstCapacityLog2);
        blocks.Allocate();
        b.Set(grown);
        s.Store(grown, Tag, 0);
        s.Store(instance, FirstEntry, grown);
        s.Store(instance, Length, 1);
        s.Store(instance, Room, 1 << FirstCapacityLog2);
        b.Op(PlainOp.Return);
        b.End();

        b.Get(capacity);
        b.I32((int)maxIndex);
        b.Op(PlainOp.I32GtU);
        s.TrapIf(TrapCode.NoHandleIndex);
        b.Get(capacity);
        b.I32(1 << (31 - log2));
        b.Op(PlainOp.I32GeU);
        s.TrapIf(TrapCode.NoHandleMemory);
        s.Load(instance, FirstEntry);
        b.Set(old);
        SizeLog2();
        b.I32(1);
        b.Op(PlainOp.I32Add);
        blocks.Allocate();
        b.Tee(grown);
        b.Get(old);
        b.Get(capacity);
        b.I32(log2);
        b.Op(PlainOp.I32Shl);
        b.Emit(new Instr.MemoryCopy(s.Memory, s.Memory));

        // The old block is the first free one of its size.
        SizeLog2();
        b.I32(2);
        b.Op(PlainOp.I32Shl);
        b.Set(list);
        b.Get(old);
        s.Load(list, FreeBlocks);
        b.Access(MemoryOp.I32Store, new(0, 2), s.Memory);
        s.Store(list, FreeBlocks, old);
        s.Store(instance, FirstEntry, grown);
        b.Get(instance);
        b.Get(capacity);
        b.I32(1);
        b.Op(PlainOp.I32Shl);
        b.Access(MemoryOp.I32Store, new(Room, 2), s.Memory);
        return s.Helper("grow", type);

        // The size of the block that the instance has, as a power of two.
        void SizeLog2()
        {
            b.Get(capacity);
            b.Op(PlainOp.I32Ctz);
            b.I32(log2);
            b.Op(PlainOp.I32Add);
        }
    }
}
