using System;
using Fact.Ir;

namespace Fact.Properties.Emit;

/// <summary>
/// An instruction as the bytes of a module have it: with its indices. Spec: <c>instr</c>; control is structured, <c>end</c> exists only in the encoding.
/// </summary>
internal closed record CoreInstr
{
    private CoreInstr()
    {
    }

    /// <summary>An instruction without immediates.</summary>
    public sealed record Plain(PlainOp Op) : CoreInstr;

    /// <summary>Reads or writes a local.</summary>
    public sealed record Local(LocalOp Op, LocalIdx Index) : CoreInstr;

    /// <summary><c>i32.const</c>.</summary>
    public sealed record I32Const(int Value) : CoreInstr;

    /// <summary><c>i64.const</c>.</summary>
    public sealed record I64Const(long Value) : CoreInstr;

    /// <summary><c>f32.const</c>, as bits.</summary>
    public sealed record F32Const(uint Bits) : CoreInstr;

    /// <summary><c>f64.const</c>, as bits.</summary>
    public sealed record F64Const(ulong Bits) : CoreInstr;

    /// <summary><c>v128.const</c>, the lowest byte first.</summary>
    public sealed record V128Const(UInt128 Bits) : CoreInstr;

    /// <summary>Reads or replaces a lane.</summary>
    public sealed record Lane(LaneOp Op, byte Index) : CoreInstr;

    /// <summary><c>i8x16.shuffle</c>, the lowest byte first.</summary>
    public sealed record Shuffle(UInt128 Lanes) : CoreInstr;

    /// <summary>A load or store.</summary>
    public sealed record Memory(MemoryOp Op, MemArg Arg, CoreMemoryIdx Mem) : CoreInstr;

    /// <summary><c>memory.size</c>.</summary>
    public sealed record MemorySize(CoreMemoryIdx Mem) : CoreInstr;

    /// <summary>A load or store of a lane.</summary>
    public sealed record MemoryLane(MemoryLaneOp Op, MemArg Arg, byte Index, CoreMemoryIdx Mem) : CoreInstr;

    /// <summary><c>memory.grow</c>.</summary>
    public sealed record MemoryGrow(CoreMemoryIdx Mem) : CoreInstr;

    /// <summary><c>memory.fill</c>.</summary>
    public sealed record MemoryFill(CoreMemoryIdx Mem) : CoreInstr;

    /// <summary><c>memory.copy</c>.</summary>
    public sealed record MemoryCopy(CoreMemoryIdx To, CoreMemoryIdx From) : CoreInstr;

    /// <summary>Reads or writes a global.</summary>
    public sealed record Global(GlobalOp Op, CoreGlobalIdx Index) : CoreInstr;

    /// <summary><c>call</c>; the path section tells hosts which part of the value it is for.</summary>
    public sealed record Call(CoreFuncIdx Func, string? Path = null) : CoreInstr;

    /// <summary><c>call_indirect</c>.</summary>
    public sealed record CallIndirect(CoreTypeIdx Type, CoreTableIdx Table) : CoreInstr;

    /// <summary><c>ref.func</c>.</summary>
    public sealed record RefFunc(CoreFuncIdx Func) : CoreInstr;

    /// <summary><c>block</c>.</summary>
    public sealed record Block(BlockType Type, EquatableArray<CoreInstr> Body) : CoreInstr;

    /// <summary><c>loop</c>.</summary>
    public sealed record Loop(BlockType Type, EquatableArray<CoreInstr> Body) : CoreInstr;

    /// <summary><c>if</c>; an empty <paramref name="Else"/> is not written.</summary>
    public sealed record If(BlockType Type, EquatableArray<CoreInstr> Then, EquatableArray<CoreInstr> Else) : CoreInstr;

    /// <summary><c>try_table</c> with one <c>catch_all</c> clause; its label counts from outside the <c>try_table</c>.</summary>
    public sealed record TryTable(BlockType Type, LabelIdx CatchAll, EquatableArray<CoreInstr> Body) : CoreInstr;

    /// <summary><c>br</c>.</summary>
    public sealed record Br(LabelIdx Label) : CoreInstr;

    /// <summary><c>br_if</c>.</summary>
    public sealed record BrIf(LabelIdx Label) : CoreInstr;

    /// <summary><c>br_table</c>.</summary>
    public sealed record BrTable(EquatableArray<LabelIdx> Labels, LabelIdx Default) : CoreInstr;

    /// <summary><c>unreachable</c>, and why: the trap section tells hosts.</summary>
    public sealed record Trap(TrapCode Code, string? Path) : CoreInstr;
}

/// <summary>The type of a block. Spec: <c>blocktype</c>.</summary>
internal closed record BlockType
{
    private BlockType()
    {
    }

    /// <summary>Takes nothing and leaves nothing.</summary>
    public sealed record Empty : BlockType;

    /// <summary>Takes nothing and leaves one value.</summary>
    public sealed record Value(CoreValType Type) : BlockType;

    /// <summary>Takes and leaves what a function type says.</summary>
    public sealed record Func(CoreTypeIdx Type) : BlockType;
}

/// <summary>A position in the local index space of one function: its parameters first.</summary>
internal readonly record struct LocalIdx(uint Value);

/// <summary>A relative label: 0 is the innermost enclosing block.</summary>
internal readonly record struct LabelIdx(uint Value);
