using System;

namespace Fact.Ir;

/// <summary>
/// An instruction before resolution: structured control owns its body, labels and locals are symbolic, functions are
/// named by <see cref="FuncId"/> and whatever is imported by the <see cref="Import"/> that says what it denotes.
/// </summary>
/// <remarks>They are for those who look at code, and for the rarer ones that write it: functions keep it in its compact form (<see cref="CompactCode"/>).</remarks>
internal closed record Instr
{
    private Instr()
    {
    }

    /// <summary>An instruction without immediates.</summary>
    public sealed record Plain(PlainOp Op) : Instr;

    /// <summary>Reads or writes a local.</summary>
    public sealed record Local(LocalOp Op, LocalId Id) : Instr;

    /// <summary><c>i32.const</c>.</summary>
    public sealed record I32Const(int Value) : Instr;

    /// <summary><c>i64.const</c>.</summary>
    public sealed record I64Const(long Value) : Instr;

    /// <summary><c>f32.const</c>, as bits: a NaN keeps its payload and −0 differs from 0.</summary>
    public sealed record F32Const(uint Bits) : Instr;

    /// <summary><c>f64.const</c>, as bits.</summary>
    public sealed record F64Const(ulong Bits) : Instr;

    /// <summary><c>v128.const</c>; the lowest byte is lane 0 of sixteen.</summary>
    public sealed record V128Const(UInt128 Bits) : Instr;

    /// <summary>Reads or replaces one lane of a vector.</summary>
    public sealed record Lane(LaneOp Op, byte Index) : Instr;

    /// <summary><c>i8x16.shuffle</c>; each byte, the lowest first, says which of the 32 lanes of the operands comes there.</summary>
    public sealed record Shuffle(UInt128 Lanes) : Instr;

    /// <summary>A load or store.</summary>
    public sealed record Memory(MemoryOp Op, MemArg Arg, IMemory Mem) : Instr;

    /// <summary><c>memory.size</c>, in pages.</summary>
    public sealed record MemorySize(IMemory Mem) : Instr;

    /// <summary>A load or store of one lane of a vector.</summary>
    public sealed record MemoryLane(MemoryLaneOp Op, MemArg Arg, byte Index, IMemory Mem) : Instr;

    /// <summary><c>memory.grow</c>, in pages.</summary>
    public sealed record MemoryGrow(IMemory Mem) : Instr;

    /// <summary><c>memory.fill</c>.</summary>
    public sealed record MemoryFill(IMemory Mem) : Instr;

    /// <summary><c>memory.copy</c>.</summary>
    public sealed record MemoryCopy(IMemory To, IMemory From) : Instr;

    /// <summary>Reads or writes a global.</summary>
    public sealed record Global(GlobalOp Op, IGlobal Item) : Instr;

    /// <summary><c>call</c>. The path says which part of the value a helper is called for; null where it was not asked for. A trap inside the helper is then at this
    /// path followed by its own.</summary>
    public sealed record Call(FuncRef Func, string? Path = null) : Instr;

    /// <summary><c>call_indirect</c>.</summary>
    public sealed record CallIndirect(CoreFuncType Type, OwnTable Table) : Instr;

    /// <summary><c>ref.func</c>; the function must be exported, which declares it.</summary>
    public sealed record RefFunc(FuncRef Func) : Instr;

    /// <summary><c>block</c>.</summary>
    public sealed record Block(CoreFuncType Type, LabelId Label, EquatableArray<Instr> Body) : Instr;

    /// <summary><c>loop</c>; a branch to the label starts it again.</summary>
    public sealed record Loop(CoreFuncType Type, LabelId Label, EquatableArray<Instr> Body) : Instr;

    /// <summary><c>if</c>; an empty <paramref name="Else"/> is not written.</summary>
    public sealed record If(CoreFuncType Type, LabelId Label, EquatableArray<Instr> Then, EquatableArray<Instr> Else) : Instr;

    /// <summary><c>try_table</c> with one <c>catch_all</c> clause, which branches to <paramref name="CatchAll"/>.</summary>
    public sealed record TryTable(CoreFuncType Type, LabelId Label, LabelId CatchAll, EquatableArray<Instr> Body) : Instr;

    /// <summary><c>br</c>.</summary>
    public sealed record Br(LabelId Label) : Instr;

    /// <summary><c>br_if</c>.</summary>
    public sealed record BrIf(LabelId Label) : Instr;

    /// <summary><c>br_table</c>.</summary>
    public sealed record BrTable(EquatableArray<LabelId> Labels, LabelId Default) : Instr;

    /// <summary><c>unreachable</c>, and why. The path says where in the value the check stands; null where it is not about a value or was not asked for.</summary>
    public sealed record Trap(TrapCode Code, string? Path) : Instr;

    /// <summary>An instruction without immediates.</summary>
    public static Instr Of(PlainOp op) => new Plain(op);

    /// <summary><c>local.get</c>.</summary>
    public static Instr Get(LocalId id) => new Local(LocalOp.Get, id);

    /// <summary><c>local.set</c>.</summary>
    public static Instr Set(LocalId id) => new Local(LocalOp.Set, id);

    /// <summary><c>local.tee</c>.</summary>
    public static Instr Tee(LocalId id) => new Local(LocalOp.Tee, id);

    /// <summary><c>i32.const</c>.</summary>
    public static Instr Const(int value) => new I32Const(value);

    /// <summary><c>i64.const</c>.</summary>
    public static Instr Const(long value) => new I64Const(value);

    /// <summary><c>br</c>.</summary>
    public static Instr Branch(LabelId label) => new Br(label);

    /// <summary><c>br_if</c>.</summary>
    public static Instr BranchIf(LabelId label) => new BrIf(label);

    /// <summary><c>unreachable</c>, and why.</summary>
    public static Instr TrapWith(TrapCode code, string? path = null) => new Trap(code, path);
}

/// <summary>A function that an instruction or an export names.</summary>
internal closed record FuncRef
{
    private FuncRef()
    {
    }

    /// <summary>An imported function.</summary>
    public sealed record Imported(Import Import) : FuncRef;

    /// <summary>A function of the same program.</summary>
    public sealed record Defined(FuncId Id) : FuncRef;

    private static readonly Shared<Defined> Shared = new(0, 512, id => new(new FuncId(id)));

    /// <summary>A function of the same program; the first ones are shared.</summary>
    public static FuncRef Of(FuncId id) => Shared[id.Value];
}
