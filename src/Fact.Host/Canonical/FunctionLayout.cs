using Fact.Ir;

namespace Fact.Host.Canonical;

/// <summary>How a function's parameters and result travel. Spec: <c>flatten_functype</c>, synchronous.</summary>
/// <param name="type">The type of the function.</param>
/// <param name="memory">The memory that values live in; null where there is none.</param>
internal sealed class FunctionLayout(ComponentFuncType type, CanonicalMemory? memory)
{
    private readonly CanonicalOptions synchronous = new(default, memory);

    public ComponentFuncType Type { get; } = type;

    /// <summary>The tuple of the parameters; null where there are none.</summary>
    public ValType.Tuple? Tuple => Type.ParamTuple;

    /// <summary>Whether the parameters travel as a pointer to their tuple.</summary>
    public bool ParamsInMemory => Tuple is { } tuple && !tuple.LayoutFor(synchronous.PointerType).FitsIn(CanonicalAbi.MaxFlatParams);

    /// <summary>Whether the result travels through a pointer.</summary>
    public bool ResultInMemory => Type.Result is { } result && !result.LayoutFor(synchronous.PointerType).FitsIn(CanonicalAbi.MaxFlatResults);

    /// <summary>The core type that is lifted to the function.</summary>
    public CoreFuncType Lifted => CanonicalCoreType.OfLift(Type, synchronous);

    /// <summary>The core type that the function is lowered to.</summary>
    public CoreFuncType Lowered => CanonicalCoreType.OfLower(Type, synchronous);
}
