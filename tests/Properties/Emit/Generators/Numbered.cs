using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Fact.Ir;

namespace Fact.Properties.Emit;

/// <summary>
/// Takes the indices out of code and puts them beside it: what resolving would give for a program whose code it is. What the symbolic
/// instructions name says which index it stands for.
/// </summary>
internal sealed class Numbered
{
    private readonly EquatableArray<CoreFuncType> types;
    private readonly int slots;
    private readonly List<LabelId> around = [];
    private int labels;

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

    // Locals are numbered backwards, so that taking a local for its slot is noticed; and symbols are numbered from one that nothing names.
    private static ResolvedFunc Of(CoreModule module, CoreFunc func)
    {
        var type = module.Types[(int)func.Type.Value];
        int slots = type.Params.Length + func.Locals.Length;
        var numbered = new Numbered(module.Types, slots);
        var writer = new CodeWriter();
        writer.Start(0);
        writer.Call(new FuncRef.Defined(new(-1)), null);
        writer.Finish([]);
        var locals = Enumerable.Range(0, slots).Select(i => new VirtualLocal(default, func.LocalNames.ElementAtOrDefault(slots - 1 - i) ?? "")).ToEquatableArray();
        var code = writer.Write(numbered.Code(func.Body), type.Params.Length, locals.AsSpan());
        return new ResolvedFunc(
            new SymbolicFunc(
                new(0),
                FuncRole.Helper,
                func.Name,
                type,
                locals,
                code with { Slots = new(Enumerable.Range(0, slots).Reverse().ToEquatableArray(), func.Locals) }),
            func.Type,
            Enumerable.Range(0, code.Symbols.Count).Select(i => numbered.Index(code.Symbols[i])).ToEquatableArray());
    }

    private uint Index(Symbol symbol) => symbol.What switch
    {
        Import.Memory memory => memory.Id.Value,
        Import.InstanceFlags flags => flags.Instance.Value,
        FuncRef.Defined func => (uint)func.Id.Value,
        OwnTable table => uint.Parse(table.Name, CultureInfo.InvariantCulture),
        CoreFuncType type => (uint)types.Items.IndexOf(type),
        _ => uint.MaxValue,
    };

    private EquatableArray<Instr> Code(EquatableArray<CoreInstr> body) => body.Select(Code).ToEquatableArray();

    private Instr Code(CoreInstr instr) => instr switch
    {
        CoreInstr.Plain plain => Instr.Of(plain.Op),
        CoreInstr.Local local => new Instr.Local(local.Op, new(slots - 1 - (int)local.Index.Value)),
        CoreInstr.I32Const constant => Instr.Const(constant.Value),
        CoreInstr.I64Const constant => Instr.Const(constant.Value),
        CoreInstr.F32Const constant => new Instr.F32Const(constant.Bits),
        CoreInstr.F64Const constant => new Instr.F64Const(constant.Bits),
        CoreInstr.Memory memory => new Instr.Memory(memory.Op, memory.Arg, Memory(memory.Mem)),
        CoreInstr.V128Const constant => new Instr.V128Const(constant.Bits),
        CoreInstr.Lane lane => new Instr.Lane(lane.Op, lane.Index),
        CoreInstr.Shuffle shuffle => new Instr.Shuffle(shuffle.Lanes),
        CoreInstr.MemoryLane memory => new Instr.MemoryLane(memory.Op, memory.Arg, memory.Index, Memory(memory.Mem)),
        CoreInstr.MemoryGrow grow => new Instr.MemoryGrow(Memory(grow.Mem)),
        CoreInstr.MemoryFill fill => new Instr.MemoryFill(Memory(fill.Mem)),
        CoreInstr.MemorySize size => new Instr.MemorySize(Memory(size.Mem)),
        CoreInstr.MemoryCopy copy => new Instr.MemoryCopy(Memory(copy.To), Memory(copy.From)),
        CoreInstr.Global global => new Instr.Global(global.Op, new Import.InstanceFlags(new(global.Index.Value))),
        CoreInstr.Call call => new Instr.Call(Func(call.Func), call.Path),
        CoreInstr.CallIndirect call => new Instr.CallIndirect(types[(int)call.Type.Value], Table(call.Table)),
        CoreInstr.RefFunc reference => new Instr.RefFunc(Func(reference.Func)),
        CoreInstr.Block block => Inside(label => new Instr.Block(Type(block.Type), label, Code(block.Body))),
        CoreInstr.Loop loop => Inside(label => new Instr.Loop(Type(loop.Type), label, Code(loop.Body))),
        CoreInstr.If one => Inside(label => new Instr.If(Type(one.Type), label, Code(one.Then), Code(one.Else))),
        CoreInstr.TryTable attempt => TryTable(attempt),
        CoreInstr.Br branch => Instr.Branch(Label(branch.Label)),
        CoreInstr.BrIf branch => Instr.BranchIf(Label(branch.Label)),
        CoreInstr.BrTable table => new Instr.BrTable(table.Labels.Select(Label).ToEquatableArray(), Label(table.Default)),
        CoreInstr.Trap trap => Instr.TrapWith(trap.Code, trap.Path),
    };

    private Instr TryTable(CoreInstr.TryTable attempt)
    {
        var caught = Label(attempt.CatchAll);
        return Inside(label => new Instr.TryTable(Type(attempt.Type), label, caught, Code(attempt.Body)));
    }

    private Instr Inside(Func<LabelId, Instr> block)
    {
        var label = new LabelId(++labels);
        around.Add(label);
        var made = block(label);
        around.RemoveAt(around.Count - 1);
        return made;
    }

    private LabelId Label(LabelIdx relative) => around[^((int)relative.Value + 1)];

    private static Import.Memory Memory(CoreMemoryIdx index) => new(new(index.Value), new CoreMemoryType());

    private static OwnTable Table(CoreTableIdx index) => OwnSample.Table with { Name = index.Value.ToString(CultureInfo.InvariantCulture) };

    private static FuncRef Func(CoreFuncIdx index) => new FuncRef.Defined(new((int)index.Value));

    private CoreFuncType Type(BlockType type) => type switch
    {
        BlockType.Empty => CoreFuncType.Empty,
        BlockType.Value(var result) => new([], [result]),
        BlockType.Func(var index) => types[(int)index.Value],
    };
}
