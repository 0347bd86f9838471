namespace Fact.Lower.Abi;

/// <summary>The numbers of the Canonical ABI.</summary>
internal static class Limits
{
    /// <summary>Flat parameters of a synchronous call, and of anything lifted. Spec: <c>MAX_FLAT_PARAMS</c>.</summary>
    public const int MaxFlatParams = 16;

    /// <summary>Flat parameters of an asynchronous lowering. Spec: <c>MAX_FLAT_ASYNC_PARAMS</c>.</summary>
    public const int MaxFlatAsyncParams = 4;

    /// <summary>Flat results of a synchronous call. Spec: <c>MAX_FLAT_RESULTS</c>.</summary>
    public const int MaxFlatResults = 1;

    /// <summary>No value type may have this many bytes or more, laid out for 64-bit pointers. Spec: validation of <c>defvaltype</c>.</summary>
    public const ulong ElemSizeEnd = 1UL << 28;

    /// <summary>How many component instances an instance may be inside of where adapters check <c>may_enter</c>: they have code for each that they enter.</summary>
    public const int MaxInstanceDepth = 32;

    /// <summary>How many types may be nested in one another.</summary>
    public const int MaxTypeDepth = 256;

    /// <summary>Fields, cases or labels of one type. Engines allow far fewer.</summary>
    public const int MaxMembers = 100_000;

    /// <summary>Labels of a flags type. Spec: <c>flags</c>.</summary>
    public const int MaxFlags = 32;
}
