using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Properties.Emit;

/// <summary>
/// Takes the indices out of code and puts them beside it: what resolving would give for a program whose code it is. What the symbolic
/// instructions name is of no consequence, but for the types of blocks.
/// </summary>
internal sealed class Numbered
{
    private static readonly Import.Memory SomeMemory = new(new(0), new CoreMemoryType());
    private static readonly Import.InstanceFlags SomeFlags = new(new(0));
    private static readonly FuncRef SomeFunc = new FuncRef.Defined(new(0));

    private readonly EquatableArray<CoreFuncType> types;
    private readonly int slots;
    private readonly List<uint> immediates = [], indices = [];

    private Numbered(EquatableArray<CoreFuncType> types, int slots) => (this.types, this.slots) = (types, slots);

    /// <summary>The module with symbolic code and its numbering.</summary>
    public static ResolvedModule Of(CoreModule module) => new(
        module.Types,
        module.Imports,
        module.Funcs.Select(func => Of(module, func)).ToEquatableArray(),
        module.Exports)
    {
        Own = module.Own,
    };

    // Locals are numbered backwards, so that taking a local for its slot is noticed.
    private static ResolvedFunc Of(CoreModule module, CoreFunc func)
    {
        int slots = module.Types[(int)func.Type.Value].Params.Length + func.Locals.Length;
        var numbered = new Numbered(module.Types, slots);
        var body = numbered.Code(func.Body);
        return new ResolvedFunc(
            func.Name,
            func.Type,
            func.Locals,
            body,
            new Numbering(Enumerable.Range(0, slots).Reverse().ToEquatableArray(), [.. numbered.immediates], [.. numbered.indices]))
        {
            VirtualLocals = func.LocalNames.Reverse().Select(name => new VirtualLocal(default, name)).ToEquatableArray(),
            Ranges = Enumerable.Range(0, func.LocalNames.Length).Select(i => new LiveRange(new(i), 0, 0)).ToEquatableArray(),
        };
    }

    private EquatableArray<Instr> Code(EquatableArray<CoreInstr> body) => body.Select(Code).ToEquatableArray();

    private Instr Code(CoreInstr instr) => instr switch
    {
        CoreInstr.Plain plain => Instr.Of(plain.Op),
        CoreInstr.Local local => new Instr.Local(local.Op, new(slots - 1 - (int)local.Index.Value)),
        CoreInstr.I32Const constant => Instr.Const(constant.Value),
        CoreInstr.I64Const constant => Instr.Const(constant.Value),
        CoreInstr.F32Const constant => new Instr.F32Const(constant.Bits),
        CoreInstr.F64Const constant => new Instr.F64Const(constant.Bits),
        CoreInstr.Memory memory => Note(new Instr.Memory(memory.Op, memory.Arg, SomeMemory), memory.Mem.Value),
        CoreInstr.V128Const constant => new Instr.V128Const(constant.Bits),
        CoreInstr.Lane lane => new Instr.Lane(lane.Op, lane.Index),
        CoreInstr.Shuffle shuffle => new Instr.Shuffle(shuffle.Lanes),
        CoreInstr.MemoryLane memory => Note(new Instr.MemoryLane(memory.Op, memory.Arg, memory.Index, SomeMemory), memory.Mem.Value),
        CoreInstr.MemoryGrow grow => Note(new Instr.MemoryGrow(SomeMemory), grow.Mem.Value),
        CoreInstr.MemoryFill fill => Note(new Instr.MemoryFill(SomeMemory), fill.Mem.Value),
        CoreInstr.MemorySize size => Note(new Instr.MemorySize(SomeMemory), size.Mem.Value),
        CoreInstr.MemoryCopy copy => Note(new Instr.MemoryCopy(SomeMemory, SomeMemory), copy.To.Value, copy.From.Value),
        CoreInstr.Global global => Note(new Instr.Global(global.Op, SomeFlags), global.Index.Value),
        CoreInstr.Call call => Note(new Instr.Call(SomeFunc, call.Path), call.Func.Value),
        CoreInstr.CallIndirect call => Note(new Instr.CallIndirect(types[(int)call.Type.Value], OwnSample.Table), call.Type.Value, call.Table.Value),
        CoreInstr.RefFunc reference => Note(new Instr.RefFunc(SomeFunc), reference.Func.Value),
        CoreInstr.Block block => new Instr.Block(Type(block.Type), default, Code(block.Body)),
        CoreInstr.Loop loop => new Instr.Loop(Type(loop.Type), default, Code(loop.Body)),
        CoreInstr.If one => new Instr.If(Type(one.Type), default, Code(one.Then), Code(one.Else)),
        CoreInstr.TryTable attempt => TryTable(attempt),
        CoreInstr.Br branch => Label(Instr.Branch(default), branch.Label.Value),
        CoreInstr.BrIf branch => Label(Instr.BranchIf(default), branch.Label.Value),
        CoreInstr.BrTable table => Label(
            new Instr.BrTable(table.Labels.Select(_ => default(LabelId)).ToEquatableArray(), default),
            [.. table.Labels.Select(label => label.Value), table.Default.Value]),
        CoreInstr.Trap trap => Instr.TrapWith(trap.Code, trap.Path),
    };

    private Instr TryTable(CoreInstr.TryTable attempt)
    {
        var type = Type(attempt.Type);
        immediates.Add(attempt.CatchAll.Value);
        return new Instr.TryTable(type, default, default, Code(attempt.Body));
    }

    private CoreFuncType Type(BlockType type) => type switch
    {
        BlockType.Empty => CoreFuncType.Empty,
        BlockType.Value(var result) => new([], [result]),
        BlockType.Func(var index) => FuncType(index),
    };

    private CoreFuncType FuncType(CoreTypeIdx index)
    {
        Name(index.Value);
        return types[(int)index.Value];
    }

    private Instr Note(Instr instr, params uint[] named)
    {
        foreach (uint index in named)
            Name(index);
        return instr;
    }

    private void Name(uint index)
    {
        immediates.Add((uint)indices.Count);
        indices.Add(index);
    }

    private Instr Label(Instr instr, params uint[] labels)
    {
        immediates.AddRange(labels);
        return instr;
    }
}
