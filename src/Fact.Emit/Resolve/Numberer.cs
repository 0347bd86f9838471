using System;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// The walk over a function: numbers the imports and types that its code mentions, in order, notes the index that every immediate stands
/// for, and finds out where its locals are in use.
/// </summary>
internal sealed class Numberer(TypeTable types, ImportTable imports, FuncNumbers numbers, LiveRanges live) : IDisposable
{
    private readonly RecentFuncs recent = new();
    private Scratch<uint> immediates = new(4096);
    private Scratch<int> labels = new(64);
    private Import.Memory? lastMemory, memoryBefore;
    private uint lastMemoryIndex, memoryBeforeIndex;
    private Import.InstanceFlags? lastFlags, flagsBefore;
    private uint lastGlobal, globalBefore;

    /// <summary>The indices of all functions walked so far, one after the other; those of functions are <see cref="FuncPosition"/>s.</summary>
    public ReadOnlySpan<uint> Immediates => immediates.AsSpan();

    /// <summary>Walks one function; returns the number of mentions of locals.</summary>
    public int Walk(SymbolicFunc func)
    {
        types.Index(func.Type);
        live.Start(func.Type.Params.Length, func.Locals.Length);
        labels.Clear();
        return Walk(func.Body.AsSpan(), 0);
    }

    /// <summary>Where a function stands that an export or an instruction names.</summary>
    public FuncPosition Position(FuncRef func) => recent.TryGet(func, out var position) ? position : recent.Add(func, Find(func));

    public void Dispose()
    {
        immediates.Dispose();
        labels.Dispose();
    }

    private int Walk(ReadOnlySpan<Instr> body, int at)
    {
        foreach (var instr in body)
        {
            at = instr switch
            {
                Instr.Local local => live.Mention(local.Id, at + 1),
                Instr.I32Const or Instr.Plain => at,
                Instr.Memory memory => Note(Memory(memory.Mem), at),
                Instr.Call call => Note(Position(call.Func).Value, at),
                Instr.Global global => Note(Global(global.Flags), at),
                Instr.If one => If(one, at),
                Instr.Trap => at,
                Instr.BrIf branch => Note(Depth(branch.Label), at),
                Instr.Br branch => Note(Depth(branch.Label), at),
                Instr.Block block => Body(block.Label, block.Body, Type(block.Type, at)),
                Instr.Loop loop => Loop(loop, at),
                Instr.I64Const or Instr.F32Const or Instr.F64Const => at,
                Instr.BrTable table => Table(table, at),
                Instr.MemorySize size => Note(Memory(size.Mem), at),
                Instr.MemoryCopy copy => Copy(copy, at),
                Instr.RefFunc reference => Note(Position(reference.Func).Value, at),
                Instr.TryTable attempt => TryTable(attempt, at),
            };
        }
        return at;
    }

    private int Note(uint index, int at)
    {
        immediates.Add(index);
        return at;
    }

    private int Body(LabelId label, EquatableArray<Instr> body, int at)
    {
        labels.Add(label.Value);
        at = Walk(body.AsSpan(), at);
        labels.Pop();
        return at;
    }

    private int If(Instr.If one, int at)
    {
        at = Type(one.Type, at);
        labels.Add(one.Label.Value);
        at = Walk(one.Else.AsSpan(), Walk(one.Then.AsSpan(), at));
        labels.Pop();
        return at;
    }

    private int Loop(Instr.Loop loop, int at)
    {
        live.StartLoop(at);
        at = Body(loop.Label, loop.Body, Type(loop.Type, at));
        live.EndLoop(at);
        return at;
    }

    private int TryTable(Instr.TryTable attempt, int at)
    {
        at = Type(attempt.Type, at);
        at = Note(Depth(attempt.CatchAll), at);
        return Body(attempt.Label, attempt.Body, at);
    }

    private int Copy(Instr.MemoryCopy copy, int at)
    {
        at = Note(Memory(copy.To), at);
        return Note(Memory(copy.From), at);
    }

    private int Table(Instr.BrTable table, int at)
    {
        foreach (var label in table.Labels)
            at = Note(Depth(label), at);
        return Note(Depth(table.Default), at);
    }

    private int Type(CoreFuncType type, int at) => Numbering.NeedsTypeIndex(type) ? Note(types.Index(type).Value, at) : at;

    private uint Depth(LabelId label)
    {
        int level = labels.AsSpan().LastIndexOf(label.Value);
        return level >= 0 ? (uint)(labels.Count - 1 - level) : throw Broken.NotAround(label.Value);
    }

    private FuncPosition Find(FuncRef func) => func switch
    {
        FuncRef.Imported imported => FuncPosition.Imported(imports.Func(imported.Import)),
        FuncRef.Defined defined => FuncPosition.Defined(numbers[defined.Id]),
    };

    private uint Memory(Import.Memory memory)
    {
        if (ReferenceEquals(memory, lastMemory))
            return lastMemoryIndex;
        if (ReferenceEquals(memory, memoryBefore))
            return memoryBeforeIndex;
        (memoryBefore, memoryBeforeIndex) = (lastMemory, lastMemoryIndex);
        (lastMemory, lastMemoryIndex) = (memory, imports.Memory(memory).Value);
        return lastMemoryIndex;
    }

    private uint Global(Import.InstanceFlags flags)
    {
        if (ReferenceEquals(flags, lastFlags))
            return lastGlobal;
        if (ReferenceEquals(flags, flagsBefore))
            return globalBefore;
        (flagsBefore, globalBefore) = (lastFlags, lastGlobal);
        (lastFlags, lastGlobal) = (flags, imports.Global(flags).Value);
        return lastGlobal;
    }
}
