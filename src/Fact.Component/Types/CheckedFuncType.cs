using System;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>A component function type whose indices are resolved; equal types are one object.</summary>
internal sealed class CheckedFuncType
{
    private readonly int hash;
    private readonly int namesHash;

    /// <summary>Makes a type that is still to be interned.</summary>
    public CheckedFuncType(bool isAsync, EquatableArray<string> names, EquatableArray<CheckedValType> parameters, CheckedValType? result)
        : this(isAsync, names, Hash(names), parameters, result)
    {
    }

    private CheckedFuncType(
        bool isAsync, EquatableArray<string> names, int namesHash, EquatableArray<CheckedValType> parameters, CheckedValType? result)
    {
        (IsAsync, Names, this.namesHash, Params, Result) = (isAsync, names, namesHash, parameters, result);
        var code = default(HashCode);
        code.Add(isAsync);
        code.Add(namesHash);
        code.Add(result is null ? 0 : result.GetHashCode());
        Traits = result?.Traits ?? TypeTraits.None;
        foreach (var parameter in parameters)
        {
            code.Add(parameter.GetHashCode());
            Traits |= parameter.Traits;
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

    /// <summary>The same with other parameter and result types, still to be interned; the names, which can be long, are not looked at.</summary>
    public CheckedFuncType With(EquatableArray<CheckedValType> parameters, CheckedValType? result) => new(IsAsync, Names, namesHash, parameters, result);

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

    private static int Hash(EquatableArray<string> names)
    {
        var code = default(HashCode);
        foreach (string name in names)
            code.Add(name.GetHashCode(StringComparison.Ordinal));
        return code.ToHashCode();
    }
}
