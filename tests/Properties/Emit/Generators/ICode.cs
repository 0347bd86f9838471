using System;
using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Properties.Emit;

/// <summary>Makes instructions before or after resolution, so that one generator does for both. Whatever has an index is given by number.</summary>
internal interface ICode<T>
{
    T Plain(PlainOp op);

    T Local(LocalOp op, int local);

    T I32Const(int value);

    T I64Const(long value);

    T F32Const(uint bits);

    T F64Const(ulong bits);

    T V128Const(UInt128 bits);

    T Lane(LaneOp op, byte index);

    T Shuffle(UInt128 lanes);

    T MemoryLane(MemoryLaneOp op, MemArg arg, byte index, int memory);

    T MemoryGrow(int memory);

    T MemoryFill(int memory);

    T Memory(MemoryOp op, MemArg arg, int memory);

    T MemorySize(int memory);

    T MemoryCopy(int to, int from);

    T Global(GlobalOp op, int global);

    T Call(int func, string? path);

    T CallIndirect(CoreFuncType type, int table);

    T RefFunc(int func);

    T Block(CoreFuncType type, int label, List<T> body);

    T Loop(CoreFuncType type, int label, List<T> body);

    T If(CoreFuncType type, int label, List<T> then, List<T> otherwise);

    T TryTable(CoreFuncType type, int label, Target catchAll, List<T> body);

    T Br(Target target);

    T BrIf(Target target);

    T BrTable(List<Target> targets, Target otherwise);

    T Trap(TrapCode code, string? path);
}

/// <summary>A label that a branch goes to: its number in the function, and how many labels are between them.</summary>
internal readonly record struct Target(int Label, int Depth);
