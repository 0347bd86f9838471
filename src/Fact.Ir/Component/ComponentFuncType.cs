using System;

namespace Fact.Ir;

/// <summary>The type of a component function. Spec: <c>functype</c>.</summary>
/// <param name="Params">The parameters in order.</param>
/// <param name="Result">The type of the result; null where there is none.</param>
/// <param name="Async">Whether the type itself is marked <c>async</c> (not: whether a side uses the async ABI).</param>
/// <exception cref="ArgumentException">One of the parameters is <c>default</c>.</exception>
public sealed record ComponentFuncType(EquatableArray<Param> Params, ValType? Result, bool Async = false)
{
    // Computed once, when they are first asked for: thousands of adapters may have one type, with many parameters.
    private Facts? facts;

    private ComponentFuncType(ComponentFuncType original) =>
        (Params, Result, Async) = (original.Params, original.Result, original.Async);

    /// <summary>The parameters in order.</summary>
    public EquatableArray<Param> Params { get; init => field = Require(value); } = Require(Params);

    /// <summary>The tuple that the parameters are in memory; null where there are none. Spec: <c>lower_flat_values</c>.</summary>
    internal ValType.Tuple? ParamTuple => Known.ParamTuple;

    /// <summary>What is somewhere in parameters and result.</summary>
    internal TypeContents Contents => Known.Contents;

    /// <summary>Whether any of that is somewhere in parameters and result.</summary>
    internal bool Has(TypeContents contents) => (Contents & contents) != 0;

    /// <summary>The same with other types; the same object where all stay. Names are not looked at.</summary>
    /// <param name="by">What takes the place of a type.</param>
    internal ComponentFuncType Map(Func<ValType, ValType> by)
    {
        var parameters = TypeParts.Map(Params, by);
        var result = Result is null ? null : by(Result);
        return parameters is null && ReferenceEquals(result, Result) ? this : new(parameters ?? Params, result, Async);
    }

    private Facts Known => facts ??= new(this);

    /// <summary>Whether the other type has the same parameters, names included, the same result, and is as asynchronous.</summary>
    public bool Equals(ComponentFuncType? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Async == other.Async && GetHashCode() == other.GetHashCode() && Result == other.Result && Params == other.Params);

    /// <inheritdoc/>
    public override int GetHashCode() => Known.Hash;

    /// <summary>The type as WIT writes it: <c>func(a: u8, b: string) -> u8</c>, up to <see cref="TypeText.MaxLength"/> characters.</summary>
    public override string ToString() => TypeText.Of(this);

    private static EquatableArray<Param> Require(EquatableArray<Param> parameters)
    {
        foreach (var parameter in parameters)
        {
            if (parameter.Name is null)
                throw new ArgumentException("one of the parameters has no name and no type", nameof(Params));
        }
        return parameters;
    }

    private sealed class Facts
    {
        public Facts(ComponentFuncType type)
        {
            var hash = new HashCode();
            hash.Add(type.Async);
            hash.Add(type.Result);
            foreach (var parameter in type.Params)
            {
                hash.Add(parameter.NameHash);
                hash.Add(parameter.Type);
            }
            Hash = hash.ToHashCode();
            ParamTuple = type.Params.IsEmpty ? null : new(EquatableArray.Create(TypeParts.Of(type.Params)));
            Contents = (ParamTuple?.Contents ?? TypeContents.None) | (type.Result?.Contents ?? TypeContents.None);
        }

        public int Hash { get; }

        public ValType.Tuple? ParamTuple { get; }

        public TypeContents Contents { get; }
    }
}
