using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Properties.Emit;

/// <summary>Instructions with indices.</summary>
/// <param name="Types">The function types of the module; what a block type needs is added.</param>
internal sealed record CoreCode(List<CoreFuncType> Types) : ICode<CoreInstr>
{
    public CoreInstr Plain(PlainOp op) => new CoreInstr.Plain(op);

    public CoreInstr Local(LocalOp op, int local) => new CoreInstr.Local(op, new LocalIdx((uint)local));

    public CoreInstr I32Const(int value) => new CoreInstr.I32Const(value);

    public CoreInstr I64Const(long value) => new CoreInstr.I64Const(value);

    public CoreInstr F32Const(uint bits) => new CoreInstr.F32Const(bits);

    public CoreInstr F64Const(ulong bits) => new CoreInstr.F64Const(bits);

    public CoreInstr V128Const(UInt128 bits) => new CoreInstr.V128Const(bits);

    public CoreInstr Lane(LaneOp op, byte index) => new CoreInstr.Lane(op, index);

    public CoreInstr Shuffle(UInt128 lanes) => new CoreInstr.Shuffle(lanes);

    public CoreInstr MemoryLane(MemoryLaneOp op, MemArg arg, byte index, int memory) => new CoreInstr.MemoryLane(op, arg, index, new CoreMemoryIdx((uint)memory));

    public CoreInstr MemoryGrow(int memory) => new CoreInstr.MemoryGrow(new CoreMemoryIdx((uint)memory));

    public CoreInstr MemoryFill(int memory) => new CoreInstr.MemoryFill(new CoreMemoryIdx((uint)memory));

    public CoreInstr Memory(MemoryOp op, MemArg arg, int memory) => new CoreInstr.Memory(op, arg, new CoreMemoryIdx((uint)memory));

    public CoreInstr MemorySize(int memory) => new CoreInstr.MemorySize(new CoreMemoryIdx((uint)memory));

    public CoreInstr MemoryCopy(int to, int from) => new CoreInstr.MemoryCopy(new CoreMemoryIdx((uint)to), new CoreMemoryIdx((uint)from));

    public CoreInstr Global(GlobalOp op, int global) => new CoreInstr.Global(op, new CoreGlobalIdx((uint)global));

    public CoreInstr Call(int func, string? path) => new CoreInstr.Call(new CoreFuncIdx((uint)func), path);

    public CoreInstr CallIndirect(CoreFuncType type, int table) => new CoreInstr.CallIndirect(Index(Types, type), new CoreTableIdx((uint)table));

    public CoreInstr RefFunc(int func) => new CoreInstr.RefFunc(new CoreFuncIdx((uint)func));

    public CoreInstr Block(CoreFuncType type, int label, List<CoreInstr> body) => new CoreInstr.Block(Type(type), [.. body]);

    public CoreInstr Loop(CoreFuncType type, int label, List<CoreInstr> body) => new CoreInstr.Loop(Type(type), [.. body]);

    public CoreInstr If(CoreFuncType type, int label, List<CoreInstr> then, List<CoreInstr> otherwise) =>
        new CoreInstr.If(Type(type), [.. then], [.. otherwise]);

    public CoreInstr TryTable(CoreFuncType type, int label, Target catchAll, List<CoreInstr> body) =>
        new CoreInstr.TryTable(Type(type), new LabelIdx((uint)catchAll.Depth), [.. body]);

    public CoreInstr Br(Target target) => new CoreInstr.Br(new LabelIdx((uint)target.Depth));

    public CoreInstr BrIf(Target target) => new CoreInstr.BrIf(new LabelIdx((uint)target.Depth));

    public CoreInstr BrTable(List<Target> targets, Target otherwise) => new CoreInstr.BrTable(
        targets.Select(target => new LabelIdx((uint)target.Depth)).ToEquatableArray(),
        new LabelIdx((uint)otherwise.Depth));

    public CoreInstr Trap(TrapCode code, string? path) => new CoreInstr.Trap(code, path);

    private BlockType Type(CoreFuncType type) => (type.Params.Length, type.Results.Length) switch
    {
        (0, 0) => new BlockType.Empty(),
        (0, 1) => new BlockType.Value(type.Results[0]),
        _ => new BlockType.Func(Index(Types, type)),
    };

    /// <summary>The position of a type in a list, at whose end it is put if it is not there.</summary>
    public static CoreTypeIdx Index(List<CoreFuncType> types, CoreFuncType type)
    {
        int index = types.IndexOf(type);
        if (index < 0)
        {
            index = types.Count;
            types.Add(type);
        }
        return new CoreTypeIdx((uint)index);
    }
}
