using System.Diagnostics;
using Fact.Ir;

namespace Fact.Component.Plan;

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
