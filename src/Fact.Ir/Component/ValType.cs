using System;
using System.Runtime.CompilerServices;

namespace Fact.Ir;

/// <summary>The types without parts.</summary>
public enum PrimitiveType
{
    /// <summary>A truth value.</summary>
    Bool,
    /// <summary>Signed, 8 bits.</summary>
    S8,
    /// <summary>Unsigned, 8 bits.</summary>
    U8,
    /// <summary>Signed, 16 bits.</summary>
    S16,
    /// <summary>Unsigned, 16 bits.</summary>
    U16,
    /// <summary>Signed, 32 bits.</summary>
    S32,
    /// <summary>Unsigned, 32 bits.</summary>
    U32,
    /// <summary>Signed, 64 bits.</summary>
    S64,
    /// <summary>Unsigned, 64 bits.</summary>
    U64,
    /// <summary>A float of 32 bits.</summary>
    F32,
    /// <summary>A float of 64 bits.</summary>
    F64,
    /// <summary>A Unicode scalar value.</summary>
    Char,
    /// <summary>A sequence of Unicode scalar values.</summary>
    String,
}

/// <summary>
/// The type of a component value, with structural equality. Spec: <c>valtype</c>.
/// </summary>
/// <remarks>
/// A type is a tree that may share subtrees, so its written size can be exponential in the number of its nodes. Its hash
/// and depth are therefore computed when it is made, from those of its parts; equality looks at shared parts once where
/// they are the same object.
/// </remarks>
public closed record ValType
{
    private readonly int hash;

    private ValType(TypeSummary summary, TypeLayouts layouts) =>
        (hash, Depth, Contents, Layout32, Layout64) = (summary.Hash, summary.Depth, summary.Contents, layouts.Layout32, layouts.Layout64);

    /// <summary>How many types are nested, this one included: 1 for a primitive type.</summary>
    public int Depth { get; }

    /// <summary>How values are represented where pointers have 32 bits.</summary>
    public TypeLayout Layout32 { get; }

    /// <summary>How values are represented where pointers have 64 bits; the same object where there is no pointer in the type.</summary>
    public TypeLayout Layout64 { get; }

    /// <summary>How values are represented on a side with that type of pointers: i32 or i64.</summary>
    public TypeLayout LayoutFor(CoreValType pointer) => LayoutFor(pointer == CoreValType.I64);

    internal TypeLayout LayoutFor(bool is64) => is64 ? Layout64 : Layout32;

    /// <summary>Whether the width of pointers makes no difference.</summary>
    internal bool HasOneLayout => ReferenceEquals(Layout32, Layout64);

    /// <summary>What is somewhere in a value.</summary>
    internal TypeContents Contents { get; }

    /// <summary>Whether the other type has the same structure.</summary>
    public virtual bool Equals(ValType? other) =>
        other is not null && hash == other.hash && Depth == other.Depth && EqualityContract == other.EqualityContract;

    /// <inheritdoc/>
    public override int GetHashCode() => hash;

    /// <summary>A type without parts.</summary>
    public sealed record Primitive(PrimitiveType Type) : ValType(TypeSummary.Leaf(0, (uint)Type, ContentsOf(Type)), TypeLayouts.Of(Type)) { /** <inheritdoc/> */ public override int GetHashCode() => hash; }

    /// <summary>Any number of elements. Spec: <c>list</c>.</summary>
    public sealed record List(ValType Element) : ValType(TypeSummary.Of(1, Require(Element)).With(TypeContents.Pointers), TypeLayouts.Pair) { /** <inheritdoc/> */ public override int GetHashCode() => hash; }

    /// <summary>A fixed number of elements, stored inline. Spec: <c>list</c> with a length.</summary>
    public sealed record FixedLengthList(ValType Element, uint Length) : ValType(TypeSummary.Of(2, Require(Element)).With((int)Length), TypeLayouts.FixedLengthList(Element, Length)) { /** <inheritdoc/> */ public override int GetHashCode() => hash; }

    /// <summary>Keys with values: on the wire a list of pairs. Spec: <c>map</c>.</summary>
    public sealed record Map(ValType Key, ValType Value) : ValType(TypeSummary.Of(3, Require(Key)).And(Require(Value)).With(TypeContents.Pointers), TypeLayouts.Pair) { /** <inheritdoc/> */ public override int GetHashCode() => hash; }

    /// <summary>Named parts. Spec: <c>record</c>.</summary>
    public sealed record Record(EquatableArray<Field> Fields) : ValType(TypeSummary.Of(4, Fields), TypeLayouts.Record(TypeParts.Of(Fields))) { /** <inheritdoc/> */ public override int GetHashCode() => hash; }

    /// <summary>Parts by position. Spec: <c>tuple</c>.</summary>
    public sealed record Tuple(EquatableArray<ValType> Types) : ValType(TypeSummary.Of(5, Types), TypeLayouts.Record(TypeParts.Of(Types))) { /** <inheritdoc/> */ public override int GetHashCode() => hash; }

    /// <summary>One of several named cases. Spec: <c>variant</c>.</summary>
    public sealed record Variant(EquatableArray<Case> Cases) : ValType(TypeSummary.Of(6, Cases), TypeLayouts.Variant(Cases.Length, TypeParts.Of(Cases))) { /** <inheritdoc/> */ public override int GetHashCode() => hash; }

    /// <summary>One of several labels. Spec: <c>enum</c>.</summary>
    public sealed record Enum(EquatableArray<string> Labels) : ValType(TypeSummary.Of(7, Labels), TypeLayouts.Variant(Labels.Length, [])) { /** <inheritdoc/> */ public override int GetHashCode() => hash; }

    /// <summary>A value or none. Spec: <c>option</c>.</summary>
    public sealed record Option(ValType Some) : ValType(TypeSummary.Of(8, Require(Some)), TypeLayouts.Variant(2, [Some])) { /** <inheritdoc/> */ public override int GetHashCode() => hash; }

    /// <summary>Success or error, each with or without a value. Spec: <c>result</c>.</summary>
    public sealed record Result(ValType? Ok, ValType? Error) : ValType(TypeSummary.Of(9, Ok).And(Error), TypeLayouts.Variant(2, [Ok, Error])) { /** <inheritdoc/> */ public override int GetHashCode() => hash; }

    /// <summary>Named bits, 1 to 32 of them. Spec: <c>flags</c>.</summary>
    public sealed record Flags(EquatableArray<string> Labels) : ValType(TypeSummary.Of(10, Labels), TypeLayouts.Flags(Labels.Length)) { /** <inheritdoc/> */ public override int GetHashCode() => hash; }

    /// <summary>A handle that owns its resource. Spec: <c>own</c>.</summary>
    public sealed record Own(ResourceTableId Table) : ValType(TypeSummary.Leaf(11, Table.Value), TypeLayouts.Handle) { /** <inheritdoc/> */ public override int GetHashCode() => hash; }

    /// <summary>A handle that is lent for the time of a call. Spec: <c>borrow</c>.</summary>
    public sealed record Borrow(ResourceTableId Table) : ValType(TypeSummary.Leaf(12, Table.Value, TypeContents.Borrows), TypeLayouts.Handle) { /** <inheritdoc/> */ public override int GetHashCode() => hash; }

    /// <summary>The readable end of a stream. Spec: <c>stream</c>.</summary>
    public sealed record Stream(StreamTableId Table) : ValType(TypeSummary.Leaf(13, Table.Value), TypeLayouts.Handle) { /** <inheritdoc/> */ public override int GetHashCode() => hash; }

    /// <summary>The readable end of a future. Spec: <c>future</c>.</summary>
    public sealed record Future(FutureTableId Table) : ValType(TypeSummary.Leaf(14, Table.Value), TypeLayouts.Handle) { /** <inheritdoc/> */ public override int GetHashCode() => hash; }

    /// <summary>A reference to the context of an error. Spec: <c>error-context</c>.</summary>
    public sealed record ErrorContext(ErrorContextTableId Table) : ValType(TypeSummary.Leaf(15, Table.Value), TypeLayouts.Handle) { /** <inheritdoc/> */ public override int GetHashCode() => hash; }

    private static TypeContents ContentsOf(PrimitiveType type) =>
        type == PrimitiveType.String ? TypeContents.Pointers | TypeContents.Strings : TypeContents.None;

    private static ValType Require(ValType part, [CallerArgumentExpression(nameof(part))] string name = "") => part ?? throw new ArgumentNullException(name);

    private static readonly Primitive[] Primitives = Array.ConvertAll(System.Enum.GetValues<PrimitiveType>(), t => new Primitive(t));

    /// <summary>The shared instance of a type without parts.</summary>
    public static Primitive Of(PrimitiveType type) => Primitives[(int)type];
}

/// <summary>A part of a record.</summary>
public readonly record struct Field(string Name, ValType Type);

/// <summary>A case of a variant, with its payload if it has one.</summary>
public readonly record struct Case(string Name, ValType? Type);
