using System.Diagnostics;

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

/// <summary>The specification's names of the types without parts.</summary>
internal static class PrimitiveNames
{
    /// <summary>The name, as WIT has it.</summary>
    public static string Of(PrimitiveType type) => type switch
    {
        PrimitiveType.Bool => "bool",
        PrimitiveType.S8 => "s8",
        PrimitiveType.U8 => "u8",
        PrimitiveType.S16 => "s16",
        PrimitiveType.U16 => "u16",
        PrimitiveType.S32 => "s32",
        PrimitiveType.U32 => "u32",
        PrimitiveType.S64 => "s64",
        PrimitiveType.U64 => "u64",
        PrimitiveType.F32 => "f32",
        PrimitiveType.F64 => "f64",
        PrimitiveType.Char => "char",
        PrimitiveType.String => "string",
        _ => throw new UnreachableException(),
    };
}
