using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Plan;

/// <summary>One side of an adapter, checked: its types interned, its options as plans mention them.</summary>
/// <param name="Input">The side as it came in.</param>
/// <param name="Side">What values need to know of it.</param>
/// <param name="Flags">The flags of its instance.</param>
/// <param name="Params">The types of the parameters.</param>
/// <param name="Result">The type of the result; null where there is none.</param>
internal sealed record CallSide(AdapterSide Input, Side Side, Import.InstanceFlags Flags, ValType[] Params, ValType? Result)
{
    public bool Async => Input.Options.Async;

    public CoreValType Pointer => Side.Pointer;

    /// <summary>The layout of the tuple of the parameters.</summary>
    public TypeLayout ParamLayout { get; } = Input.Type.ParamTuple?.LayoutFor(Side.Is64) ?? NoParams;

    private static TypeLayout NoParams { get; } = new(1, 0, [], []);

    /// <summary>The layout of the result; null where there is none.</summary>
    public TypeLayout? ResultLayout => Result?.LayoutFor(Side.Is64);

    /// <summary>Whether the parameters are flat where so many core values may be.</summary>
    public bool HasFlatParams(int max) => ParamLayout.FitsIn(max);

    /// <summary>Whether the result, if any, is flat where so many core values may be.</summary>
    public bool HasFlatResult(int max) => ResultLayout is not { } layout || layout.FitsIn(max);

    /// <summary>The core types of the parameters: flat, or the address of all of them. Spec: <c>flatten_functype</c>.</summary>
    public CoreValType[] CoreParams(int max) => HasFlatParams(max) ? ParamLayout.FlatTypes.ToArray() : [Pointer];

    /// <summary>The core types of the result where it is flat.</summary>
    public EquatableArray<CoreValType> FlatResult => ResultLayout is { } layout ? layout.FlatTypeArray : [];
}

/// <summary>An adapter, checked, as it is planned.</summary>
/// <param name="Adapter">The adapter.</param>
/// <param name="Lift">The callee's side.</param>
/// <param name="Lower">The caller's side.</param>
/// <param name="Entered">The instances whose <c>may_enter</c> is checked, by the older rule of reentrance.</param>
internal sealed record CallShape(Adapter Adapter, CallSide Lift, CallSide Lower, Import.InstanceFlags[] Entered);
