using System;

namespace Fact.Ir;

/// <summary>A parameter of a component function.</summary>
public readonly record struct Param(string Name, ValType Type);

/// <summary>The type of a component function. Spec: <c>functype</c>.</summary>
/// <param name="Params">The parameters in order.</param>
/// <param name="Result">The type of the result; null where there is none.</param>
/// <param name="Async">Whether the type itself is marked <c>async</c> (not: whether a side uses the async ABI).</param>
public sealed record ComponentFuncType(EquatableArray<Param> Params, ValType? Result, bool Async = false)
{
    // Computed once, when it is first asked for: thousands of adapters may have one type, with long names in it.
    private int hash;

    private ComponentFuncType(ComponentFuncType original) =>
        (Params, Result, Async) = (original.Params, original.Result, original.Async);

    /// <summary>Whether the other type has the same parameters, names included, the same result, and is as asynchronous.</summary>
    public bool Equals(ComponentFuncType? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Async == other.Async && GetHashCode() == other.GetHashCode() && Result == other.Result && Params == other.Params);

    /// <inheritdoc/>
    public override int GetHashCode() => hash != 0 ? hash : hash = HashCode.Combine(Params, Result, Async) | 1;
}
