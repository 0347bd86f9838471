namespace Fact.Ir;

/// <summary>A parameter of a component function.</summary>
public readonly record struct Param(string Name, ValType Type);

/// <summary>The type of a component function. Spec: <c>functype</c>.</summary>
/// <param name="Params">The parameters in order.</param>
/// <param name="Result">The type of the result; null where there is none.</param>
/// <param name="Async">Whether the type itself is marked <c>async</c> (not: whether a side uses the async ABI).</param>
public sealed record ComponentFuncType(EquatableArray<Param> Params, ValType? Result, bool Async = false);
