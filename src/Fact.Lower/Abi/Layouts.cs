using System;
using System.Diagnostics;
using Fact.Ir;

namespace Fact.Lower.Abi;

/// <summary>The layouts of a type for both widths of pointers, and those of the types without parts. Spec: <c>alignment</c>, <c>elem_size</c>, <c>flatten_type</c>.</summary>
internal readonly struct Layouts(Layout layout32, Layout layout64)
{
    /// <summary>One byte, flat in an i32.</summary>
    private static readonly Layouts Size1 = Scalar(1, CoreValType.I32);

    private static readonly Layouts Size2 = Scalar(2, CoreValType.I32);
    private static readonly Layouts Size4 = Scalar(4, CoreValType.I32);
    private static readonly Layouts Size8 = Scalar(8, CoreValType.I64);
    private static readonly Layouts Float4 = Scalar(4, CoreValType.F32);
    private static readonly Layouts Float8 = Scalar(8, CoreValType.F64);

    /// <summary>Strings and lists: pointer and length.</summary>
    public static readonly Layouts Pair = new(
        new(4, 8, [CoreValType.I32, CoreValType.I32], []),
        new(8, 16, [CoreValType.I64, CoreValType.I64], []));

    /// <summary>Handles of any kind: an index.</summary>
    public static Layouts Handle => Size4;

    /// <summary>The layout for 32-bit pointers.</summary>
    public Layout Layout32 { get; } = layout32;

    /// <summary>The layout for 64-bit pointers.</summary>
    public Layout Layout64 { get; } = layout64;

    /// <summary>The layouts of a primitive type.</summary>
    public static Layouts Of(PrimitiveType type) => type switch
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

    /// <summary>The layouts of a flags type. Spec: <c>alignment_flags</c>, <c>elem_size_flags</c>.</summary>
    public static Layouts Flags(int labels) => labels <= 8 ? Size1 : labels <= 16 ? Size2 : Size4;

    /// <summary>The layouts of a list of fixed length.</summary>
    public static Layouts FixedList(LaidOutType element, uint length)
    {
        var layout32 = CompositeLayout.FixedList(element.Layout32, length);
        return new(layout32, element.SameForBoth ? layout32 : CompositeLayout.FixedList(element.Layout64, length));
    }

    /// <summary>The layouts of a record or tuple.</summary>
    public static Layouts Record(ReadOnlySpan<LaidOutType> fields)
    {
        bool same = true;
        foreach (var field in fields)
            same &= field.SameForBoth;
        var layout32 = CompositeLayout.Record(fields, CoreValType.I32);
        return new(layout32, same ? layout32 : CompositeLayout.Record(fields, CoreValType.I64));
    }

    /// <summary>The layouts of a variant, or what despecializes to one.</summary>
    /// <param name="count">How many cases there are.</param>
    /// <param name="payloads">The payloads of cases; those without one may be null or left out.</param>
    public static Layouts Variant(int count, ReadOnlySpan<LaidOutType?> payloads)
    {
        bool same = true;
        foreach (var payload in payloads)
            same &= payload is null || payload.SameForBoth;
        var layout32 = CompositeLayout.Variant(count, payloads, CoreValType.I32);
        return new(layout32, same ? layout32 : CompositeLayout.Variant(count, payloads, CoreValType.I64));
    }

    private static Layouts Scalar(uint size, CoreValType flat)
    {
        var layout = new Layout(size, size, [flat], []);
        return new(layout, layout);
    }
}
