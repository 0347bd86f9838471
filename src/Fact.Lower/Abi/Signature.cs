using System;
using Fact.Ir;

namespace Fact.Lower.Abi;

/// <summary>Core signatures of component functions. Spec: <c>flatten_functype</c>.</summary>
internal static class Signature
{
    /// <summary>The type of a core function that may be lifted.</summary>
    public static CoreFuncType Lift(ReadOnlySpan<LaidOutType> parameters, LaidOutType? result, bool isAsync, bool hasCallback, CoreValType ptr)
    {
        var flatParams = Flatten.Types(parameters, ptr, Limits.MaxFlatParams) ?? [ptr];
        CoreValType[] results;
        if (isAsync)
            results = hasCallback ? [CoreValType.I32] : [];
        else
            results = Results(result, ptr, Limits.MaxFlatResults) ?? [ptr];
        return new(EquatableArray.Create<CoreValType>(flatParams), EquatableArray.Create<CoreValType>(results));
    }

    /// <summary>The type of the core function that lowering makes.</summary>
    public static CoreFuncType Lower(ReadOnlySpan<LaidOutType> parameters, LaidOutType? result, bool isAsync, CoreValType ptr)
    {
        var flatParams = Flatten.Types(parameters, ptr, isAsync ? Limits.MaxFlatAsyncParams : Limits.MaxFlatParams) ?? [ptr];
        var flatResults = Results(result, ptr, isAsync ? 0 : Limits.MaxFlatResults);
        if (flatResults is null)
            flatParams = [.. flatParams, ptr];
        if (isAsync)
            flatResults = [CoreValType.I32];
        return new(EquatableArray.Create<CoreValType>(flatParams), EquatableArray.Create<CoreValType>(flatResults ?? []));
    }

    private static CoreValType[]? Results(LaidOutType? result, CoreValType ptr, int max) =>
        result is null ? [] : Flatten.Types([result], ptr, max);
}
