namespace Fact.Ir;

/// <summary>What canonical options must have for values to pass.</summary>
internal enum MemoryNeed
{
    /// <summary>Values travel as core values.</summary>
    None,

    /// <summary>Values are read, or written, through pointers: the option memory.</summary>
    Memory,

    /// <summary>Values are allocated: the options memory and realloc.</summary>
    Allocator,
}

/// <summary>What the parameters and the result of a function need of the options of one side. Spec: validation of <c>canon lift</c> and <c>canon lower</c>.</summary>
/// <param name="Params">What the parameters need.</param>
/// <param name="Result">What the result needs.</param>
internal readonly record struct CanonicalNeeds(MemoryNeed Params, MemoryNeed Result)
{
    /// <summary>For a function that is lifted.</summary>
    public static CanonicalNeeds OfLift(ComponentFuncType type, CanonicalOptions options)
    {
        // What an asynchronous function returns are parameters of task.return.
        int maxResults = options.Async ? CanonicalAbi.MaxFlatParams : CanonicalAbi.MaxFlatResults;
        return new(
            Passes(type.ParamTuple, options, CanonicalAbi.MaxFlatParams) ? MemoryNeed.Allocator : MemoryNeed.None,
            Passes(type.Result, options, maxResults) ? MemoryNeed.Memory : MemoryNeed.None);
    }

    /// <summary>For a function that is lowered.</summary>
    public static CanonicalNeeds OfLower(ComponentFuncType type, CanonicalOptions options)
    {
        int maxParams = options.Async ? CanonicalAbi.MaxFlatAsyncParams : CanonicalAbi.MaxFlatParams;
        int maxResults = options.Async ? 0 : CanonicalAbi.MaxFlatResults;
        var result = type.Result is { } some && some.Has(TypeContents.Pointers) ? MemoryNeed.Allocator
            : Passes(type.Result, options, maxResults) ? MemoryNeed.Memory : MemoryNeed.None;
        return new(Passes(type.ParamTuple, options, maxParams) ? MemoryNeed.Memory : MemoryNeed.None, result);
    }

    /// <summary>Whether something of a value is in memory: what pointers in it point to, or all of it.</summary>
    private static bool Passes(ValType? type, CanonicalOptions options, int max) =>
        type is not null && (type.Has(TypeContents.Pointers) || !type.LayoutFor(options.PointerType).FitsIn(max));
}
