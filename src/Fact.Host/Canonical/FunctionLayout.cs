using Fact.Ir;

namespace Fact.Host.Canonical;

/// <summary>How a function's parameters and result travel. Spec: <c>flatten_functype</c>, synchronous.</summary>
/// <param name="type">The type of the function.</param>
/// <param name="parameters">The layouts of its parameters.</param>
/// <param name="tuple">The layout of the tuple of them; null where there are none.</param>
/// <param name="result">The layout of its result; null where there is none.</param>
/// <param name="ptr">The type of a pointer.</param>
internal sealed class FunctionLayout(ComponentFuncType type, TypeLayout[] parameters, TypeLayout.Record? tuple, TypeLayout? result, CoreValType ptr)
{
    public ComponentFuncType Type { get; } = type;

    public TypeLayout[] Params { get; } = parameters;

    public TypeLayout.Record? Tuple { get; } = tuple;

    public TypeLayout? Result { get; } = result;

    /// <summary>Whether the parameters travel as a pointer to their tuple.</summary>
    public bool ParamsInMemory => Tuple is not null && Tuple.Flat.IsDefault;

    /// <summary>Whether the result travels through a pointer.</summary>
    public bool ResultInMemory => Result is not null && (Result.Flat.IsDefault || Result.Flat.Length > CanonicalLimits.MaxFlatResults);

    /// <summary>The core type that is lifted to the function.</summary>
    public CoreFuncType Lifted => new(FlatParams, Result is null ? [] : ResultInMemory ? [ptr] : new(Result.Flat));

    /// <summary>The core type that the function is lowered to.</summary>
    public CoreFuncType Lowered => ResultInMemory
        ? new(new(FlatParams.Items.Add(ptr)), [])
        : new(FlatParams, Result is null ? [] : new(Result.Flat));

    private EquatableArray<CoreValType> FlatParams => Tuple is null ? [] : ParamsInMemory ? [ptr] : new(Tuple.Flat);
}
