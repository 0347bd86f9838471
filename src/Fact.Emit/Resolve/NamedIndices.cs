using System.Diagnostics;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>Numbers the imports, types and functions that the functions of a program name, one function after the other.</summary>
internal sealed class NamedIndices(TypeTable types, ImportTable imports, FuncNumbers numbers, OwnNumbers own)
{
    /// <summary>Where everything stands that a function names, in the order of its code: <see cref="ItemPosition"/>s as numbers.</summary>
    public uint[] Positions(CodeNotes notes)
    {
        var named = notes.Named.AsSpan();
        if (named.IsEmpty)
            return [];
        var positions = new uint[named.Length];
        for (int i = 0; i < positions.Length; i++)
            positions[i] = Position(named[i].What).Value;
        return positions;
    }

    /// <summary>Where a function stands that an export or an instruction names.</summary>
    public ItemPosition Position(FuncRef func) => func switch
    {
        FuncRef.Imported imported => ItemPosition.Imported(imports.Func(imported.Import)),
        FuncRef.Defined defined => ItemPosition.Defined(numbers[defined.Id]),
    };

    /// <summary>Makes indices of positions, now that it is known how many functions, memories, globals and tables are imported.</summary>
    /// <param name="positions">What <see cref="Positions"/> gave for a function.</param>
    /// <param name="notes">The notes about the function.</param>
    /// <returns>The bytes of all these indices where the code names them.</returns>
    public int MakeIndices(uint[] positions, CodeNotes notes)
    {
        var named = notes.Named.AsSpan();
        int bytes = 0;
        for (int i = 0; i < positions.Length; i++)
        {
            uint imported = named[i].What switch
            {
                OwnMemory => imports.Memories,
                OwnGlobal => imports.Globals,
                OwnTable => 0,
                _ => imports.Funcs,
            };
            uint index = positions[i] = new ItemPosition(positions[i]).Index(imported);
            bytes += named[i].Uses * Length(index, named[i].Use);
        }
        return bytes;
    }

    private static int Length(uint index, IndexUse use) => use switch
    {
        IndexUse.Plain => Leb128.Length(index),
        IndexUse.Access => index == 0 ? 0 : Leb128.Length(index),
        IndexUse.BlockType => Leb128.Length((long)index),
        _ => throw new UnreachableException(),
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
