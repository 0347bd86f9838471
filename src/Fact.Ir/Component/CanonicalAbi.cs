namespace Fact.Ir;

/// <summary>The numbers of the Canonical ABI.</summary>
public static class CanonicalAbi
{
    /// <summary>Flat parameters of a synchronous call, and of anything lifted. Spec: <c>MAX_FLAT_PARAMS</c>.</summary>
    public const int MaxFlatParams = 16;

    /// <summary>Flat parameters of an asynchronous lowering. Spec: <c>MAX_FLAT_ASYNC_PARAMS</c>.</summary>
    public const int MaxFlatAsyncParams = 4;

    /// <summary>Flat results of a synchronous call. Spec: <c>MAX_FLAT_RESULTS</c>.</summary>
    public const int MaxFlatResults = 1;

    /// <summary>No value may have this many bytes or more, laid out for 64-bit pointers. Spec: validation of <c>defvaltype</c>.</summary>
    public const ulong ElemSizeEnd = 1UL << 28;

    /// <summary>Labels of a flags type. Spec: <c>flags</c>.</summary>
    public const int MaxFlags = 32;

    /// <summary>Fields, cases or labels of one type of an adapter: ours. Engines take far fewer in a component.</summary>
    public const int MaxMembers = 100_000;
}

/// <summary>The bits of the flags of a component instance, which adapters share with their host: what a global <c>instance{N}</c> holds.</summary>
public static class InstanceFlagBits
{
    /// <summary>The instance may be left. Spec: <c>may_leave</c>.</summary>
    public const int MayLeave = 1;

    /// <summary>The instance may be entered, by the older rule of reentrance. Spec, before reentrance was allowed: <c>may_enter</c>.</summary>
    public const int MayEnter = 2;
}
