using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Properties.Emit;

/// <summary>Symbolic instructions.</summary>
/// <param name="Memories">The memory of each number.</param>
/// <param name="Globals">The global of each number.</param>
/// <param name="Funcs">The function of each number.</param>
/// <param name="Tables">The table of each number.</param>
internal sealed record SymbolicCode(IReadOnlyList<IMemory> Memories, IReadOnlyList<IGlobal> Globals, IReadOnlyList<FuncRef> Funcs, IReadOnlyList<OwnTable> Tables)
    : ICode<Instr>
{
    public Instr Plain(PlainOp op) => Instr.Of(op);

    public Instr Local(LocalOp op, int local) => op switch
    {
        LocalOp.Get => Instr.Get(new LocalId(local)),
        LocalOp.Set => Instr.Set(new LocalId(local)),
        _ => Instr.Tee(new LocalId(local)),
    };

    public Instr I32Const(int value) => Instr.Const(value);

    public Instr I64Const(long value) => Instr.Const(value);

    public Instr F32Const(uint bits) => new Instr.F32Const(bits);

    public Instr F64Const(ulong bits) => new Instr.F64Const(bits);

    public Instr V128Const(UInt128 bits) => new Instr.V128Const(bits);

    public Instr Lane(LaneOp op, byte index) => new Instr.Lane(op, index);

    public Instr Shuffle(UInt128 lanes) => new Instr.Shuffle(lanes);

    public Instr MemoryLane(MemoryLaneOp op, MemArg arg, byte index, int memory) => new Instr.MemoryLane(op, arg, index, Memories[memory]);

    public Instr MemoryGrow(int memory) => new Instr.MemoryGrow(Memories[memory]);

    public Instr MemoryFill(int memory) => new Instr.MemoryFill(Memories[memory]);

    public Instr Memory(MemoryOp op, MemArg arg, int memory) => new Instr.Memory(op, arg, Memories[memory]);

    public Instr MemorySize(int memory) => new Instr.MemorySize(Memories[memory]);

    public Instr MemoryCopy(int to, int from) => new Instr.MemoryCopy(Memories[to], Memories[from]);

    public Instr Global(GlobalOp op, int global) => new Instr.Global(op, Globals[global]);

    public Instr Call(int func, string? path) => new Instr.Call(Funcs[func], path);

    public Instr CallIndirect(CoreFuncType type, int table) => new Instr.CallIndirect(type, Tables[table]);

    public Instr RefFunc(int func) => new Instr.RefFunc(Funcs[func]);

    public Instr Block(CoreFuncType type, int label, List<Instr> body) => new Instr.Block(type, Label(label), [.. body]);

    public Instr Loop(CoreFuncType type, int label, List<Instr> body) => new Instr.Loop(type, Label(label), [.. body]);

    public Instr If(CoreFuncType type, int label, List<Instr> then, List<Instr> otherwise) =>
        new Instr.If(type, Label(label), [.. then], [.. otherwise]);

    public Instr TryTable(CoreFuncType type, int label, Target catchAll, List<Instr> body) =>
        new Instr.TryTable(type, Label(label), Label(catchAll.Label), [.. body]);

    public Instr Br(Target target) => Instr.Branch(Label(target.Label));

    public Instr BrIf(Target target) => Instr.BranchIf(Label(target.Label));

    public Instr BrTable(List<Target> targets, Target otherwise) =>
        new Instr.BrTable(targets.Select(target => Label(target.Label)).ToEquatableArray(), Label(otherwise.Label));

    public Instr Trap(TrapCode code, string? path) => Instr.TrapWith(code, path);

    // 0 is the label of blocks that nothing branches to
    private static LabelId Label(int label) => new(label + 1);
}
