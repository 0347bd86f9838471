using System;

namespace Fact.Ir;

/// <summary>
/// A core module taken apart: what is small as data, code and contents as places in its bytes. It is well-formed; types and indices in code are not looked
/// at. Index spaces have the imports first. Spec: <c>module</c>.
/// </summary>
/// <param name="Bytes">The module.</param>
/// <param name="Offset">Where it begins in the input, for the offsets of errors.</param>
internal sealed record CoreModuleParts(ReadOnlyMemory<byte> Bytes, long Offset)
{
    /// <summary>The recursion groups, which together are the type index space.</summary>
    public EquatableArray<CoreRecType> Types { get; init; }

    /// <summary>The imports.</summary>
    public EquatableArray<CoreModuleImport> Imports { get; init; }

    /// <summary>The type of each function that it defines.</summary>
    public EquatableArray<CoreTypeIdx> Funcs { get; init; }

    /// <summary>The tables that it defines.</summary>
    public EquatableArray<CoreModuleTable> Tables { get; init; }

    /// <summary>The memories that it defines.</summary>
    public EquatableArray<CoreMemoryType> Memories { get; init; }

    /// <summary>The type of each tag that it defines.</summary>
    public EquatableArray<CoreTypeIdx> Tags { get; init; }

    /// <summary>The globals that it defines.</summary>
    public EquatableArray<CoreModuleGlobal> Globals { get; init; }

    /// <summary>The exports.</summary>
    public EquatableArray<CoreModuleExport> Exports { get; init; }

    /// <summary>The function that runs when the module is instantiated; null where none does.</summary>
    public CoreFuncIdx? Start { get; init; }

    /// <summary>The element segments.</summary>
    public EquatableArray<CoreElementSegment> Elements { get; init; }

    /// <summary>The data segments.</summary>
    public EquatableArray<CoreDataSegment> Data { get; init; }

    /// <summary>The bodies of the functions that it defines: their locals and their code, without the size in front.</summary>
    public EquatableArray<ByteRange> Bodies { get; init; }

    /// <summary>The custom sections, in their order.</summary>
    public EquatableArray<CoreCustomSection> Customs { get; init; }

    /// <summary>The bytes of a range.</summary>
    public ReadOnlySpan<byte> Slice(ByteRange range) => Bytes.Span.Slice(range.Start, range.Length);
}

/// <summary>A place in the bytes of a module.</summary>
/// <param name="Start">The first byte, from the beginning of the module.</param>
/// <param name="Length">How many bytes.</param>
internal readonly record struct ByteRange(int Start, int Length);

/// <summary>An import of a core module.</summary>
/// <param name="Module">The module name.</param>
/// <param name="Name">The name in it.</param>
/// <param name="Type">Its type, in the type indices of the module.</param>
internal sealed record CoreModuleImport(string Module, string Name, CoreExternType Type);

/// <summary>An export of a core module.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Index">Which, in the index space of its kind.</param>
internal sealed record CoreModuleExport(string Name, CoreExternKind Kind, uint Index);

/// <summary>A table that a core module defines.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Init">The expression for its elements, <c>end</c> included; null where they are null.</param>
internal sealed record CoreModuleTable(CoreTableType Type, ByteRange? Init);

/// <summary>A global that a core module defines.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Init">The expression for its value, <c>end</c> included.</param>
internal sealed record CoreModuleGlobal(CoreGlobalType Type, ByteRange Init);

/// <summary>An element segment. Spec: <c>elem</c>.</summary>
/// <param name="Mode">What becomes of it.</param>
/// <param name="Type">The type of its elements; null where they are functions by their indices.</param>
/// <param name="Count">How many elements it has.</param>
/// <param name="Items">The elements, without their count: a <c>u32</c> for each, or an expression.</param>
internal sealed record CoreElementSegment(SegmentMode Mode, CoreValType? Type, int Count, ByteRange Items);

/// <summary>A data segment. Spec: <c>data</c>.</summary>
/// <param name="Mode">What becomes of it; never <see cref="SegmentMode.Declarative"/>.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record CoreDataSegment(SegmentMode Mode, ByteRange Content);

/// <summary>What becomes of a segment.</summary>
internal closed record SegmentMode
{
    private SegmentMode()
    {
    }

    /// <summary>Nothing, until code asks for it.</summary>
    public sealed record Passive : SegmentMode;

    /// <summary>It is copied into a table or memory when the module is instantiated.</summary>
    /// <param name="Target">The index of the table or memory.</param>
    /// <param name="At">The expression for the place, <c>end</c> included.</param>
    public sealed record Active(uint Target, ByteRange At) : SegmentMode;

    /// <summary>Nothing: it only says which functions have references.</summary>
    public sealed record Declarative : SegmentMode;
}

/// <summary>A custom section.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Content">What follows the name.</param>
internal sealed record CoreCustomSection(string Name, ByteRange Content);
