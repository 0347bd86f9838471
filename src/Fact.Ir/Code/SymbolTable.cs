using System;
using System.Collections.Generic;

namespace Fact.Ir;

/// <summary>
/// What the functions of a program name that has an index in the module, or is not a number for another reason: <see cref="CompactCode"/> has numbers for it. The table
/// only grows, while code is written, so what a number stands for never changes. The same thing may have several numbers.
/// </summary>
/// <param name="expected">How many there may be: the table starts that large.</param>
internal sealed class SymbolTable(int expected = 0)
{
    /// <summary>How many places there are to look for a function of the program in: each has one, which it shares with others. A power of two.</summary>
    private const int FuncPlaces = 256;

    /// <summary>How many there are for everything else, after those. A power of two.</summary>
    private const int OtherPlaces = 32;

    /// <summary>Up to here all are compared.</summary>
    private const int Few = 16;

    private int[]? recent;
    private Symbol[] symbols = new Symbol[Math.Max(expected, Few / 2)];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The one with a number.</summary>
    public ref readonly Symbol this[int number] => ref symbols[number];

    /// <summary>The number of a thing whose index is written in some way.</summary>
    public int Of(object what, IndexUse use)
    {
        if (Count <= Few)
        {
            for (int i = 0; i < Count; i++)
            {
                if (ReferenceEquals(symbols[i].What, what) && symbols[i].Use == use)
                    return i;
            }
            return Add(what, use);
        }
        recent ??= new int[FuncPlaces + OtherPlaces];
        ref int number = ref recent[PlaceOf(what, use)];
        if (number < Count && ReferenceEquals(symbols[number].What, what) && symbols[number].Use == use)
            return number;
        return number = Add(what, use);
    }

    /// <summary>Gives a thing the next number.</summary>
    public int Add(object what, IndexUse use)
    {
        if (Count == symbols.Length)
            Array.Resize(ref symbols, 2 * Count);
        symbols[Count] = new Symbol(what, use);
        return Count++;
    }

    private static int PlaceOf(object what, IndexUse use)
    {
        if (what is FuncRef.Defined func)
            return func.Id.Value & (FuncPlaces - 1);
        uint id = what switch
        {
            Import.Memory memory => memory.Id.Value << 1,
            Import.InstanceFlags flags => flags.Instance.Value,
            _ => 0,
        };
        return FuncPlaces + (int)((id + ((uint)use * (OtherPlaces / 4))) % OtherPlaces);
    }

    /// <summary>The same numbers for other functions.</summary>
    /// <param name="replace">Gives the function to name instead.</param>
    public SymbolTable With(Func<FuncRef, FuncRef> replace)
    {
        var table = new SymbolTable { symbols = symbols.AsSpan(0, Count).ToArray(), Count = Count };
        foreach (ref var symbol in table.symbols.AsSpan())
        {
            if (symbol.What is FuncRef func)
                symbol = symbol with { What = replace(func) };
        }
        return table;
    }
}

/// <summary>Something that code names.</summary>
/// <param name="What">A <see cref="FuncRef"/>, an <see cref="IMemory"/>, an <see cref="IGlobal"/>, an <see cref="OwnTable"/>, the <see cref="CoreFuncType"/> of a block
/// or of an indirect call, or a string: a path.</param>
/// <param name="Use">How its index is written.</param>
internal readonly record struct Symbol(object What, IndexUse Use);

/// <summary>How an index is written.</summary>
internal enum IndexUse : byte
{
    /// <summary>As an unsigned number.</summary>
    Plain,
    /// <summary>As the memory of a load or store: the index 0 is not written.</summary>
    Access,
    /// <summary>As the type of a block: a signed number. Spec: <c>blocktype</c>.</summary>
    BlockType,
    /// <summary>Not at all: it has none.</summary>
    None,
}
