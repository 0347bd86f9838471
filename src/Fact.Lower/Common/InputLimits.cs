namespace Fact.Lower;

/// <summary>What limits the adapters of a module, besides what limits types and engines.</summary>
internal static class InputLimits
{
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

    /// <summary>
    /// About how many instructions the largest copy that is one function may have. An instruction with its operands takes up to 25 bytes in a debug build, and
    /// engines refuse functions of more than 7,654,321.
    /// </summary>
    public const int CodeOfOneFunction = 250_000;

    /// <summary>
    /// How many nodes of plans are explained in full, those of all adapters together, besides <see cref="ExplainedPerAdapter"/>; 50 characters of text count as a node.
    /// The plans of many adapters may be of one large type.
    /// </summary>
    public const int Explained = 50_000;

    /// <summary>Nodes that each adapter adds to the limit.</summary>
    public const int ExplainedPerAdapter = 100;

    /// <summary>How many component instances an instance may be inside of where adapters check <c>may_enter</c>: they have code for each that they enter.</summary>
    public const int MaxInstanceDepth = 32;

    /// <summary>Component instances, and as many resource types and resource tables, whose handles a runtime module keeps.</summary>
    public const int RuntimeItems = 1_000_000;
}
