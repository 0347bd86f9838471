using System;

namespace Fact.Component.Types;

/// <summary>
/// The core function types that component functions are lifted from and lowered to, and the options that this takes.
/// Spec: <c>flatten_functype</c>, <c>canonopt</c> validation.
/// </summary>
internal static class Signature
{
    /// <summary>The core type that a function is lifted from; null, with an error, where the options do not suffice.</summary>
    public static Ir.CoreFuncType? Lift(CheckContext context, CheckedFuncType type, CheckedOptions options)
    {
        Span<CoreNum> flat = stackalloc CoreNum[FlatTypes.MaxParams];
        int count = Params(type, options, flat);
        bool inMemory = count < 0;
        if ((inMemory || HasPointer(type.Params.AsSpan())) && !Require(context, options, needsRealloc: true, "its parameters"))
            return null;
        var parameters = inMemory ? [options.Ptr] : flat[..count];
        if (options.IsAsync)
        {
            bool taskReturnInMemory = type.Result is { } returned && (returned.Flat(options.Memory64) is null || returned.Has(TypeTraits.Pointer));
            if (taskReturnInMemory && !Require(context, options, needsRealloc: false, "its result"))
                return null;
            return CoreTypes.Of(parameters, options.Callback is null ? [] : [CoreNum.I32]);
        }
        var results = Results(type, options);
        if (results is not null)
            return CoreTypes.Of(parameters, results);
        return Require(context, options, needsRealloc: false, "its result") ? CoreTypes.Of(parameters, [options.Ptr]) : null;
    }

    /// <summary>The core type that a function is lowered to; null, with an error, where the options do not suffice.</summary>
    public static Ir.CoreFuncType? Lower(CheckContext context, CheckedFuncType type, CheckedOptions options)
    {
        Span<CoreNum> flat = stackalloc CoreNum[FlatTypes.MaxParams + 1];
        int most = options.IsAsync ? FlatTypes.MaxAsyncParams : FlatTypes.MaxParams;
        int count = Params(type, options, flat[..most]);
        if ((count < 0 || HasPointer(type.Params.AsSpan())) && !Require(context, options, needsRealloc: false, "its parameters"))
            return null;
        if (type.Result is { } result && result.Has(TypeTraits.Pointer) && !Require(context, options, needsRealloc: true, "its result"))
            return null;
        if (count < 0)
        {
            flat[0] = options.Ptr;
            count = 1;
        }
        var results = options.IsAsync ? (type.Result is null ? [] : null) : Results(type, options);
        if (results is null)
        {
            if (!Require(context, options, needsRealloc: false, "its result"))
                return null;
            flat[count++] = options.Ptr;
            results = [];
        }
        return CoreTypes.Of(flat[..count], options.IsAsync ? [CoreNum.I32] : results);
    }

    /// <summary>Whether memory, and realloc too, are among the options; false, with an error, where one is missing.</summary>
    /// <param name="context">Where errors go.</param>
    /// <param name="options">The options.</param>
    /// <param name="needsRealloc">Whether realloc is needed as well.</param>
    /// <param name="what">What is passed through memory.</param>
    public static bool Require(CheckContext context, CheckedOptions options, bool needsRealloc, string what)
    {
        if (options.Memory is null)
            return context.Fail($"the option memory is missing: {what} must be passed through memory");
        return !needsRealloc || options.Realloc is not null
            || context.Fail($"the option realloc is missing: {what} must be put into memory");
    }

    // The number of flat parameters, or -1 where they do not fit.
    private static int Params(CheckedFuncType type, CheckedOptions options, Span<CoreNum> flat)
    {
        int count = 0;
        foreach (var parameter in type.Params)
        {
            if (!FlatTypes.Append(parameter, options.Memory64, flat, ref count))
                return -1;
        }
        return count;
    }

    private static CoreNum[]? Results(CheckedFuncType type, CheckedOptions options)
    {
        if (type.Result is null)
            return [];
        return type.Result.Flat(options.Memory64) is { Length: <= FlatTypes.MaxResults } flat ? flat : null;
    }

    private static bool HasPointer(ReadOnlySpan<CheckedValType> types)
    {
        foreach (var type in types)
        {
            if (type.Has(TypeTraits.Pointer))
                return true;
        }
        return false;
    }
}
