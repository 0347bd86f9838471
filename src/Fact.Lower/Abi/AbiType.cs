using System;
using Fact.Ir;

namespace Fact.Lower.Abi;

/// <summary>What a translation needs to know of a type at a glance.</summary>
[Flags]
internal enum Features
{
    None = 0,

    /// <summary>A string is somewhere in it: the encodings matter.</summary>
    Strings = 1,

    /// <summary>A string or list is somewhere in it: pointers are followed, and lowering allocates.</summary>
    Pointers = 2,

    /// <summary>A borrow is somewhere in it.</summary>
    Borrows = 4,

    /// <summary>Every bit pattern in memory is a value and no byte is padding: translating it is copying it.</summary>
    Bitwise = 8,
}

/// <summary>
/// A component type after despecialization and layout, interned: within one <see cref="AbiTypes"/> equal types are the same object.
/// Spec: <c>despecialize</c>.
/// </summary>
internal closed class AbiType : LaidOutType
{
    private AbiType(int id, Features features, int cost, Layouts layouts)
        : base(layouts) => (Id, Has, Cost) = (id, features, cost);

    /// <summary>A number that no other type of the same <see cref="AbiTypes"/> has.</summary>
    public int Id { get; }

    public Features Has { get; }

    /// <summary>About how many instructions translating a value from memory to memory in place takes, helpers counted as calls.</summary>
    public int Cost { get; }

    /// <summary>Booleans, numbers and chars.</summary>
    public sealed class Scalar(int id, PrimitiveType type, Features features, int cost) : AbiType(id, features, cost, Layouts.Of(type))
    {
        /// <summary>Which of them; never a string.</summary>
        public PrimitiveType Type { get; } = type;
    }

    /// <summary>A string: a pointer and a number of code units.</summary>
    public sealed class String(int id, int cost) : AbiType(id, Features.Strings | Features.Pointers, cost, Layouts.Pair);

    /// <summary>A list, or a map as the list of its entries: a pointer and a number of elements.</summary>
    public sealed class List(int id, AbiType element, bool isMap, int cost)
        : AbiType(id, (element.Has & ~Features.Bitwise) | Features.Pointers, cost, Layouts.Pair)
    {
        /// <summary>The type of an element; of a map, the tuple of key and value.</summary>
        public AbiType Element { get; } = element;

        /// <summary>Whether it was a map before it was despecialized: a translation need not know, but a reader of values must.</summary>
        public bool IsMap { get; } = isMap;
    }

    /// <summary>A list of fixed length, its elements inline.</summary>
    public sealed class FixedList(int id, AbiType element, uint length, int cost)
        : AbiType(id, element.Has, cost, Layouts.FixedList(element, length))
    {
        /// <summary>The type of an element.</summary>
        public AbiType Element { get; } = element;

        /// <summary>How many there are; at least 1.</summary>
        public uint Length { get; } = length;
    }

    /// <summary>A record, or a tuple whose fields are named by their positions.</summary>
    public sealed class Record(int id, bool isTuple, string[] names, AbiType[] fields, Features features, int cost, Layouts layouts)
        : AbiType(id, features, cost, layouts)
    {
        /// <summary>Whether it was a tuple before it was despecialized.</summary>
        public bool IsTuple { get; } = isTuple;

        /// <summary>The names of the fields.</summary>
        public string[] Names { get; } = names;

        /// <summary>The types of the fields.</summary>
        public AbiType[] Fields { get; } = fields;
    }

    /// <summary>A variant, or what despecializes to one: enum, option, result.</summary>
    public sealed class Variant(int id, VariantFlavor flavor, string[] names, AbiType?[] cases, Features features, int cost, Layouts layouts)
        : AbiType(id, features, cost, layouts)
    {
        /// <summary>What it was before it was despecialized.</summary>
        public VariantFlavor Flavor { get; } = flavor;

        /// <summary>The names of the cases.</summary>
        public string[] Names { get; } = names;

        /// <summary>The payloads of the cases; null for a case without one.</summary>
        public AbiType?[] Cases { get; } = cases;

        /// <summary>Which cases are translated alike where both sides have this type; made when it is first asked for.</summary>
        public Value.Arms? OwnArms { get; set; }

        /// <summary>Bytes of the discriminant in memory: 1, 2 or 4. Spec: <c>discriminant_type</c>.</summary>
        public int DiscriminantSize => CompositeLayout.DiscriminantSize(Names.Length);
    }

    /// <summary>Flags: one bit for each label.</summary>
    public sealed class Flags(int id, string[] names, Features features, int cost) : AbiType(id, features, cost, Layouts.Flags(names.Length))
    {
        /// <summary>The labels, the one of the lowest bit first.</summary>
        public string[] Names { get; } = names;
    }

    /// <summary>A handle into a table of one side.</summary>
    public sealed class Handle(int id, TransferKind kind, uint table, int cost)
        : AbiType(id, kind == TransferKind.Borrow ? Features.Borrows : Features.None, cost, Layouts.Handle)
    {
        /// <summary>What it is a handle of.</summary>
        public TransferKind Kind { get; } = kind;

        /// <summary>The number of the table.</summary>
        public uint Table { get; } = table;
    }
}

/// <summary>What a variant was before it was despecialized.</summary>
internal enum VariantFlavor
{
    Variant,
    Enum,
    Option,
    Result,
}
