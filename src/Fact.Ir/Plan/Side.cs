namespace Fact.Ir.Plan;

/// <summary>What a plan needs to know of one side of a call. Sides with the same memory, allocator and encoding are one object.</summary>
/// <param name="Is64">Whether its pointers have 64 bits.</param>
/// <param name="Memory">Its memory; null where it has none: then no value of it needs one.</param>
/// <param name="Realloc">Its allocator, if it has one.</param>
/// <param name="Encoding">How its strings are encoded.</param>
/// <param name="MemoryNumber">Numbers the memory among those of all sides, from 0; −1 where there is none.</param>
/// <param name="ReallocNumber">Numbers the allocator likewise.</param>
internal sealed record Side(bool Is64, Import.Memory? Memory, Import.Realloc? Realloc, StringEncoding Encoding, int MemoryNumber, int ReallocNumber)
{
    /// <summary>Whether it is known that its allocator throws nothing.</summary>
    public bool ReallocThrowsNothing { get; init; }

    /// <summary>What addresses and lengths are: i32 or i64.</summary>
    public CoreValType Pointer => Is64 ? CoreValType.I64 : CoreValType.I32;
}
