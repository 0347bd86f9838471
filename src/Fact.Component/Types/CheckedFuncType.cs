using System;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>A component function type whose indices are resolved; equal types are one object.</summary>
internal sealed class CheckedFuncType
{
    private readonly int hash;

    /// <summary>Makes a type that is still to be interned.</summary>
    public CheckedFuncType(
        bool isAsync, EquatableArray<string> names, EquatableArray<CheckedValType> parameters, CheckedValType? result)
    {
        (IsAsync, Names, Params, Result) = (isAsync, names, parameters, result);
        var code = default(HashCode);
        code.Add(isAsync);
        code.Add(result is null ? 0 : result.GetHashCode());
        Traits = result?.Traits ?? TypeTraits.None;
        for (int i = 0; i < names.Length; i++)
        {
            code.Add(names[i].GetHashCode(StringComparison.Ordinal));
            code.Add(parameters[i].GetHashCode());
            Traits |= parameters[i].Traits;
        }
        hash = code.ToHashCode();
    }

    /// <summary>Whether the type says <c>async</c>.</summary>
    public bool IsAsync { get; }

    /// <summary>The names of the parameters.</summary>
    public EquatableArray<string> Names { get; }

    /// <summary>The types of the parameters.</summary>
    public EquatableArray<CheckedValType> Params { get; }

    /// <summary>The type of the result, if there is one.</summary>
    public CheckedValType? Result { get; }

    /// <summary>What parameters and result contain.</summary>
    public TypeTraits Traits { get; }

    /// <summary>Whether the other type has the same names and the same objects as parts.</summary>
    public bool SameShape(CheckedFuncType other)
    {
        if (IsAsync != other.IsAsync || !ReferenceEquals(Result, other.Result) || Names != other.Names)
            return false;
        for (int i = 0; i < Params.Length; i++)
        {
            if (!ReferenceEquals(Params[i], other.Params[i]))
                return false;
        }
        return true;
    }

    /// <inheritdoc/>
    public override int GetHashCode() => hash;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => ReferenceEquals(this, obj);
}
