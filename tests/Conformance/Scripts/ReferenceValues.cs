using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Fact.Values;
using Wasmtime.Components;
using Ours = Fact.Values.ComponentValue;
using Theirs = Wasmtime.Components.ComponentValue;

namespace Fact.Conformance.Scripts;

/// <summary>Makes Wasmtime's values of ours, and the other way round.</summary>
internal static class ReferenceValues
{
    /// <summary>One of Wasmtime's.</summary>
    public static Theirs To(Ours value) => value switch
    {
        Ours.Bool v => Theirs.Bool(v.Value),
        Ours.S8 v => Theirs.S8(v.Value),
        Ours.U8 v => Theirs.U8(v.Value),
        Ours.S16 v => Theirs.S16(v.Value),
        Ours.U16 v => Theirs.U16(v.Value),
        Ours.S32 v => Theirs.S32(v.Value),
        Ours.U32 v => Theirs.U32(v.Value),
        Ours.S64 v => Theirs.S64(v.Value),
        Ours.U64 v => Theirs.U64(v.Value),
        Ours.F32 v => Theirs.F32(BitConverter.UInt32BitsToSingle(v.Bits)),
        Ours.F64 v => Theirs.F64(BitConverter.UInt64BitsToDouble(v.Bits)),
        Ours.Char v => Theirs.Char(v.Value),
        Ours.String v => Theirs.String(v.Value),
        Ours.List v => Theirs.List([.. v.Elements.Items.Select(To)]),
        Ours.Tuple v => Theirs.Tuple([.. v.Elements.Items.Select(To)]),
        Ours.Record v => Theirs.Record([.. v.Fields.Items.Select(f => KeyValuePair.Create(f.Name, To(f.Value)))]),
        Ours.Variant v => Theirs.Variant(v.Case, Payload(v.Payload)!),
        Ours.Enum v => Theirs.Enum(v.Label),
        Ours.Option v => v.Some is { } some ? Theirs.Some(To(some)) : Theirs.None(),
        Ours.Ok v => Theirs.Ok(Payload(v.Payload)!),
        Ours.Error v => Theirs.Err(Payload(v.Payload)!),
        Ours.Flags v => Theirs.Flags([.. v.Labels.Items]),
        Ours.Map or Ours.Own or Ours.Borrow or Ours.Stream or Ours.Future or Ours.ErrorContext => throw new UnreachableException("scripts have no such values"),
    };

    /// <summary>One of ours.</summary>
    public static Ours From(Theirs value) => value.Kind switch
    {
        ComponentValueKind.Bool => ComponentValues.Bool(value.AsBool()),
        ComponentValueKind.S8 => ComponentValues.S8(value.AsS8()),
        ComponentValueKind.U8 => ComponentValues.U8(value.AsU8()),
        ComponentValueKind.S16 => ComponentValues.S16(value.AsS16()),
        ComponentValueKind.U16 => ComponentValues.U16(value.AsU16()),
        ComponentValueKind.S32 => ComponentValues.S32(value.AsS32()),
        ComponentValueKind.U32 => ComponentValues.U32(value.AsU32()),
        ComponentValueKind.S64 => ComponentValues.S64(value.AsS64()),
        ComponentValueKind.U64 => ComponentValues.U64(value.AsU64()),
        ComponentValueKind.F32 => ComponentValues.F32(value.AsF32()),
        ComponentValueKind.F64 => ComponentValues.F64(value.AsF64()),
        ComponentValueKind.Char => ComponentValues.Char(value.AsRune()),
        ComponentValueKind.String => ComponentValues.String(value.AsString()),
        ComponentValueKind.List => ComponentValues.List(value.AsList().Select(From)),
        ComponentValueKind.Tuple => ComponentValues.Tuple(value.AsTuple().Select(From)),
        ComponentValueKind.Record => ComponentValues.Record(value.AsRecord().Select(f => (f.Key, From(f.Value)))),
        ComponentValueKind.Variant => new Ours.Variant(value.AsVariant(), Payload(value.Payload)),
        ComponentValueKind.Enum => new Ours.Enum(value.AsEnum()),
        ComponentValueKind.Option => new Ours.Option(value.IsSome ? From(value.Payload!) : null),
        ComponentValueKind.Result => value.IsOk ? new Ours.Ok(Payload(value.Payload)) : new Ours.Error(Payload(value.Payload)),
        ComponentValueKind.Flags => new Ours.Flags([.. value.AsFlags()]),
        _ => throw new NotSupportedException($"a value of kind {value.Kind}"),
    };

    private static Theirs? Payload(Ours? value) => value is null ? null : To(value);

    private static Ours? Payload(Theirs? value) => value is null ? null : From(value);
}
