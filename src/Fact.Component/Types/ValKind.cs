using System;

namespace Fact.Component.Types;

/// <summary>The kinds of value types: first those of <see cref="Ir.PrimitiveType"/>, with its values. Spec: <c>valtype</c>.</summary>
internal enum ValKind : byte
{
    Bool,
    S8,
    U8,
    S16,
    U16,
    S32,
    U32,
    S64,
    U64,
    F32,
    F64,
    Char,
    String,
    ErrorContext,
    Record,
    Variant,
    List,
    FixedLengthList,
    Map,
    Tuple,
    Flags,
    Enum,
    Option,
    Result,
    Own,
    Borrow,
    Stream,
    Future,
}

/// <summary>What a value type contains somewhere in it.</summary>
[Flags]
internal enum TypeTraits : byte
{
    None = 0,

    /// <summary>A <c>borrow</c>.</summary>
    Borrow = 1,

    /// <summary>A string, list or map, which lies in memory.</summary>
    Pointer = 2,

    /// <summary>A resource type.</summary>
    Resource = 4,

    /// <summary>Anything that is an index into a table of a component instance, so that the type differs between instances.</summary>
    Table = 8,

    /// <summary>A record, variant, flags or enum type, which must have a name before an import or export may mention it.</summary>
    Named = 16,

    /// <summary>Any type that must have a name before an import or export may mention it.</summary>
    Nameable = Resource | Named,
}

/// <summary>What the kinds of value types are called.</summary>
internal static class ValKinds
{
    private static readonly string[] Texts =
    [
        "bool", "s8", "u8", "s16", "u16", "s32", "u32", "s64", "u64", "f32", "f64", "char", "string", "error-context",
        "record", "variant", "list", "fixed-length list", "map", "tuple", "flags", "enum", "option", "result",
        "own", "borrow", "stream", "future",
    ];

    /// <summary>The word of the text format.</summary>
    public static string Text(this ValKind kind) => Texts[(int)kind];

    /// <summary>Whether the type has no parts and no labels.</summary>
    public static bool IsPrimitive(this ValKind kind) => kind <= ValKind.ErrorContext;

    /// <summary>Whether a type of this kind must have a name before an import or export may mention it.</summary>
    public static bool MustBeNamed(this ValKind kind) =>
        kind is ValKind.Record or ValKind.Variant or ValKind.Flags or ValKind.Enum;
}
