using Fact.Ir;

namespace Fact.Lower.Abi;

/// <summary>How a type is represented on a side with one width of pointers. Spec: <c>alignment</c>, <c>elem_size</c>, <c>flatten_type</c>.</summary>
internal sealed class Layout
{
    public Layout(uint alignment, ulong elemSize, CoreValType[]? flat, uint[] offsets) =>
        (Alignment, ElemSize, FlatTypes, Offsets) = (alignment, elemSize, flat, offsets);

    /// <summary>Bytes that the address of a value is a multiple of: 1, 2, 4 or 8. Spec: <c>alignment</c>.</summary>
    public uint Alignment { get; }

    /// <summary>Bytes of a value in memory, a multiple of the alignment; saturated at <see cref="Limits.ElemSizeEnd"/>. Spec: <c>elem_size</c>.</summary>
    public ulong ElemSize { get; }

    /// <summary>The core values of a flat value; null where there are more than <see cref="Limits.MaxFlatParams"/>. Spec: <c>flatten_type</c>.</summary>
    public CoreValType[]? FlatTypes { get; }

    /// <summary>Records: where each field begins, in bytes from the value. Variants: where the payload begins. Otherwise empty.</summary>
    public uint[] Offsets { get; }

    /// <summary>Memory arguments of an aligned access are given the binary logarithm.</summary>
    public byte AlignmentLog2 => (byte)System.Numerics.BitOperations.Log2(Alignment);
}
