using System;
using System.Globalization;
using System.Linq;
using System.Text;
using Fact.Ir;
using Fact.Model;
using Fact.Values;

namespace Fact.Conformance.Fuse;

/// <summary>Makes the model's values of ours, and the other way round.</summary>
/// <param name="repOf">What the model knows the resource of a handle by.</param>
/// <param name="handleOf">The handle of a resource that the model knows by a number.</param>
internal sealed class SpecValues(Func<HostHandle, ulong> repOf, Func<ulong, HostHandle> handleOf)
{
    /// <summary>One of the model's.</summary>
    public SpecValue To(ComponentValue value, ValType type) => (value, type) switch
    {
        (ComponentValue.Bool v, _) => new SpecValue.Bool(v.Value),
        (ComponentValue.U8 v, _) => new SpecValue.Bits(v.Value),
        (ComponentValue.S8 v, _) => new SpecValue.Bits((byte)v.Value),
        (ComponentValue.U32 v, _) => new SpecValue.Bits(v.Value),
        (ComponentValue.U64 v, _) => new SpecValue.Bits(v.Value),
        (ComponentValue.String v, _) => new SpecValue.Text(v.Value, StringEncoding.Utf8, (ulong)Encoding.UTF8.GetByteCount(v.Value)),
        (ComponentValue.List v, ValType.List t) => new SpecValue.List(v.Elements.Items.Select(item => To(item, t.Element)).ToEquatableArray()),
        (ComponentValue.Record v, ValType.Record t) =>
            new SpecValue.Record(t.Fields.Items.Zip(v.Fields.Items, (f, item) => (f.Name, To(item.Value, f.Type))).ToEquatableArray()),
        (ComponentValue.Tuple v, ValType.Tuple t) => new SpecValue.Record(t.Types.Items.Select((part, i) => (Label(i), To(v.Elements[i], part))).ToEquatableArray()),
        (ComponentValue.Variant v, ValType.Variant t) => Case(v.Case, v.Payload, t.Cases.Items.First(c => c.Name == v.Case).Type),
        (ComponentValue.F64 v, _) => new SpecValue.Bits(v.Bits),
        (ComponentValue.Char v, _) => new SpecValue.Char(v.Value.Value),
        (ComponentValue.Flags v, _) => new SpecValue.Flags(v.Labels),
        (ComponentValue.Enum v, _) => new SpecValue.Case(v.Label, null),
        (ComponentValue.Option v, ValType.Option t) => Case(v.Some is null ? "none" : "some", v.Some, t.Some),
        (ComponentValue.Ok v, ValType.Result t) => Case("ok", v.Payload, t.Ok),
        (ComponentValue.Error v, ValType.Result t) => Case("error", v.Payload, t.Error),
        (ComponentValue.Own v, ValType.Own(var table)) => new SpecValue.Handle(TransferKind.Own, repOf(v.Handle), table.Value),
        (ComponentValue.Borrow v, ValType.Borrow(var table)) => new SpecValue.Handle(TransferKind.Borrow, repOf(v.Handle), table.Value),
        _ => throw new NotSupportedException($"{value} as {type}"),
    };

    /// <summary>One of ours.</summary>
    public ComponentValue From(SpecValue value, ValType type) => (value, type) switch
    {
        (SpecValue.Bool v, _) => new ComponentValue.Bool(v.Value),
        (SpecValue.Char v, _) => new ComponentValue.Char(new Rune(v.Value)),
        (SpecValue.Flags v, _) => new ComponentValue.Flags(v.Set),
        (SpecValue.Bits v, ValType.Primitive(PrimitiveType.F64)) => new ComponentValue.F64(v.Value),
        (SpecValue.Bits v, ValType.Primitive(PrimitiveType.U8)) => new ComponentValue.U8((byte)v.Value),
        (SpecValue.Bits v, ValType.Primitive(PrimitiveType.S8)) => new ComponentValue.S8((sbyte)v.Value),
        (SpecValue.Bits v, ValType.Primitive(PrimitiveType.U32)) => new ComponentValue.U32((uint)v.Value),
        (SpecValue.Bits v, ValType.Primitive(PrimitiveType.U64)) => new ComponentValue.U64(v.Value),
        (SpecValue.Text v, _) => new ComponentValue.String(v.Value),
        (SpecValue.List v, ValType.List t) => new ComponentValue.List(v.Elements.Items.Select(item => From(item, t.Element)).ToEquatableArray()),
        (SpecValue.Record v, ValType.Record t) => ComponentValues.Record(t.Fields.Items.Select(f => (f.Name, From(v[f.Name], f.Type)))),
        (SpecValue.Record v, ValType.Tuple t) => ComponentValues.Tuple(t.Types.Items.Select((part, i) => From(v[Label(i)], part))),
        (SpecValue.Case v, ValType.Variant t) => new ComponentValue.Variant(v.Label, Payload(v, t.Cases.Items.First(c => c.Name == v.Label).Type)),
        (SpecValue.Case v, ValType.Enum) => new ComponentValue.Enum(v.Label),
        (SpecValue.Case v, ValType.Option t) => new ComponentValue.Option(Payload(v, t.Some)),
        (SpecValue.Case { Label: "ok" } v, ValType.Result t) => new ComponentValue.Ok(Payload(v, t.Ok)),
        (SpecValue.Case v, ValType.Result t) => new ComponentValue.Error(Payload(v, t.Error)),
        (SpecValue.Handle v, ValType.Own) => new ComponentValue.Own(handleOf(v.Rep)),
        _ => throw new NotSupportedException($"{value} as {type}"),
    };

    private static string Label(int number) => number.ToString(CultureInfo.InvariantCulture);

    private SpecValue.Case Case(string label, ComponentValue? payload, ValType? type) => new(label, payload is null ? null : To(payload, type!));

    private ComponentValue? Payload(SpecValue.Case value, ValType? type) => value.Value is { } payload ? From(payload, type!) : null;
}
