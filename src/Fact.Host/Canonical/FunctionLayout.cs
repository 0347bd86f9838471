using Fact.Ir;
using Fact.Lower.Abi;

namespace Fact.Host.Canonical;

/// <summary>How a function's parameters and result travel. Spec: <c>flatten_functype</c>, synchronous.</summary>
/// <param name="type">The type of the function.</param>
/// <param name="parameters">The types of its parameters.</param>
/// <param name="tuple">The tuple of them; null where there are none.</param>
/// <param name="result">The type of its result; null where there is none.</param>
/// <param name="ptr">The type of a pointer.</param>
internal sealed class FunctionLayout(ComponentFuncType type, AbiType[] parameters, AbiType.Record? tuple, AbiType? result, CoreValType ptr)
{
    public ComponentFuncType Type { get; } = type;

    public AbiType[] Params { get; } = parameters;

    public AbiType.Record? Tuple { get; } = tuple;

    public AbiType? Result { get; } = result;

    /// <summary>Whether the parameters travel as a pointer to their tuple.</summary>
    public bool ParamsInMemory { get; } = !Flatten.Fits(parameters, ptr, Limits.MaxFlatParams);

    /// <summary>Whether the result travels through a pointer.</summary>
    public bool ResultInMemory { get; } = result is not null && !Flatten.Fits([result], ptr, Limits.MaxFlatResults);

    /// <summary>The core type that is lifted to the function.</summary>
    public CoreFuncType Lifted { get; } = Signature.Lift(parameters, result, isAsync: false, hasCallback: false, ptr);

    /// <summary>The core type that the function is lowered to.</summary>
    public CoreFuncType Lowered { get; } = Signature.Lower(parameters, result, isAsync: false, ptr);
}
