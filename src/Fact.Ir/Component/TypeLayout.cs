using System;
using System.Numerics;

namespace Fact.Ir;

/// <summary>How values of a type are represented on a side with one width of pointers. Spec: <c>alignment</c>, <c>elem_size</c>, <c>flatten_type</c>.</summary>
public sealed class TypeLayout
{
    private readonly CoreValType[]? flatTypes;
    private readonly uint[] offsets;

    internal TypeLayout(uint alignment, ulong elemSize, CoreValType[]? flatTypes, uint[] offsets) =>
        (Alignment, ElemSize, this.flatTypes, this.offsets) = (alignment, elemSize, flatTypes, offsets);

    /// <summary>Bytes that the address of a value is a multiple of: 1, 2, 4 or 8. Spec: <c>alignment</c>.</summary>
    public uint Alignment { get; }

    /// <summary>The binary logarithm of the alignment.</summary>
    public byte AlignmentLog2 => (byte)BitOperations.Log2(Alignment);

    /// <summary>
    /// Bytes of a value in memory, a multiple of the alignment. No valid type has <see cref="CanonicalAbi.ElemSizeEnd"/> or more; sizes saturate there, so that they
    /// can be added and multiplied. Spec: <c>elem_size</c>.
    /// </summary>
    public ulong ElemSize { get; }

    /// <summary>Whether a value can be flat: it has at most 16 core values then.</summary>
    public bool IsFlat => flatTypes is not null;

    /// <summary>The core values of a flat value; empty where there are more than 16. Spec: <c>flatten_type</c>.</summary>
    public ReadOnlySpan<CoreValType> FlatTypes => flatTypes;

    /// <summary>The core values of a flat value, without a copy.</summary>
    internal EquatableArray<CoreValType> FlatTypeArray => flatTypes is null ? [] : flatTypes.Seal();

    /// <summary>Records and tuples: where each field begins, in bytes from the value. Variants, options and results: where the payload begins. Otherwise empty.</summary>
    public ReadOnlySpan<uint> Offsets => offsets;

    /// <summary>Whether a value is flat and has no more than so many core values.</summary>
    internal bool FitsIn(int max) => flatTypes is not null && flatTypes.Length <= max;
}
