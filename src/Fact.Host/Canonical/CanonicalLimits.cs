namespace Fact.Host.Canonical;

/// <summary>The numbers of the Canonical ABI, as far as a host needs them.</summary>
internal static class CanonicalLimits
{
    /// <summary>Spec: <c>MAX_FLAT_PARAMS</c>.</summary>
    public const int MaxFlatParams = 16;

    /// <summary>Spec: <c>MAX_FLAT_RESULTS</c>.</summary>
    public const int MaxFlatResults = 1;

    /// <summary>How deep types may nest: the implementation recurses over them.</summary>
    public const int MaxTypeDepth = 256;

    /// <summary>Bytes of a string or list. Spec: <c>MAX_STRING_BYTE_LENGTH</c>, <c>MAX_LIST_BYTE_LENGTH</c>.</summary>
    public const uint MaxByteLength = (1 << 28) - 1;

    /// <summary>No value type may have as many bytes, laid out for 64-bit pointers.</summary>
    public const ulong ElemSizeEnd = 1 << 28;
}
