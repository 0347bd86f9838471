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
    public const int MaxTypeDepth = Ir.ValType.MaxDepth;

    /// <summary>Fields, cases or labels of one type. Engines allow far fewer.</summary>
    public const int MaxMembers = 100_000;

    /// <summary>Labels of a flags type. Spec: <c>flags</c>.</summary>
    public const int MaxFlags = 32;

    /// <summary>Bytes that may be added to the name of an adapter, before and after it, in names of imports, exports and functions.</summary>
    public const int NameAffixes = 64;

    /// <summary>Bytes of the names of all adapters of a module together: each is written up to eight times.</summary>
    public const long MaxNameBytes = 1 << 26;

    /// <summary>Characters of errors of one module, some more at the end; what is wrong besides is not reported.</summary>
    public const long MaxErrorText = 1 << 24;

    /// <summary>Instructions of the adapters of a component, all modules together, besides <see cref="CodePerAdapter"/>: some seven megabytes.</summary>
    public const int Code = 3_000_000;

    /// <summary>Instructions that each adapter adds to the limit.</summary>
    public const int CodePerAdapter = 128;
}
