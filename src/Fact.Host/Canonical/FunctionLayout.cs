using Fact.Ir;

namespace Fact.Host.Canonical;

/// <summary>How a function's parameters and result travel. Spec: <c>flatten_functype</c>.</summary>
/// <param name="type">The type of the function.</param>
/// <param name="options">The options that it was lifted or lowered with.</param>
/// <param name="lifted">Whether it was lifted; otherwise it was lowered.</param>
internal sealed class FunctionLayout(ComponentFuncType type, CanonicalOptions options, bool lifted)
{
    public ComponentFuncType Type { get; } = type;

    /// <summary>The tuple of the parameters; null where there are none.</summary>
    public ValType.Tuple? Tuple => Type.ParamTuple;

    /// <summary>Whether the parameters travel as a pointer to their tuple.</summary>
    public bool ParamsInMemory => Tuple is { } tuple && !tuple.LayoutFor(options.PointerType).FitsIn(MaxParams);

    /// <summary>Whether the result travels through a pointer; of an asynchronous lift, as the argument of <c>task.return</c>.</summary>
    public bool ResultInMemory => Type.Result is { } result && !result.LayoutFor(options.PointerType).FitsIn(MaxResults);

    /// <summary>The core type of the function that was lifted, or that lowering made.</summary>
    public CoreFuncType CoreType => lifted ? Lifted : Lowered;

    /// <summary>The core type that is lifted to the function.</summary>
    public CoreFuncType Lifted => CanonicalCoreType.OfLift(Type, options);

    /// <summary>The core type that the function is lowered to.</summary>
    public CoreFuncType Lowered => CanonicalCoreType.OfLower(Type, options);

    private int MaxParams => options.Async && !lifted ? CanonicalAbi.MaxFlatAsyncParams : CanonicalAbi.MaxFlatParams;

    private int MaxResults => (options.Async, lifted) switch
    {
        (false, _) => CanonicalAbi.MaxFlatResults,
        (true, true) => CanonicalAbi.MaxFlatParams,
        (true, false) => 0,
    };
}
