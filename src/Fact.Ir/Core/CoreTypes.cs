namespace Fact.Ir;

/// <summary>The type of a core WebAssembly value; each value is its encoding.</summary>
public enum CoreValType : byte
{
    /// <summary>A function reference, or null.</summary>
    FuncRef = 0x70,
    /// <summary>A float of 64 bits.</summary>
    F64 = 0x7C,
    /// <summary>A float of 32 bits.</summary>
    F32 = 0x7D,
    /// <summary>An integer of 64 bits.</summary>
    I64 = 0x7E,
    /// <summary>An integer of 32 bits.</summary>
    I32 = 0x7F,
}

/// <summary>The type of a core function.</summary>
public sealed record CoreFuncType(EquatableArray<CoreValType> Params, EquatableArray<CoreValType> Results)
{
    /// <summary>The type <c>() -> ()</c>.</summary>
    public static CoreFuncType Empty { get; } = new([], []);
}

/// <summary>What an adapter must know of the type of a memory that it works on.</summary>
/// <param name="Is64">Whether its addresses are 64-bit integers.</param>
/// <param name="PageSizeLog2">The binary logarithm of its page size in bytes: 16, or 0 under the custom-page-sizes proposal.</param>
public sealed record MemoryType(bool Is64 = false, int PageSizeLog2 = 16)
{
    /// <summary>The type of an address: i32 or i64.</summary>
    public CoreValType IndexType => Is64 ? CoreValType.I64 : CoreValType.I32;
}
