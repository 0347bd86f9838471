using System;
using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>Core function types of number types alone, as linking has them and as the index spaces have them.</summary>
internal static class CoreTypes
{
    private static readonly Ast.CoreValType[] Numbers = Array.ConvertAll(
        Enum.GetValues<CoreNum>(), static type => (Ast.CoreValType)new Ast.CoreValType.Numeric(ToAst(type)));

    /// <summary>The type for linking.</summary>
    public static Ir.CoreFuncType Of(ReadOnlySpan<CoreNum> parameters, ReadOnlySpan<CoreNum> results) =>
        new(ToIr(parameters), ToIr(results));

    /// <summary>The type for the index space of core functions.</summary>
    public static Ast.CoreFuncType ToAst(Ir.CoreFuncType type) => new(ToAst(type.Params), ToAst(type.Results));

    /// <summary>Whether a core function of the component has a type.</summary>
    public static bool Has(Ast.CoreFuncType type, ReadOnlySpan<CoreNum> parameters, ReadOnlySpan<CoreNum> results) =>
        Are(type.Params.AsSpan(), parameters) && Are(type.Results.AsSpan(), results);

    /// <summary>Whether two types are the same.</summary>
    public static bool Same(Ast.CoreFuncType a, Ir.CoreFuncType b) =>
        Are(a.Params.AsSpan(), b.Params.AsSpan()) && Are(a.Results.AsSpan(), b.Results.AsSpan());

    /// <summary>The number type, or null for another type.</summary>
    public static CoreNum? Number(Ast.CoreValType type) => type is Ast.CoreValType.Numeric(var number)
        ? number switch
        {
            CoreNumType.I32 => CoreNum.I32,
            CoreNumType.I64 => CoreNum.I64,
            CoreNumType.F32 => CoreNum.F32,
            CoreNumType.F64 => CoreNum.F64,
            _ => null,
        }
        : null;

    /// <summary>The type of linking.</summary>
    public static Ir.CoreValType ToIr(CoreNum type) => type switch
    {
        CoreNum.I32 => Ir.CoreValType.I32,
        CoreNum.I64 => Ir.CoreValType.I64,
        CoreNum.F32 => Ir.CoreValType.F32,
        _ => Ir.CoreValType.F64,
    };

    private static EquatableArray<Ir.CoreValType> ToIr(ReadOnlySpan<CoreNum> types)
    {
        var result = new Ir.CoreValType[types.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = ToIr(types[i]);
        return result.Seal();
    }

    private static EquatableArray<Ast.CoreValType> ToAst(EquatableArray<Ir.CoreValType> types)
    {
        var result = new Ast.CoreValType[types.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = Numbers[(int)ToNum(types[i])];
        return result.Seal();
    }

    private static bool Are(ReadOnlySpan<Ast.CoreValType> types, ReadOnlySpan<CoreNum> expected)
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

    private static bool Are(ReadOnlySpan<Ast.CoreValType> types, ReadOnlySpan<Ir.CoreValType> expected)
    {
        if (types.Length != expected.Length)
            return false;
        for (int i = 0; i < types.Length; i++)
        {
            if (Number(types[i]) != ToNum(expected[i]))
                return false;
        }
        return true;
    }

    private static CoreNum ToNum(Ir.CoreValType type) => type switch
    {
        Ir.CoreValType.I32 => CoreNum.I32,
        Ir.CoreValType.I64 => CoreNum.I64,
        Ir.CoreValType.F32 => CoreNum.F32,
        Ir.CoreValType.F64 => CoreNum.F64,
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private static CoreNumType ToAst(CoreNum type) => type switch
    {
        CoreNum.I32 => CoreNumType.I32,
        CoreNum.I64 => CoreNumType.I64,
        CoreNum.F32 => CoreNumType.F32,
        _ => CoreNumType.F64,
    };
}
