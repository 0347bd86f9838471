using System;
using System.Runtime.InteropServices;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>The second walk over a function: every id becomes an index.</summary>
internal sealed class Rewriter(TypeTable types, ImportTable imports, FuncNumbers numbers) : IDisposable
{
    private readonly uint importedFuncs = imports.Funcs;
    private Scratch<int> labels = new(64);
    private Scratch<int> slotOf = new(256);
    private readonly RecentFuncs recent = new();
    private Import.Memory? lastMemory, memoryBefore;
    private MemIdx lastMemoryIndex, memoryBeforeIndex;
    private Import.InstanceFlags? lastFlags, flagsBefore;
    private GlobalIdx lastGlobal, globalBefore;

    /// <summary>Rewrites one function whose locals have these slots.</summary>
    public EquatableArray<CoreInstr> Rewrite(SymbolicFunc func, ReadOnlySpan<int> slots)
    {
        slotOf.Clear();
        slots.CopyTo(slotOf.AddDefaults(slots.Length));
        labels.Clear();
        return Body(func.Body);
    }

    /// <summary>The index of a function.</summary>
    public FuncIdx Index(FuncRef func) => recent.TryGet(func, out var index) ? index : recent.Add(func, Find(func));

    public void Dispose()
    {
        labels.Dispose();
        slotOf.Dispose();
    }

    private FuncIdx Find(FuncRef func) => func switch
    {
        FuncRef.Imported imported => imports.Func(imported.Import),
        FuncRef.Defined defined => new FuncIdx(importedFuncs + (uint)numbers[defined.Id]),
    };

    private EquatableArray<CoreInstr> Body(EquatableArray<Instr> body)
    {
        var from = body.AsSpan();
        if (from.IsEmpty)
            return default;
        var array = new CoreInstr[from.Length];
        var to = array.AsSpan();
        for (int i = 0; i < from.Length && i < to.Length; i++)
        {
            to[i] = from[i] switch
            {
                Instr.Local local => CoreInstr.Of(local.Op, Slot(local.Id)),
                Instr.I32Const constant => CoreInstr.Const(constant.Value),
                Instr.Plain plain => CoreInstr.Of(plain.Op),
                Instr.Memory memory => CoreInstr.Access(memory.Op, memory.Arg, Memory(memory.Mem)),
                Instr.Call call => CoreInstr.CallTo(Index(call.Func), call.Path),
                Instr.Global global => CoreInstr.Of(global.Op, Global(global.Flags)),
                Instr.If one => If(one),
                Instr.Trap trap => CoreInstr.TrapWith(trap.Code, trap.Path),
                Instr.BrIf branch => CoreInstr.BranchIf(Depth(branch.Label)),
                Instr.Br branch => CoreInstr.Branch(Depth(branch.Label)),
                Instr.Block block => new CoreInstr.Block(Type(block.Type), Body(block.Label, block.Body)),
                Instr.Loop loop => new CoreInstr.Loop(Type(loop.Type), Body(loop.Label, loop.Body)),
                Instr.I64Const constant => CoreInstr.Const(constant.Value),
                Instr.F32Const constant => new CoreInstr.F32Const(constant.Bits),
                Instr.F64Const constant => new CoreInstr.F64Const(constant.Bits),
                Instr.BrTable table => Table(table),
                Instr.MemorySize size => new CoreInstr.MemorySize(Memory(size.Mem)),
                Instr.MemoryCopy copy => new CoreInstr.MemoryCopy(Memory(copy.To), Memory(copy.From)),
                Instr.RefFunc reference => new CoreInstr.RefFunc(Index(reference.Func)),
                Instr.TryTable attempt => new CoreInstr.TryTable(
                    Type(attempt.Type),
                    Depth(attempt.CatchAll),
                    Body(attempt.Label, attempt.Body)),
            };
        }
        return new(ImmutableCollectionsMarshal.AsImmutableArray(array));
    }

    private EquatableArray<CoreInstr> Body(LabelId label, EquatableArray<Instr> body)
    {
        labels.Add(label.Value);
        var rewritten = Body(body);
        labels.Pop();
        return rewritten;
    }

    private CoreInstr If(Instr.If one)
    {
        if (one.Else.IsEmpty && one.Then.Length == 1 && one.Then[0] is Instr.Trap { Path: null } trap && ReferenceEquals(Type(one.Type), BlockType.None))
            return CoreInstr.Guard(trap.Code);
        labels.Add(one.Label.Value);
        var then = Body(one.Then);
        var otherwise = Body(one.Else);
        labels.Pop();
        return new CoreInstr.If(Type(one.Type), then, otherwise);
    }

    private CoreInstr.BrTable Table(Instr.BrTable table)
    {
        var from = table.Labels.AsSpan();
        var to = new LabelIdx[from.Length];
        for (int i = 0; i < to.Length; i++)
            to[i] = Depth(from[i]);
        return new CoreInstr.BrTable(new(ImmutableCollectionsMarshal.AsImmutableArray(to)), Depth(table.Default));
    }

    private BlockType Type(CoreFuncType type) => BlockTypes.Of(type, types);

    private LabelIdx Depth(LabelId label)
    {
        int level = labels.AsSpan().LastIndexOf(label.Value);
        return level >= 0
            ? new LabelIdx((uint)(labels.Count - 1 - level))
            : throw Broken.NotAround(label.Value);
    }

    private LocalIdx Slot(LocalId id) => (uint)id.Value < (uint)slotOf.Count
        ? new LocalIdx((uint)slotOf[id.Value])
        : throw Broken.No("local", id.Value);

    private MemIdx Memory(Import.Memory memory)
    {
        if (ReferenceEquals(memory, lastMemory))
            return lastMemoryIndex;
        if (ReferenceEquals(memory, memoryBefore))
            return memoryBeforeIndex;
        (memoryBefore, memoryBeforeIndex) = (lastMemory, lastMemoryIndex);
        (lastMemory, lastMemoryIndex) = (memory, imports.Memory(memory));
        return lastMemoryIndex;
    }

    private GlobalIdx Global(Import.InstanceFlags flags)
    {
        if (ReferenceEquals(flags, lastFlags))
            return lastGlobal;
        if (ReferenceEquals(flags, flagsBefore))
            return globalBefore;
        (flagsBefore, globalBefore) = (lastFlags, lastGlobal);
        (lastFlags, lastGlobal) = (flags, imports.Global(flags));
        return lastGlobal;
    }
}
