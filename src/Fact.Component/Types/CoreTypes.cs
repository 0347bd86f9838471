using System;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>Core function types of linking.</summary>
internal static class CoreTypes
{
    /// <summary>The type with these parameters and results.</summary>
    public static CoreFuncType Of(ReadOnlySpan<CoreValType> parameters, ReadOnlySpan<CoreValType> results) =>
        new(EquatableArray.Create(parameters), EquatableArray.Create(results));

    /// <summary>Whether a core function type has these parameters and results.</summary>
    public static bool Has(CoreFuncType type, ReadOnlySpan<CoreValType> parameters, ReadOnlySpan<CoreValType> results) =>
        type.Params.AsSpan().SequenceEqual(parameters) && type.Results.AsSpan().SequenceEqual(results);
}
