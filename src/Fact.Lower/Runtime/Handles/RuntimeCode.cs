using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Lower.Code;
using static Fact.Ir.CoreValType;

namespace Fact.Lower.Runtime.Handles;

/// <summary>A number that is known when code is written, or a local that has it when the code runs.</summary>
internal readonly record struct Word(uint Value, LocalId? Local = null)
{
    public static implicit operator Word(LocalId local) => new(0, local);

    public static implicit operator Word(uint value) => new(value);
}

/// <summary>What the functions of a runtime module are written with: its memory, its globals, and the functions written so far.</summary>
internal sealed class RuntimeCode(RuntimeLayout layout)
{
    private static readonly CoreGlobalType Counter = CoreGlobalType.MutableI32;
    private static readonly CoreFuncType[] NoResult = [.. Enumerable.Range(0, 4).Select(Ints)];
    private static readonly CoreFuncType[] OneResult = [.. NoResult.Select(type => new CoreFuncType(type.Params, [I32]))];

    private readonly FuncBuilder b = new();
    private readonly List<SymbolicFunc> funcs = [];
    private readonly List<ProgramExport> exports = [];

    public FuncBuilder Builder => b;

    public RuntimeLayout Layout => layout;

    public OwnMemory Memory { get; } = new("handles", new(new CoreLimits((layout.End >> 16) + 1, null, Is64: false, IsShared: false))) { Data = [layout.Data()] };

    /// <summary>The first byte that nothing was ever allocated at.</summary>
    public OwnGlobal Top { get; } = new("top", Counter, layout.End);

    /// <summary>The first free call or lender; 0 for none.</summary>
    public OwnGlobal FreeCell { get; } = new("free-cell", Counter, 0);

    /// <summary>The call that is current; 0 for none.</summary>
    public OwnGlobal CurrentCall { get; } = new("current-call", Counter, 0, "current-call");

    /// <summary>How many handles there are, and other entries.</summary>
    public OwnGlobal Handles { get; } = new("handles", Counter, 0, "handles");

    /// <summary>How often handles are lent.</summary>
    public OwnGlobal Lends { get; } = new("lends", Counter, 0, "lends");

    /// <summary>How many of each there may be: as unsigned numbers, any at first.</summary>
    public OwnGlobal MaxHandles { get; } = new("max-handles", Counter, -1, "max-handles");

    /// <summary>The index that was wrong, for hosts that say so.</summary>
    public OwnGlobal FaultIndex { get; } = new("fault-index", Counter, 0, "fault-index");

    /// <summary>The tag that was expected there.</summary>
    public OwnGlobal FaultExpected { get; } = new("fault-expected", Counter, 0, "fault-expected");

    /// <summary>The tag that was there.</summary>
    public OwnGlobal FaultFound { get; } = new("fault-found", Counter, 0, "fault-found");

    /// <summary>All of these.</summary>
    public EquatableArray<OwnGlobal> Globals => [Top, FreeCell, CurrentCall, Handles, Lends, MaxHandles, FaultIndex, FaultExpected, FaultFound];

    public EquatableArray<SymbolicFunc> Funcs => funcs.ToEquatableArray();

    public EquatableArray<ProgramExport> Exports => exports.ToEquatableArray();

    /// <summary>The type with so many i32 parameters and as many results.</summary>
    public static CoreFuncType Type(int parameters, int results) => results == 0 ? NoResult[parameters] : OneResult[parameters];

    private static CoreFuncType Ints(int count) => new(Enumerable.Repeat(I32, count).ToEquatableArray(), []);

    /// <summary>Begins a function; its parameters are the first locals.</summary>
    public void Start(CoreFuncType type, params ReadOnlySpan<string> names) => b.Start(type.Params.AsSpan(), names);

    /// <summary>Ends a function that others of the module call.</summary>
    public FuncRef Helper(string name, CoreFuncType type) => Finish(FuncRole.Helper, name, type);

    /// <summary>Ends a function that is exported.</summary>
    public void Export(string name, CoreFuncType type) => exports.Add(new(name, Finish(FuncRole.Runtime, name, type)));

    private FuncRef.Defined Finish(FuncRole role, string name, CoreFuncType type)
    {
        var func = b.Finish(new(funcs.Count), role, name, type);
        funcs.Add(func);
        return new(func.Id);
    }

    public void Push(Word word)
    {
        if (word.Local is { } local)
            b.Get(local);
        else
            b.I32((int)word.Value);
    }

    /// <summary>The word at an address and an offset.</summary>
    public void Load(Word address, uint offset)
    {
        Address(address, ref offset);
        b.Access(MemoryOp.I32Load, new(offset, 2), Memory);
    }

    /// <summary>Stores a word at an address and an offset.</summary>
    public void Store(Word address, uint offset, Word value)
    {
        Address(address, ref offset);
        Push(value);
        b.Access(MemoryOp.I32Store, new(offset, 2), Memory);
    }

    /// <summary>Pushes the sum of a word in memory and a number.</summary>
    public void Change(Word address, uint offset, int by)
    {
        uint at = offset;
        Address(address, ref at);
        Load(address, offset);
        b.I32(by);
        b.Op(PlainOp.I32Add);
        b.Access(MemoryOp.I32Store, new(at, 2), Memory);
    }

    public void Change(OwnGlobal global, int by)
    {
        Get(global);
        b.I32(by);
        b.Op(PlainOp.I32Add);
        Set(global);
    }

    public void Get(IGlobal global) => b.Global(GlobalOp.Get, global);

    public void Set(IGlobal global) => b.Global(GlobalOp.Set, global);

    /// <summary>Traps where the i32 on the stack is not zero.</summary>
    public void TrapIf(TrapCode code) => b.TrapIf(code, null);

    public void Call(FuncRef func) => b.Emit(new FuncCall(func));

    /// <summary>The word in memory in a new local.</summary>
    public LocalId Loaded(Word address, uint offset, string name)
    {
        Load(address, offset);
        return b.SetNew(I32, name);
    }

    /// <summary>The representation in an entry, as a type.</summary>
    public void LoadRep(LocalId entry, CoreValType type)
    {
        b.Get(entry);
        if (type == I64 && layout.Wide)
            b.Access(MemoryOp.I64Load, new(layout.Rep, 3), Memory);
        else
            b.Access(type == I64 ? MemoryOp.I64Load32U : MemoryOp.I32Load, new(layout.Rep, 2), Memory);
    }

    /// <summary>Stores a representation in an entry.</summary>
    public void StoreRep(LocalId entry, LocalId rep)
    {
        bool is64 = b.TypeOf(rep) == I64;
        b.Get(entry);
        b.Get(rep);
        if (!layout.Wide)
        {
            b.Access(is64 ? MemoryOp.I64Store32 : MemoryOp.I32Store, new(layout.Rep, 2), Memory);
            return;
        }
        if (!is64)
            b.Op(PlainOp.I64ExtendI32U);
        b.Access(MemoryOp.I64Store, new(layout.Rep, 3), Memory);
    }

    /// <summary>A known address becomes an offset from 0.</summary>
    private void Address(Word address, ref uint offset)
    {
        if (address.Local is null)
            (address, offset) = (0u, address.Value + offset);
        Push(address);
    }
}
