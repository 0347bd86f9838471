using System;
using System.Diagnostics;

namespace Fact.Ir;

/// <summary>
/// The layouts of a type for both widths of pointers; one object where there is no pointer in the type. Spec: <c>alignment</c>, <c>elem_size</c>, <c>flatten_type</c>.
/// </summary>
internal readonly record struct TypeLayouts(TypeLayout Layout32, TypeLayout Layout64)
{
    private static readonly TypeLayouts Size1 = Scalar(1, CoreValType.I32);
    private static readonly TypeLayouts Size2 = Scalar(2, CoreValType.I32);
    private static readonly TypeLayouts Size4 = Scalar(4, CoreValType.I32);
    private static readonly TypeLayouts Size8 = Scalar(8, CoreValType.I64);
    private static readonly TypeLayouts Float4 = Scalar(4, CoreValType.F32);
    private static readonly TypeLayouts Float8 = Scalar(8, CoreValType.F64);

    /// <summary>Strings, lists and maps: pointer and length.</summary>
    public static TypeLayouts Pair { get; } = new(
        new(4, 8, [CoreValType.I32, CoreValType.I32], []),
        new(8, 16, [CoreValType.I64, CoreValType.I64], []));

    /// <summary>Handles of any kind: an index.</summary>
    public static TypeLayouts Handle => Size4;

    /// <summary>A type without parts.</summary>
    public static TypeLayouts Of(PrimitiveType type) => type switch
    {
        PrimitiveType.Bool or PrimitiveType.S8 or PrimitiveType.U8 => Size1,
        PrimitiveType.S16 or PrimitiveType.U16 => Size2,
        PrimitiveType.S32 or PrimitiveType.U32 or PrimitiveType.Char => Size4,
        PrimitiveType.S64 or PrimitiveType.U64 => Size8,
        PrimitiveType.F32 => Float4,
        PrimitiveType.F64 => Float8,
        PrimitiveType.String => Pair,
        _ => throw new UnreachableException(),
    };

    /// <summary>Flags. Spec: <c>alignment_flags</c>, <c>elem_size_flags</c>.</summary>
    public static TypeLayouts Flags(int labels) => labels <= 8 ? Size1 : labels <= 16 ? Size2 : Size4;

    /// <summary>A list of fixed length.</summary>
    public static TypeLayouts FixedLengthList(ValType element, uint length)
    {
        var layout32 = LayoutRules.FixedLengthList(element.Layout32, length);
        return new(layout32, element.HasOneLayout ? layout32 : LayoutRules.FixedLengthList(element.Layout64, length));
    }

    /// <summary>A record or tuple.</summary>
    public static TypeLayouts Record(ReadOnlySpan<ValType> fields)
    {
        bool same = true;
        foreach (var field in fields)
            same &= field.HasOneLayout;
        var layout32 = LayoutRules.Record(fields, false);
        return new(layout32, same ? layout32 : LayoutRules.Record(fields, true));
    }

    /// <summary>A variant, enum, option or result.</summary>
    /// <param name="count">How many cases there are.</param>
    /// <param name="payloads">The payloads of cases; those without one may be null or left out.</param>
    public static TypeLayouts Variant(int count, ReadOnlySpan<ValType?> payloads)
    {
        bool same = true;
        foreach (var payload in payloads)
            same &= payload is null || payload.HasOneLayout;
        var layout32 = LayoutRules.Variant(count, payloads, false);
        return new(layout32, same ? layout32 : LayoutRules.Variant(count, payloads, true));
    }

    private static TypeLayouts Scalar(uint size, CoreValType flat)
    {
        var layout = new TypeLayout(size, size, [flat], []);
        return new(layout, layout);
    }
}
