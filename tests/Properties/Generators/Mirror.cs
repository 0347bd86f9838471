using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Properties.Generators;

/// <summary>
/// The same type as the other side of an adapter sees it: handles carry other tables, and nothing is shared with the original.
/// </summary>
public sealed class Mirror
{
    public const uint TableOffset = 100;

    private readonly Dictionary<object, ValType> known = new(ReferenceEqualityComparer.Instance);

    public ComponentFuncType Of(ComponentFuncType type) =>
        new([.. type.Params.Items.Select(p => p with { Type = Of(p.Type) })], type.Result is { } result ? Of(result) : null, type.Async);

    /// <summary>Shared parts of the original are shared parts of the mirror image.</summary>
    public ValType Of(ValType type)
    {
        if (!known.TryGetValue(type, out var made))
            known.Add(type, made = Make(type));
        return made;
    }

    private ValType Make(ValType type) => type switch
    {
        ValType.Primitive t => new ValType.Primitive(t.Type),
        ValType.List t => new ValType.List(Of(t.Element)),
        ValType.FixedLengthList t => new ValType.FixedLengthList(Of(t.Element), t.Length),
        ValType.Map t => new ValType.Map(Of(t.Key), Of(t.Value)),
        ValType.Record t => new ValType.Record([.. t.Fields.Items.Select(f => f with { Type = Of(f.Type) })]),
        ValType.Tuple t => new ValType.Tuple([.. t.Types.Items.Select(Of)]),
        ValType.Variant t => new ValType.Variant([.. t.Cases.Items.Select(c => c with { Type = c.Type is { } payload ? Of(payload) : null })]),
        ValType.Enum t => new ValType.Enum([.. t.Labels.Items]),
        ValType.Option t => new ValType.Option(Of(t.Some)),
        ValType.Result t => new ValType.Result(t.Ok is { } ok ? Of(ok) : null, t.Error is { } error ? Of(error) : null),
        ValType.Flags t => new ValType.Flags([.. t.Labels.Items]),
        ValType.Own t => new ValType.Own(new(t.Table.Value + TableOffset)),
        ValType.Borrow t => new ValType.Borrow(new(t.Table.Value + TableOffset)),
        ValType.Stream t => new ValType.Stream(new(t.Table.Value + TableOffset)),
        ValType.Future t => new ValType.Future(new(t.Table.Value + TableOffset)),
        ValType.ErrorContext t => new ValType.ErrorContext(new(t.Table.Value + TableOffset)),
    };
}
