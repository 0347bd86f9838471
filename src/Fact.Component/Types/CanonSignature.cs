using System;
using Fact.Lower.Abi;
using AbiLimits = Fact.Lower.Abi.Limits;

namespace Fact.Component.Types;

/// <summary>
/// The core function types that component functions are lifted from and lowered to, where the options are enough for that.
/// Spec: <c>flatten_functype</c>, <c>canonopt</c> validation.
/// </summary>
internal static class CanonSignature
{
    /// <summary>The core type that a function is lifted from; null, with an error, where the options do not suffice.</summary>
    public static Ir.CoreFuncType? Lift(CheckContext context, CheckedFuncType type, CheckedOptions options)
    {
        ReadOnlySpan<CheckedValType> parameters = type.Params.AsSpan();
        bool paramsAllocate = HasPointer(parameters) || !Flatten.Fits(parameters, options.Ptr, AbiLimits.MaxFlatParams);
        if (paramsAllocate && !Require(context, options, needsRealloc: true, "its parameters"))
            return null;
        if (type.Result is { } result)
        {
            // What an asynchronous function returns are parameters of task.return.
            int most = options.IsAsync ? AbiLimits.MaxFlatParams : AbiLimits.MaxFlatResults;
            bool inMemory = !Flatten.Fits([result], options.Ptr, most) || (options.IsAsync && result.Has(TypeTraits.Pointer));
            if (inMemory && !Require(context, options, needsRealloc: false, "its result"))
                return null;
        }
        return Signature.Lift(parameters, type.Result, options.IsAsync, options.Callback is not null, options.Ptr);
    }

    /// <summary>The core type that a function is lowered to; null, with an error, where the options do not suffice.</summary>
    public static Ir.CoreFuncType? Lower(CheckContext context, CheckedFuncType type, CheckedOptions options)
    {
        ReadOnlySpan<CheckedValType> parameters = type.Params.AsSpan();
        int mostParams = options.IsAsync ? AbiLimits.MaxFlatAsyncParams : AbiLimits.MaxFlatParams;
        bool paramsInMemory = HasPointer(parameters) || !Flatten.Fits(parameters, options.Ptr, mostParams);
        if (paramsInMemory && !Require(context, options, needsRealloc: false, "its parameters"))
            return null;
        if (type.Result is { } result)
        {
            if (result.Has(TypeTraits.Pointer) && !Require(context, options, needsRealloc: true, "its result"))
                return null;
            int mostResults = options.IsAsync ? 0 : AbiLimits.MaxFlatResults;
            if (!Flatten.Fits([result], options.Ptr, mostResults) && !Require(context, options, needsRealloc: false, "its result"))
                return null;
        }
        return Signature.Lower(parameters, type.Result, options.IsAsync, options.Ptr);
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
