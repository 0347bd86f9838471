using System;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// The first walk over a function: numbers the imports and types that its code mentions, in order, and finds out where
/// its locals are in use.
/// </summary>
internal sealed class Mentions(TypeTable types, ImportTable imports, LiveRanges live)
{
    private readonly RecentFuncs recent = new();
    private Import.Memory? lastMemory, memoryBefore;
    private Import.InstanceFlags? lastFlags, flagsBefore;

    /// <summary>Walks one function; returns the number of mentions of locals.</summary>
    public int Walk(SymbolicFunc func)
    {
        types.Index(func.Type);
        live.Start(func.Type.Params.Length, func.Locals.Length);
        return Walk(func.Body.AsSpan(), 0);
    }

    /// <summary>Mentions what an export or an instruction names.</summary>
    public void Mention(FuncRef func) => Func(func, 0);

    private int Walk(ReadOnlySpan<Instr> body, int at)
    {
        foreach (var instr in body)
        {
            at = instr switch
            {
                Instr.Local local => live.Mention(local.Id, at + 1),
                Instr.I32Const or Instr.Plain => at,
                Instr.Memory memory => Memory(memory.Mem, at),
                Instr.Call call => Func(call.Func, at),
                Instr.Global global => Global(global.Flags, at),
                Instr.If one => Walk(one.Else.AsSpan(), Walk(one.Then.AsSpan(), Block(one.Type, at))),
                Instr.Trap or Instr.BrIf or Instr.Br => at,
                Instr.Block block => Walk(block.Body.AsSpan(), Block(block.Type, at)),
                Instr.Loop loop => Loop(loop, at),
                Instr.I64Const or Instr.F32Const or Instr.F64Const or Instr.BrTable => at,
                Instr.MemorySize size => Memory(size.Mem, at),
                Instr.MemoryCopy copy => Memory(copy.From, Memory(copy.To, at)),
                Instr.RefFunc reference => Func(reference.Func, at),
                Instr.TryTable attempt => Walk(attempt.Body.AsSpan(), Block(attempt.Type, at)),
            };
        }
        return at;
    }

    private int Loop(Instr.Loop loop, int at)
    {
        live.StartLoop(at);
        at = Walk(loop.Body.AsSpan(), Block(loop.Type, at));
        live.EndLoop(at);
        return at;
    }

    private int Block(CoreFuncType type, int at)
    {
        if (BlockTypes.NeedsIndex(type))
            types.Index(type);
        return at;
    }

    private int Memory(Import.Memory memory, int at)
    {
        if (!ReferenceEquals(memory, lastMemory) && !ReferenceEquals(memory, memoryBefore))
        {
            imports.Mention(memory);
            (lastMemory, memoryBefore) = (memory, lastMemory);
        }
        return at;
    }

    private int Global(Import.InstanceFlags flags, int at)
    {
        if (!ReferenceEquals(flags, lastFlags) && !ReferenceEquals(flags, flagsBefore))
        {
            imports.Mention(flags);
            (lastFlags, flagsBefore) = (flags, lastFlags);
        }
        return at;
    }

    private int Func(FuncRef func, int at)
    {
        if (func is FuncRef.Imported imported && !recent.TryGet(func, out _))
            recent.Add(func, imports.Func(imported.Import));
        return at;
    }
}
