using System;
using System.Collections.Generic;
using System.Diagnostics;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>Numbers the imports, types and functions that the functions of a program name, one function after the other.</summary>
internal sealed class NamedIndices(TypeTable types, ImportTable imports, FuncNumbers numbers, OwnNumbers own)
{
    private const uint None = uint.MaxValue;

    // Mostly the functions of a program have one table of symbols.
    private Dictionary<SymbolTable, uint[]>? others;
    private SymbolTable? first, last;
    private uint[] ofFirst = [], ofLast = [];

    /// <summary>A function names what it names, in the order of its code.</summary>
    public void Mention(CompactCode code)
    {
        uint[] positions = Of(code.Symbols);
        foreach (ref readonly var use in code.Uses.AsSpan())
        {
            ref uint position = ref positions[use.Symbol];
            if (position == None)
                position = Position(code.Symbols[use.Symbol].What).Value;
        }
    }

    /// <summary>Where a function stands that an export or an instruction names.</summary>
    public ItemPosition Position(FuncRef func) => func switch
    {
        FuncRef.Imported imported => ItemPosition.Imported(imports.Func(imported.Import)),
        FuncRef.Defined defined => ItemPosition.Defined(numbers[defined.Id]),
    };

    /// <summary>Makes indices of all positions, now that it is known how many functions, memories and globals are imported.</summary>
    public void MakeIndices()
    {
        if (first is not null)
            MakeIndices(first, ofFirst);
        if (others is null)
            return;
        foreach (var (symbols, positions) in others)
            MakeIndices(symbols, positions);
    }

    private void MakeIndices(SymbolTable symbols, uint[] positions)
    {
        for (int number = 0; number < positions.Length; number++)
        {
            ref uint position = ref positions[number];
            position = position == None ? None : new ItemPosition(position).Index(Imported(symbols[number].What));
        }
    }

    /// <summary>The indices of the symbols that code names, by their numbers.</summary>
    public uint[] Of(SymbolTable symbols)
    {
        if (ReferenceEquals(symbols, last))
            return ofLast;
        last = symbols;
        if (ReferenceEquals(symbols, first))
            return ofLast = ofFirst;
        if (first is null)
            return ofLast = ofFirst = New(first = symbols);
        others ??= new(ReferenceEqualityComparer.Instance);
        if (!others.TryGetValue(symbols, out var positions))
            others.Add(symbols, positions = New(symbols));
        return ofLast = positions;
    }

    private static uint[] New(SymbolTable symbols)
    {
        var positions = new uint[symbols.Count];
        Array.Fill(positions, None);
        return positions;
    }

    /// <summary>The bytes of the indices of the symbols, wherever the code names them.</summary>
    public static int Length(CompactCode code, ReadOnlySpan<uint> indices)
    {
        int bytes = 0;
        foreach (ref readonly var use in code.Uses.AsSpan())
            bytes += use.Uses * Length(indices[use.Symbol], code.Symbols[use.Symbol].Use);
        return bytes;
    }

    private static int Length(uint index, IndexUse use) => use switch
    {
        IndexUse.Plain => Leb128.Length(index),
        IndexUse.Access => index == 0 ? 0 : Leb128.Length(index),
        IndexUse.BlockType => Leb128.Length((long)index),
        IndexUse.None => 0,
        _ => throw new UnreachableException(),
    };

    /// <summary>How many things of its kind are imported.</summary>
    private uint Imported(object what) => what switch
    {
        OwnMemory => imports.Memories,
        OwnGlobal => imports.Globals,
        OwnTable => 0,
        _ => imports.Funcs,
    };

    private ItemPosition Position(object what) => what switch
    {
        Import.Memory memory => new(imports.Memory(memory).Value),
        FuncRef.Defined defined => ItemPosition.Defined(numbers[defined.Id]),
        FuncRef.Imported imported => ItemPosition.Imported(imports.Func(imported.Import)),
        Import.InstanceFlags flags => new(imports.Global(flags).Value),
        CoreFuncType type => new(types.Index(type).Value),
        OwnMemory memory => ItemPosition.Defined(own[memory]),
        OwnGlobal global => ItemPosition.Defined(own[global]),
        OwnTable table => ItemPosition.Defined(own[table]),
        _ => throw new UnreachableException(),
    };
}
