using System;
using System.Diagnostics;
using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>Core function types of number types alone, as linking has them and as the index spaces have them.</summary>
internal static class CoreTypes
{
    private static readonly Ast.CoreValType I32 = new Ast.CoreValType.Numeric(CoreNumType.I32);
    private static readonly Ast.CoreValType I64 = new Ast.CoreValType.Numeric(CoreNumType.I64);
    private static readonly Ast.CoreValType F32 = new Ast.CoreValType.Numeric(CoreNumType.F32);
    private static readonly Ast.CoreValType F64 = new Ast.CoreValType.Numeric(CoreNumType.F64);

    /// <summary>The type for linking.</summary>
    public static Ir.CoreFuncType Of(ReadOnlySpan<Ir.CoreValType> parameters, ReadOnlySpan<Ir.CoreValType> results) =>
        new(EquatableArray.Create(parameters), EquatableArray.Create(results));

    /// <summary>The type for the index space of core functions.</summary>
    public static Ast.CoreFuncType ToAst(Ir.CoreFuncType type) => new(ToAst(type.Params), ToAst(type.Results));

    /// <summary>Whether a core function of the component has a type.</summary>
    public static bool Has(Ast.CoreFuncType type, ReadOnlySpan<Ir.CoreValType> parameters, ReadOnlySpan<Ir.CoreValType> results) =>
        Are(type.Params.AsSpan(), parameters) && Are(type.Results.AsSpan(), results);

    /// <summary>The number type, or null for another type.</summary>
    public static Ir.CoreValType? Number(Ast.CoreValType type) => type is Ast.CoreValType.Numeric(var number)
        ? number switch
        {
            CoreNumType.I32 => Ir.CoreValType.I32,
            CoreNumType.I64 => Ir.CoreValType.I64,
            CoreNumType.F32 => Ir.CoreValType.F32,
            CoreNumType.F64 => Ir.CoreValType.F64,
            _ => null,
        }
        : null;

    private static EquatableArray<Ast.CoreValType> ToAst(EquatableArray<Ir.CoreValType> types)
    {
        var result = new Ast.CoreValType[types.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = ToAst(types[i]);
        return result.Seal();
    }

    private static Ast.CoreValType ToAst(Ir.CoreValType type) => type switch
    {
        Ir.CoreValType.I32 => I32,
        Ir.CoreValType.I64 => I64,
        Ir.CoreValType.F32 => F32,
        Ir.CoreValType.F64 => F64,
        _ => throw new UnreachableException(),
    };

    private static bool Are(ReadOnlySpan<Ast.CoreValType> types, ReadOnlySpan<Ir.CoreValType> expected)
    {
        if (types.Length != expected.Length)
            return false;
        for (int i = 0; i < types.Length; i++)
        {
            if (Number(types[i]) != expected[i])
                return false;
        }
        return true;
    }
}
