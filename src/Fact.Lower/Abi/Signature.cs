using Fact.Ir;

namespace Fact.Lower.Abi;

/// <summary>Core signatures of component functions. Spec: <c>flatten_functype</c>.</summary>
internal static class Signature
{
    /// <summary>The type of a core function that may be lifted.</summary>
    public static CoreFuncType Lift(AbiType[] parameters, AbiType? result, CanonicalOptions options, CoreValType ptr)
    {
        var flatParams = Flatten.Types(parameters, ptr, Limits.MaxFlatParams) ?? [ptr];
        CoreValType[] results;
        if (options.Async)
            results = options.Callback is null ? [] : [CoreValType.I32];
        else
            results = Results(result, ptr, Limits.MaxFlatResults) ?? [ptr];
        return new(EquatableArray.Create<CoreValType>(flatParams), EquatableArray.Create<CoreValType>(results));
    }

    /// <summary>The type of the core function that lowering makes.</summary>
    public static CoreFuncType Lower(AbiType[] parameters, AbiType? result, CanonicalOptions options, CoreValType ptr)
    {
        var flatParams = Flatten.Types(parameters, ptr, options.Async ? Limits.MaxFlatAsyncParams : Limits.MaxFlatParams) ?? [ptr];
        var flatResults = Results(result, ptr, options.Async ? 0 : Limits.MaxFlatResults);
        if (flatResults is null)
            flatParams = [.. flatParams, ptr];
        if (options.Async)
            flatResults = [CoreValType.I32];
        return new(EquatableArray.Create<CoreValType>(flatParams), EquatableArray.Create<CoreValType>(flatResults ?? []));
    }

    private static CoreValType[]? Results(AbiType? result, CoreValType ptr, int max)
    {
        if (result is null)
            return [];
        return result.For(ptr).FlatTypes is { } flat && flat.Length <= max ? flat : null;
    }
}
