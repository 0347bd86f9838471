using System;

namespace Fact.Component.Types;

/// <summary>Size and alignment of values in a 64-bit memory: what validation bounds.</summary>
internal static class Layout
{
    /// <summary>The size that no value type reaches, in bytes: 2^28. Spec: Element Size.</summary>
    public const ulong MaxElemSize = 1UL << 28;

    /// <summary>Size and alignment of a type whose parts have theirs. Spec: <c>elem_size</c>, <c>alignment</c>.</summary>
    public static (ulong Size, uint Alignment) Of(CheckedValType type) => type.Kind switch
    {
        ValKind.Bool or ValKind.S8 or ValKind.U8 => (1, 1),
        ValKind.S16 or ValKind.U16 => (2, 2),
        ValKind.S64 or ValKind.U64 or ValKind.F64 => (8, 8),
        ValKind.String or ValKind.List or ValKind.Map => (16, 8),
        ValKind.Record or ValKind.Tuple => Sequence(type),
        ValKind.FixedLengthList => (type.Number * type.Parts[0]!.ElemSize, type.Parts[0]!.Alignment),
        ValKind.Variant or ValKind.Result => Choice(type, type.Parts.Length),
        ValKind.Option => Choice(type, 2),
        ValKind.Enum => (Discriminant(type.Labels.Length), Discriminant(type.Labels.Length)),
        ValKind.Flags => type.Labels.Length switch { <= 8 => (1, 1), <= 16 => (2, 2), _ => (4, 4) },
        ValKind.S32 or ValKind.U32 or ValKind.F32 or ValKind.Char or ValKind.ErrorContext or
        ValKind.Own or ValKind.Borrow or ValKind.Stream or ValKind.Future => (4, 4),
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private static (ulong, uint) Sequence(CheckedValType type)
    {
        ulong size = 0;
        uint alignment = 1;
        foreach (var part in type.Parts)
        {
            size = AlignTo(size, part!.Alignment) + part.ElemSize;
            alignment = Math.Max(alignment, part.Alignment);
        }
        return (AlignTo(size, alignment), alignment);
    }

    private static (ulong, uint) Choice(CheckedValType type, int cases)
    {
        ulong payload = 0;
        uint payloadAlignment = 1;
        foreach (var part in type.Parts)
        {
            if (part is null)
                continue;
            payload = Math.Max(payload, part.ElemSize);
            payloadAlignment = Math.Max(payloadAlignment, part.Alignment);
        }
        uint discriminant = Discriminant(cases);
        uint alignment = Math.Max(discriminant, payloadAlignment);
        return (AlignTo(AlignTo(discriminant, payloadAlignment) + payload, alignment), alignment);
    }

    private static uint Discriminant(int cases) => cases switch { <= 1 << 8 => 1, <= 1 << 16 => 2, _ => 4 };

    private static ulong AlignTo(ulong offset, uint alignment) => (offset + alignment - 1) & ~(ulong)(alignment - 1);
}
