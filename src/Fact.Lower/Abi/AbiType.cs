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
public closed class AbiType
{
    private AbiType(int id, Features features, int cost, Layout layout32, Layout layout64) =>
        (Id, Has, Cost, Layout32, Layout64) = (id, features, cost, layout32, layout64);

    /// <summary>A number that no other type of the same <see cref="AbiTypes"/> has.</summary>
    internal int Id { get; }

    internal Features Has { get; }

    /// <summary>About how many instructions translating a value from memory to memory in place takes, helpers counted as calls.</summary>
    internal int Cost { get; }

    /// <summary>The layout for 32-bit pointers.</summary>
    public Layout Layout32 { get; }

    /// <summary>The layout for 64-bit pointers.</summary>
    public Layout Layout64 { get; }

    /// <summary>The layout for the given pointers: i32 or i64.</summary>
    public Layout For(CoreValType ptr) => ptr == CoreValType.I64 ? Layout64 : Layout32;

    /// <summary>Booleans, numbers and chars.</summary>
    public sealed class Scalar : AbiType
    {
        internal Scalar(int id, PrimitiveType type, Features features, int cost, Layout layout)
            : base(id, features, cost, layout, layout) => Type = type;

        /// <summary>Which of them; never a string.</summary>
        public PrimitiveType Type { get; }
    }

    /// <summary>A string: a pointer and a number of code units.</summary>
    public sealed class String : AbiType
    {
        internal String(int id, int cost, Layout layout32, Layout layout64)
            : base(id, Features.Strings | Features.Pointers, cost, layout32, layout64)
        {
        }
    }

    /// <summary>A list: a pointer and a number of elements.</summary>
    public sealed class List : AbiType
    {
        internal List(int id, AbiType element, int cost, Layout layout32, Layout layout64)
            : base(id, (element.Has & ~Features.Bitwise) | Features.Pointers, cost, layout32, layout64) => Element = element;

        /// <summary>The type of an element.</summary>
        public AbiType Element { get; }
    }

    /// <summary>A list of fixed length, its elements inline.</summary>
    public sealed class FixedList : AbiType
    {
        internal FixedList(int id, AbiType element, uint length, int cost, Layout layout32, Layout layout64)
            : base(id, element.Has, cost, layout32, layout64) => (Element, Length) = (element, length);

        /// <summary>The type of an element.</summary>
        public AbiType Element { get; }

        /// <summary>How many there are; at least 1.</summary>
        public uint Length { get; }
    }

    /// <summary>A record, or a tuple whose fields are named by their positions.</summary>
    public sealed class Record : AbiType
    {
        internal Record(int id, bool isTuple, string[] names, AbiType[] fields, Features features, int cost, Layout layout32, Layout layout64)
            : base(id, features, cost, layout32, layout64) => (IsTuple, Names, Fields) = (isTuple, names, fields);

        internal bool IsTuple { get; }

        internal string[] Names { get; }

        internal AbiType[] Fields { get; }
    }

    /// <summary>A variant, or what despecializes to one: enum, option, result.</summary>
    public sealed class Variant : AbiType
    {
        internal Variant(int id, VariantFlavor flavor, string[] names, AbiType?[] cases, Features features, int cost, Layout layout32, Layout layout64)
            : base(id, features, cost, layout32, layout64) => (Flavor, Names, Cases) = (flavor, names, cases);

        internal VariantFlavor Flavor { get; }

        internal string[] Names { get; }

        internal AbiType?[] Cases { get; }

        /// <summary>Which cases are translated alike where both sides have this type; made when it is first asked for.</summary>
        internal Value.Arms? OwnArms { get; set; }

        /// <summary>Bytes of the discriminant in memory: 1, 2 or 4. Spec: <c>discriminant_type</c>.</summary>
        internal int DiscriminantSize => AbiTypes.DiscriminantSize(Names.Length);
    }

    /// <summary>Flags: one bit for each label.</summary>
    public sealed class Flags : AbiType
    {
        internal Flags(int id, string[] names, Features features, int cost, Layout layout)
            : base(id, features, cost, layout, layout) => Names = names;

        internal string[] Names { get; }
    }

    /// <summary>A handle into a table of one side.</summary>
    public sealed class Handle : AbiType
    {
        internal Handle(int id, TransferKind kind, uint table, int cost, Layout layout)
            : base(id, kind == TransferKind.Borrow ? Features.Borrows : Features.None, cost, layout, layout) => (Kind, Table) = (kind, table);

        internal TransferKind Kind { get; }

        internal uint Table { get; }
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
