using System;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>What the numbers in a part are in the merged module; <see cref="None"/> for what is not there.</summary>
/// <param name="Types">Types.</param>
/// <param name="Externs">Functions, tables, memories, globals and tags: one array for each <see cref="CoreExternKind"/>.</param>
/// <param name="Elements">Element segments.</param>
/// <param name="Data">Data segments.</param>
internal sealed record PartNumbers(uint[] Types, uint[][] Externs, uint[] Elements, uint[] Data)
{
    /// <summary>What is not in the merged module.</summary>
    public const uint None = uint.MaxValue;

    /// <summary>What calls of the functions call.</summary>
    public uint[] Calls { get; init; } = Externs[(int)CoreExternKind.Func];

    /// <summary>The tables whose elements are known, by the numbers of the part; null for the others.</summary>
    public ConstantTable?[] Tables { get; init; } = [];

    /// <summary>The numbers of one kind.</summary>
    public ReadOnlySpan<uint> Of(CoreExternKind kind) => Externs[(int)kind];

    /// <summary>The numbers of those of a kind that the part defines, of which there are so many.</summary>
    public ReadOnlySpan<uint> Defined(CoreExternKind kind, int count) => Externs[(int)kind].AsSpan(Externs[(int)kind].Length - count);

    /// <summary>Whether there is in the part what code names.</summary>
    public bool Has(in CodeNote note)
    {
        (ulong index, int count) = note.Kind switch
        {
            NoteKind.Call or NoteKind.RefFunc => (note.Value, Of(CoreExternKind.Func).Length),
            NoteKind.Type or NoteKind.BlockType => (note.Value, Types.Length),
            NoteKind.ValType => (((CoreValType)note.Value).Heap.Defined!.Value.Value, Types.Length),
            NoteKind.HeapType => (new CoreHeapType(note.Value).Defined!.Value.Value, Types.Length),
            NoteKind.Table or NoteKind.WrittenTable => (note.Value, Of(CoreExternKind.Table).Length),
            NoteKind.Memory or NoteKind.Access => (note.Value, Of(CoreExternKind.Memory).Length),
            NoteKind.Global => (note.Value, Of(CoreExternKind.Global).Length),
            NoteKind.Tag => (note.Value, Of(CoreExternKind.Tag).Length),
            NoteKind.Elem => (note.Value, Elements.Length),
            NoteKind.Data => (note.Value, Data.Length),
            _ => throw Broken.No("single thing of kind", (int)note.Kind),
        };
        return index < (uint)count;
    }

    /// <summary>The type of a value. What is not defined stays as it is.</summary>
    public CoreValType Renumber(CoreValType type) =>
        type.IsRef && type.Heap.Defined is { } index ? CoreValType.Ref(new CoreHeapType(Renumber(index), type.Heap.IsExact), type.IsNullable) : type;

    /// <summary>A type index. What is not defined stays as it is.</summary>
    public CoreTypeIdx Renumber(CoreTypeIdx index) => index.Value < (uint)Types.Length ? new CoreTypeIdx(Types[index.Value]) : index;

    /// <summary>The type of an import.</summary>
    public CoreExternType Renumber(CoreExternType type) => type switch
    {
        CoreExternType.Func(var func, var isExact) => new CoreExternType.Func(Renumber(func), isExact),
        CoreExternType.Table(var table) => new CoreExternType.Table(Renumber(table)),
        CoreExternType.Memory => type,
        CoreExternType.Global(var global) => new CoreExternType.Global(Renumber(global)),
        CoreExternType.Tag(var tag) => new CoreExternType.Tag(Renumber(tag)),
    };

    /// <summary>The type of a table.</summary>
    public CoreTableType Renumber(CoreTableType type) => type with { Element = Renumber(type.Element) };

    /// <summary>The type of a global.</summary>
    public CoreGlobalType Renumber(CoreGlobalType type) => type with { Type = Renumber(type.Type) };
}
