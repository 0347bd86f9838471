using System;
using System.Linq;
using System.Text;
using Fact.Ir;
using Fact.Properties.Generators;
using Fact.Values;
using FsCheck;
using FsCheck.Fluent;

namespace Fact.Properties.Host;

/// <summary>A type, and values of it.</summary>
public sealed record TypedValues(ValType Type, ComponentValue First, ComponentValue Second)
{
    public override string ToString() => $"{TypeText.Of(Type)}: {First}; {Second}";
}

/// <summary>Component types and their values, without handles.</summary>
public static class ValueGenerators
{
    private static readonly string[] Labels = ["a", "b-c", "x1", "ok", "none", "nan", "HTTP-get", "long-label-of-words", "err", "some", "true"];

    public static Arbitrary<TypedValues> Typed() =>
        (from size in Gen.Choose(0, 4) from t in Type(size) from a in Value(t) from b in Value(t) select new TypedValues(t, a, b)).ToArbitrary();

    /// <summary>Types without handles.</summary>
    /// <param name="size">How deep they nest: 0 for primitive types, flags and enums.</param>
    /// <param name="named">Whether there are types that need a name.</param>
    public static Gen<ValType> Type(int size, bool named = true) =>
        new TypeGen(new(Borrows: false, FixedLimit: 64, Tables: 0, AsyncHandles: false, Named: named, Names: Names)).Of(size + 1, 4);

    public static Gen<ComponentValue> Value(ValType type) => type switch
    {
        ValType.Primitive t => Value(t.Type),
        ValType.List t => Elements(t.Element, 0, 5).Select(e => (ComponentValue)new ComponentValue.List(e)),
        ValType.FixedLengthList t => Elements(t.Element, (int)t.Length, (int)t.Length).Select(e => (ComponentValue)new ComponentValue.List(e)),
        ValType.Map t => from n in Gen.Choose(0, 3)
                         from es in Gen.ArrayOf(from k in Value(t.Key) from v in Value(t.Value) select new MapEntry(k, v), n)
                         select (ComponentValue)new ComponentValue.Map(es.ToEquatableArray()),
        ValType.Record t => Sequence(t.Fields.Items.Select(f => Value(f.Type)).ToArray())
            .Select(vs => (ComponentValue)new ComponentValue.Record(t.Fields.Items.Zip(vs, (f, v) => new FieldValue(f.Name, v)).ToEquatableArray())),
        ValType.Tuple t => Sequence(t.Types.Items.Select(Value).ToArray()).Select(vs => (ComponentValue)new ComponentValue.Tuple(vs.ToEquatableArray())),
        ValType.Variant t => from c in Gen.Elements(t.Cases.Items.ToArray()) from p in Payload(c.Type) select (ComponentValue)new ComponentValue.Variant(c.Name, p),
        ValType.Enum t => Gen.Elements(t.Labels.Items.ToArray()).Select(l => (ComponentValue)new ComponentValue.Enum(l)),
        ValType.Option t => Maybe(Value(t.Some)).Select(v => (ComponentValue)new ComponentValue.Option(v)),
        ValType.Result t => from ok in Gen.Elements(true, false)
                            from p in Payload(ok ? t.Ok : t.Error)
                            select ok ? (ComponentValue)new ComponentValue.Ok(p) : new ComponentValue.Error(p),
        ValType.Flags t => Gen.SubListOf(t.Labels.Items.ToArray())
            .Select(ls => (ComponentValue)new ComponentValue.Flags(t.Labels.Items.Where(ls.Contains).ToEquatableArray())),
        ValType.Own or ValType.Borrow or ValType.Stream or ValType.Future or ValType.ErrorContext => throw new NotSupportedException(),
    };

    private static Gen<ComponentValue> Value(PrimitiveType type) => type switch
    {
        PrimitiveType.Bool => Gen.Elements(true, false).Select(ComponentValues.Bool),
        PrimitiveType.S8 => Bits.Select(b => ComponentValues.S8((sbyte)b)),
        PrimitiveType.U8 => Bits.Select(b => ComponentValues.U8((byte)b)),
        PrimitiveType.S16 => Bits.Select(b => ComponentValues.S16((short)b)),
        PrimitiveType.U16 => Bits.Select(b => ComponentValues.U16((ushort)b)),
        PrimitiveType.S32 => Bits.Select(b => ComponentValues.S32((int)b)),
        PrimitiveType.U32 => Bits.Select(b => ComponentValues.U32((uint)b)),
        PrimitiveType.S64 => Bits.Select(b => ComponentValues.S64((long)b)),
        PrimitiveType.U64 => Bits.Select(ComponentValues.U64),
        PrimitiveType.F32 => Gen.OneOf(Bits.Select(b => (ComponentValue)new ComponentValue.F32((uint)b)),
            Gen.Elements(0f, -0f, 1.5f, float.MaxValue, float.Epsilon, float.NegativeInfinity, float.NaN).Select(ComponentValues.F32)),
        PrimitiveType.F64 => Gen.OneOf(Bits.Select(b => (ComponentValue)new ComponentValue.F64(b)),
            Gen.Elements(0d, -0d, 0.1, double.MaxValue, double.Epsilon, double.PositiveInfinity, double.NaN).Select(ComponentValues.F64)),
        PrimitiveType.Char => Gen.OneOf(Gen.Choose(0, 0x7F), Gen.Choose(0, 0xD7FF), Gen.Choose(0xE000, 0x10FFFF)).Select(c => ComponentValues.Char(new Rune(c))),
        PrimitiveType.String => TextGenerators.Text.Select(ComponentValues.String),
        _ => throw new NotSupportedException(),
    };

    private static Gen<ulong> Bits { get; } =
        from raw in ArbMap.Default.GeneratorFor<ulong>()
        from any in Gen.Choose(0, int.MaxValue)
        from how in Gen.Choose(0, 3)
        select how switch { 0 => raw, 1 => ulong.MaxValue - raw, 2 => ((ulong)any << 33) ^ (ulong)any, _ => (ulong)any };

    private static Gen<ComponentValue?> Payload(ValType? type) => type is null ? Gen.Constant<ComponentValue?>(null) : Value(type).Select(v => (ComponentValue?)v);

    private static Gen<T?> Maybe<T>(Gen<T> gen)
        where T : class => Gen.Frequency((2, gen.Select(v => (T?)v)), (1, Gen.Constant<T?>(null)));

    private static Gen<EquatableArray<ComponentValue>> Elements(ValType type, int min, int max) =>
        from n in Gen.Choose(min, max) from vs in Gen.ArrayOf(Value(type), n) select vs.ToEquatableArray();

    private static Gen<ComponentValue[]> Sequence(Gen<ComponentValue>[] parts) =>
        parts.Aggregate(Gen.Constant(Array.Empty<ComponentValue>()), (all, one) => from a in all from o in one select (ComponentValue[])[.. a, o]);

    private static Gen<EquatableArray<string>> Names(int count) =>
        Gen.Shuffle(Labels.Concat(Enumerable.Range(0, count).Select(i => "l" + i)).ToArray()).Select(shuffled => shuffled.Take(count).ToEquatableArray());
}
