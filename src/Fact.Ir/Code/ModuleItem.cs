namespace Fact.Ir;

/// <summary>A memory that code names: one that the module imports, or one of its own.</summary>
internal interface IMemory
{
    /// <summary>Its type; of an imported one as it is imported.</summary>
    CoreMemoryType Type { get; }
}

/// <summary>A global that code names: the flags of a component instance, which the module imports, or one of its own.</summary>
internal interface IGlobal;

/// <summary>A memory of the module.</summary>
/// <param name="Name">What a reader calls it.</param>
/// <param name="Type">Its type.</param>
/// <param name="Export">The name that it is exported by; null where it is not.</param>
internal sealed record OwnMemory(string Name, CoreMemoryType Type, string? Export = null) : IMemory
{
    /// <summary>What is in it at first, where that is not zero.</summary>
    public EquatableArray<DataSegment> Data { get; init; } = [];
}

/// <summary>Bytes that a memory of the module begins with. Spec: an active data segment.</summary>
/// <param name="Offset">The address of the first.</param>
/// <param name="Bytes">The bytes.</param>
internal sealed record DataSegment(uint Offset, EquatableArray<byte> Bytes);

/// <summary>A global of the module.</summary>
/// <param name="Name">What a reader calls it.</param>
/// <param name="Type">Its type: of an i32 or an i64.</param>
/// <param name="Value">Its value at first; of an i32 the lower half.</param>
/// <param name="Export">The name that it is exported by; null where it is not.</param>
internal sealed record OwnGlobal(string Name, CoreGlobalType Type, long Value, string? Export = null) : IGlobal;

/// <summary>A table of the module; its elements are null at first.</summary>
/// <param name="Name">What a reader calls it.</param>
/// <param name="Type">Its type.</param>
/// <param name="Export">The name that it is exported by; null where it is not.</param>
internal sealed record OwnTable(string Name, CoreTableType Type, string? Export = null);
