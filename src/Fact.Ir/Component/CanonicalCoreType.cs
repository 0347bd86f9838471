using System;

namespace Fact.Ir;

/// <summary>
/// The core function types that component functions are lifted from and lowered to: what a compiler declares for them, so that it need not guess.
/// Spec: <c>flatten_functype</c>.
/// </summary>
public static class CanonicalCoreType
{
    /// <summary>The type of a core function that may be lifted. Spec: <c>flatten_functype</c> with <c>lift</c>.</summary>
    /// <param name="type">The component function type.</param>
    /// <param name="options">The options of <c>canon lift</c>: the width of pointers is that of the memory, 32 bits where there is none.</param>
    public static CoreFuncType OfLift(ComponentFuncType type, CanonicalOptions options)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(options);
        var pointer = options.PointerType;
        CoreValType[] results;
        if (options.Async)
            results = options.Callback is null ? [] : [CoreValType.I32];
        else
            results = Flat(type.Result, pointer, CanonicalAbi.MaxFlatResults) ?? [pointer];
        return new(EquatableArray.Seal(Flat(type.ParamTuple, pointer, CanonicalAbi.MaxFlatParams) ?? [pointer]), EquatableArray.Seal(results));
    }

    /// <summary>The type of the core function that lowering makes. Spec: <c>flatten_functype</c> with <c>lower</c>.</summary>
    /// <param name="type">The component function type.</param>
    /// <param name="options">The options of <c>canon lower</c>: the width of pointers is that of the memory, 32 bits where there is none.</param>
    public static CoreFuncType OfLower(ComponentFuncType type, CanonicalOptions options)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(options);
        var pointer = options.PointerType;
        var parameters = Flat(type.ParamTuple, pointer, options.Async ? CanonicalAbi.MaxFlatAsyncParams : CanonicalAbi.MaxFlatParams) ?? [pointer];
        var results = Flat(type.Result, pointer, options.Async ? 0 : CanonicalAbi.MaxFlatResults);
        if (results is null)
            parameters = [.. parameters, pointer];
        if (options.Async)
            results = [CoreValType.I32];
        return new(EquatableArray.Seal(parameters), EquatableArray.Seal(results ?? []));
    }

    /// <summary>Whether a core type is that of <see cref="OfLift"/>.</summary>
    internal static bool IsLift(CoreFuncType core, ComponentFuncType type, CanonicalOptions options)
    {
        var pointer = options.PointerType;
        if (!Is(core.Params.AsSpan(), type.ParamTuple, pointer, CanonicalAbi.MaxFlatParams))
            return false;
        var results = core.Results.AsSpan();
        if (options.Async)
            return options.Callback is null ? results.IsEmpty : results is [CoreValType.I32];
        return Is(results, type.Result, pointer, CanonicalAbi.MaxFlatResults);
    }

    /// <summary>Whether a core type is that of <see cref="OfLower"/>.</summary>
    internal static bool IsLower(CoreFuncType core, ComponentFuncType type, CanonicalOptions options)
    {
        var pointer = options.PointerType;
        ReadOnlySpan<CoreValType> parameters = core.Params.AsSpan(), results = core.Results.AsSpan();
        bool isFlat = type.Result is null || type.Result.LayoutFor(pointer).FitsIn(options.Async ? 0 : CanonicalAbi.MaxFlatResults);
        if (!isFlat)
        {
            if (parameters.IsEmpty || parameters[^1] != pointer)
                return false;
            parameters = parameters[..^1];
        }
        if (!Is(parameters, type.ParamTuple, pointer, options.Async ? CanonicalAbi.MaxFlatAsyncParams : CanonicalAbi.MaxFlatParams))
            return false;
        if (options.Async)
            return results is [CoreValType.I32];
        return isFlat ? Is(results, type.Result, pointer, CanonicalAbi.MaxFlatResults) : results.IsEmpty;
    }

    /// <summary>Whether core types are those of a value: flat, or the address of it where there are more than so many.</summary>
    private static bool Is(ReadOnlySpan<CoreValType> core, ValType? type, CoreValType pointer, int max)
    {
        if (type is null)
            return core.IsEmpty;
        var layout = type.LayoutFor(pointer);
        return layout.FitsIn(max) ? core.SequenceEqual(layout.FlatTypes) : core.Length == 1 && core[0] == pointer;
    }

    /// <summary>The flat types of a value; null where there are more than so many, and none where there is no value. Spec: <c>flatten_types</c>.</summary>
    private static CoreValType[]? Flat(ValType? type, CoreValType pointer, int max)
    {
        if (type is null)
            return [];
        var layout = type.LayoutFor(pointer);
        return layout.FitsIn(max) ? layout.FlatTypes.ToArray() : null;
    }
}
