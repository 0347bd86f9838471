namespace Fact.Ir;

/// <summary>
/// The indices that the code of one function stands for: with it, symbolic code can be encoded and printed as it is, without
/// a second copy that has indices in it.
/// </summary>
/// <param name="Slots">The index of each virtual local; −1 for one that nothing mentions.</param>
/// <param name="Immediates">
/// One number for each other immediate that has an index, in the order in which the code is written: for the relative labels of branches the label itself
/// (of <c>br_table</c> the default last; of <c>try_table</c> after its type); for the memories, the global, the table and the function that an instruction names, and for the
/// function type that a block has if only a function type can say it (<see cref="NeedsTypeIndex"/>), a position in <paramref name="Indices"/>.
/// </param>
/// <param name="Indices">The indices of what is named. Spec: <c>memidx</c>, <c>globalidx</c>, <c>funcidx</c>, <c>typeidx</c>.</param>
internal readonly record struct Numbering(EquatableArray<int> Slots, EquatableArray<uint> Immediates, EquatableArray<uint> Indices)
{
    /// <summary>The bytes of the instructions, where that is known without looking at them.</summary>
    internal int? Bytes { get; init; }

    /// <summary>Whether a block of a type is encoded with the index of the type: where it takes values or leaves more than one. Spec: <c>blocktype</c>.</summary>
    public static bool NeedsTypeIndex(CoreFuncType type) => !type.Params.IsEmpty || type.Results.Length > 1;
}
