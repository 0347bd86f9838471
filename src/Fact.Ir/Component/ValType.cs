using System;
using System.Runtime.CompilerServices;

namespace Fact.Ir;

/// <summary>
/// The type of a component value, with structural equality: the one that the checker of components, linking, lowering and hosts share. Spec: <c>valtype</c>.
/// </summary>
/// <remarks>
/// <para>
/// A type is a tree that may share subtrees, so its written size can be exponential in the number of its nodes. What is known of it (hash, depth, layouts,
/// contents) is therefore computed when it is made, from what is known of its parts; equality looks at shared parts once. A type that nests deeper than
/// <see cref="MaxDepth"/> can be made, but no function can have it, and it is equal to nothing but itself.
/// </para>
/// <para>
/// Types with handles are in the numbering of whoever makes them. In an adapter, and in a link plan, an id is that of a table of one component instance. While a
/// component is checked there are no instances yet: ids of resource tables are then the numbers of resource types in that check, all others 0, and linking
/// makes each type again for the instance that has it.
/// </para>
/// </remarks>
public closed record ValType
{
    /// <summary>How many types may be nested in one another. Wasmtime has the same limit.</summary>
    public const int MaxDepth = 100;

    private readonly int hash;

    // Made when a label of many is looked for.
    private LabelIndex? labels;

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

    /// <summary>What is somewhere in it.</summary>
    internal TypeContents Contents { get; }

    /// <summary>Whether any of that is somewhere in it.</summary>
    internal bool Has(TypeContents contents) => (Contents & contents) != 0;

    /// <summary>What messages call types of its kind: the word of WIT.</summary>
    internal string Keyword => this switch
    {
        Primitive(var type) => PrimitiveNames.Of(type),
        List => "list",
        FixedLengthList => "fixed-length list",
        Map => "map",
        Record => "record",
        Tuple => "tuple",
        Variant => "variant",
        Enum => "enum",
        Option => "option",
        Result => "result",
        Flags => "flags",
        Own => "own",
        Borrow => "borrow",
        Stream => "stream",
        Future => "future",
        ErrorContext => "error-context",
    };

    /// <summary>The position of a field, case or label of a record, variant, enum or flags type; -1 where it has none of that name.</summary>
    internal int IndexOf(string label)
    {
        int count = TypeParts.LabelCount(this);
        if (count > LabelIndex.Few)
            return (labels ??= new(this)).Of(label);
        int at = 0;
        while (at < count && TypeParts.LabelAt(this, at) != label)
            at++;
        return at < count ? at : -1;
    }

    /// <summary>Whether the other type has the same structure.</summary>
    public virtual bool Equals(ValType? other) => TypeEquality.Same(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => hash;

    /// <summary>The type as WIT writes it, types in it inline, up to <see cref="TypeText.MaxLength"/> characters.</summary>
    public sealed override string ToString() => TypeText.Of(this);

    /// <summary>A type without parts.</summary>
    /// <param name="Type">Which.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such type.</exception>
    public sealed record Primitive(PrimitiveType Type) : ValType(TypeSummary.Leaf(0, (uint)Require(Type), ContentsOf(Type)), TypeLayouts.Of(Type))
    {
        /// <summary>Which.</summary>
        public PrimitiveType Type { get; } = Type;

        /// <inheritdoc/>
        public bool Equals(Primitive? other) => TypeEquality.Same(this, other);

        /// <inheritdoc/>
        public override int GetHashCode() => hash;
    }

    /// <summary>Any number of elements. Spec: <c>list</c>.</summary>
    /// <param name="Element">The type of the elements.</param>
    /// <exception cref="ArgumentNullException">The type is null.</exception>
    public sealed record List(ValType Element) : ValType(TypeSummary.Of(1, Require(Element)).With(TypeContents.Pointers), TypeLayouts.Pair)
    {
        /// <summary>The type of the elements.</summary>
        public ValType Element { get; } = Element;

        /// <inheritdoc/>
        public bool Equals(List? other) => TypeEquality.Same(this, other);

        /// <inheritdoc/>
        public override int GetHashCode() => hash;
    }

    /// <summary>A fixed number of elements, stored inline. Spec: <c>list</c> with a length.</summary>
    /// <param name="Element">The type of the elements.</param>
    /// <param name="Length">How many there are; at least 1.</param>
    /// <exception cref="ArgumentNullException">The type is null.</exception>
    public sealed record FixedLengthList(ValType Element, uint Length)
        : ValType(TypeSummary.Of(2, Require(Element)).With((int)Length), TypeLayouts.FixedLengthList(Element, Length))
    {
        /// <summary>The type of the elements.</summary>
        public ValType Element { get; } = Element;

        /// <summary>How many there are; at least 1.</summary>
        public uint Length { get; } = Length;

        /// <inheritdoc/>
        public bool Equals(FixedLengthList? other) => TypeEquality.Same(this, other);

        /// <inheritdoc/>
        public override int GetHashCode() => hash;
    }

    /// <summary>Keys with values: on the wire a list of pairs. Spec: <c>map</c>.</summary>
    /// <param name="Key">The type of the keys: a bool, an integer, a char or a string.</param>
    /// <param name="Value">The type of the values.</param>
    /// <exception cref="ArgumentNullException">One of the types is null.</exception>
    public sealed record Map(ValType Key, ValType Value)
        : ValType(TypeSummary.Of(3, Require(Key)).And(Require(Value)).With(TypeContents.Pointers), TypeLayouts.Pair)
    {
        /// <summary>The type of the keys.</summary>
        public ValType Key { get; } = Key;

        /// <summary>The type of the values.</summary>
        public ValType Value { get; } = Value;

        /// <summary>The type of an entry as it lies in memory. Spec: <c>despecialize</c>.</summary>
        internal Tuple Entry { get; } = new([Require(Key), Require(Value)]);

        /// <inheritdoc/>
        public bool Equals(Map? other) => TypeEquality.Same(this, other);

        /// <inheritdoc/>
        public override int GetHashCode() => hash;
    }

    /// <summary>Named parts. Spec: <c>record</c>.</summary>
    /// <param name="Fields">The parts in order; at least one.</param>
    /// <exception cref="ArgumentException">One of the parts is <c>default</c>.</exception>
    public sealed record Record(EquatableArray<Field> Fields) : ValType(TypeSummary.Of(4, Fields), TypeLayouts.Record(TypeParts.Of(Fields)))
    {
        /// <summary>The parts in order.</summary>
        public EquatableArray<Field> Fields { get; } = Fields;

        /// <inheritdoc/>
        public bool Equals(Record? other) => TypeEquality.Same(this, other);

        /// <inheritdoc/>
        public override int GetHashCode() => hash;
    }

    /// <summary>Parts by position. Spec: <c>tuple</c>.</summary>
    /// <param name="Types">The types of the parts in order; at least one.</param>
    /// <exception cref="ArgumentException">One of the types is null.</exception>
    public sealed record Tuple(EquatableArray<ValType> Types) : ValType(TypeSummary.Of(5, Types), TypeLayouts.Record(TypeParts.Of(Types)))
    {
        /// <summary>The types of the parts in order.</summary>
        public EquatableArray<ValType> Types { get; } = Types;

        /// <inheritdoc/>
        public bool Equals(Tuple? other) => TypeEquality.Same(this, other);

        /// <inheritdoc/>
        public override int GetHashCode() => hash;
    }

    /// <summary>One of several named cases. Spec: <c>variant</c>.</summary>
    /// <param name="Cases">The cases in order; at least one.</param>
    /// <exception cref="ArgumentException">One of the cases is <c>default</c>.</exception>
    public sealed record Variant(EquatableArray<Case> Cases) : ValType(TypeSummary.Of(6, Cases), TypeLayouts.Variant(Cases.Length, TypeParts.Of(Cases)))
    {
        /// <summary>The cases in order.</summary>
        public EquatableArray<Case> Cases { get; } = Cases;

        /// <inheritdoc/>
        public bool Equals(Variant? other) => TypeEquality.Same(this, other);

        /// <inheritdoc/>
        public override int GetHashCode() => hash;
    }

    /// <summary>One of several labels. Spec: <c>enum</c>.</summary>
    /// <param name="Labels">The labels in order; at least one.</param>
    /// <exception cref="ArgumentException">One of the labels is null.</exception>
    public sealed record Enum(EquatableArray<string> Labels) : ValType(TypeSummary.Of(7, Labels), TypeLayouts.Variant(Labels.Length, []))
    {
        /// <summary>The labels in order.</summary>
        public EquatableArray<string> Labels { get; } = Labels;

        /// <inheritdoc/>
        public bool Equals(Enum? other) => TypeEquality.Same(this, other);

        /// <inheritdoc/>
        public override int GetHashCode() => hash;
    }

    /// <summary>A value or none. Spec: <c>option</c>.</summary>
    /// <param name="Some">The type of the value.</param>
    /// <exception cref="ArgumentNullException">The type is null.</exception>
    public sealed record Option(ValType Some) : ValType(TypeSummary.Of(8, Require(Some)), TypeLayouts.Variant(2, [Some]))
    {
        /// <summary>The type of the value.</summary>
        public ValType Some { get; } = Some;

        /// <inheritdoc/>
        public bool Equals(Option? other) => TypeEquality.Same(this, other);

        /// <inheritdoc/>
        public override int GetHashCode() => hash;
    }

    /// <summary>Success or error, each with or without a value. Spec: <c>result</c>.</summary>
    /// <param name="Ok">The type of the value of success; null where there is none.</param>
    /// <param name="Error">The type of the value of an error; null where there is none.</param>
    public sealed record Result(ValType? Ok, ValType? Error) : ValType(TypeSummary.Of(9, Ok).And(Error), TypeLayouts.Variant(2, [Ok, Error]))
    {
        /// <summary>The type of the value of success; null where there is none.</summary>
        public ValType? Ok { get; } = Ok;

        /// <summary>The type of the value of an error; null where there is none.</summary>
        public ValType? Error { get; } = Error;

        /// <inheritdoc/>
        public bool Equals(Result? other) => TypeEquality.Same(this, other);

        /// <inheritdoc/>
        public override int GetHashCode() => hash;
    }

    /// <summary>Named bits. Spec: <c>flags</c>.</summary>
    /// <param name="Labels">1 to 32 labels, the one of the lowest bit first.</param>
    /// <exception cref="ArgumentException">One of the labels is null.</exception>
    public sealed record Flags(EquatableArray<string> Labels) : ValType(TypeSummary.Of(10, Labels), TypeLayouts.Flags(Labels.Length))
    {
        /// <summary>The labels, the one of the lowest bit first.</summary>
        public EquatableArray<string> Labels { get; } = Labels;

        /// <inheritdoc/>
        public bool Equals(Flags? other) => TypeEquality.Same(this, other);

        /// <inheritdoc/>
        public override int GetHashCode() => hash;
    }

    /// <summary>A handle that owns its resource. Spec: <c>own</c>.</summary>
    /// <param name="Table">The table that it is in.</param>
    public sealed record Own(ResourceTableId Table)
        : ValType(TypeSummary.Leaf(11, Table.Value, TypeContents.Resources | TypeContents.Tables), TypeLayouts.Handle)
    {
        /// <summary>The table that it is in.</summary>
        public ResourceTableId Table { get; } = Table;

        /// <inheritdoc/>
        public bool Equals(Own? other) => TypeEquality.Same(this, other);

        /// <inheritdoc/>
        public override int GetHashCode() => hash;
    }

    /// <summary>A handle that is lent for the time of a call. Spec: <c>borrow</c>.</summary>
    /// <param name="Table">The table that it is in.</param>
    public sealed record Borrow(ResourceTableId Table)
        : ValType(TypeSummary.Leaf(12, Table.Value, TypeContents.Borrows | TypeContents.Resources | TypeContents.Tables), TypeLayouts.Handle)
    {
        /// <summary>The table that it is in.</summary>
        public ResourceTableId Table { get; } = Table;

        /// <inheritdoc/>
        public bool Equals(Borrow? other) => TypeEquality.Same(this, other);

        /// <inheritdoc/>
        public override int GetHashCode() => hash;
    }

    /// <summary>The readable end of a stream. Spec: <c>stream</c>.</summary>
    /// <param name="Table">The table that it is in.</param>
    /// <param name="Element">The type of its elements; null where it has none, or where it is not known: adapters only pass ends on.</param>
    public sealed record Stream(StreamTableId Table, ValType? Element = null) : ValType(TypeSummary.Channel(13, Table.Value, Element), TypeLayouts.Handle)
    {
        /// <summary>The table that it is in.</summary>
        public StreamTableId Table { get; } = Table;

        /// <summary>The type of its elements; null where it has none, or where it is not known.</summary>
        public ValType? Element { get; } = Element;

        /// <inheritdoc/>
        public bool Equals(Stream? other) => TypeEquality.Same(this, other);

        /// <inheritdoc/>
        public override int GetHashCode() => hash;
    }

    /// <summary>The readable end of a future. Spec: <c>future</c>.</summary>
    /// <param name="Table">The table that it is in.</param>
    /// <param name="Element">The type of its value; null where it has none, or where it is not known: adapters only pass ends on.</param>
    public sealed record Future(FutureTableId Table, ValType? Element = null) : ValType(TypeSummary.Channel(14, Table.Value, Element), TypeLayouts.Handle)
    {
        /// <summary>The table that it is in.</summary>
        public FutureTableId Table { get; } = Table;

        /// <summary>The type of its value; null where it has none, or where it is not known.</summary>
        public ValType? Element { get; } = Element;

        /// <inheritdoc/>
        public bool Equals(Future? other) => TypeEquality.Same(this, other);

        /// <inheritdoc/>
        public override int GetHashCode() => hash;
    }

    /// <summary>A reference to the context of an error. Spec: <c>error-context</c>.</summary>
    /// <param name="Table">The table that it is in.</param>
    public sealed record ErrorContext(ErrorContextTableId Table) : ValType(TypeSummary.Leaf(15, Table.Value, TypeContents.Tables), TypeLayouts.Handle)
    {
        /// <summary>The table that it is in.</summary>
        public ErrorContextTableId Table { get; } = Table;

        /// <inheritdoc/>
        public bool Equals(ErrorContext? other) => TypeEquality.Same(this, other);

        /// <inheritdoc/>
        public override int GetHashCode() => hash;
    }

    private static TypeContents ContentsOf(PrimitiveType type) =>
        type == PrimitiveType.String ? TypeContents.Pointers | TypeContents.Strings : TypeContents.None;

    private static ValType Require(ValType part, [CallerArgumentExpression(nameof(part))] string name = "") => Given.NotNull(part, name);

    private static PrimitiveType Require(PrimitiveType type, [CallerArgumentExpression(nameof(type))] string name = "") =>
        type is >= PrimitiveType.Bool and <= PrimitiveType.String ? type : throw new ArgumentOutOfRangeException(name, type, "no primitive type");

    private static readonly Primitive[] Primitives = Array.ConvertAll(System.Enum.GetValues<PrimitiveType>(), t => new Primitive(t));

    /// <summary>The shared instance of a type without parts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such type.</exception>
    public static Primitive Of(PrimitiveType type) => Primitives[(int)Require(type)];
}
