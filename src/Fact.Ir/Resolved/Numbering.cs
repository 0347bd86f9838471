namespace Fact.Ir;

/// <summary>
/// The indices that the code of one function stands for: with it, symbolic code can be encoded and printed as it is, without
/// a second copy that has indices in it.
/// </summary>
/// <param name="Slots">The index of each virtual local; −1 for one that nothing mentions.</param>
/// <param name="Immediates">
/// The indices of all other immediates, in the order in which the code is written: of the memories, the global, the function
/// that an instruction names, of the function type that a block has if only a function type can say it
/// (<see cref="NeedsTypeIndex"/>), and the relative labels of branches (of <c>br_table</c> the default last; of <c>try_table</c>
/// after its type). Spec: <c>memidx</c>, <c>globalidx</c>, <c>funcidx</c>, <c>typeidx</c>, <c>labelidx</c>.
/// </param>
public sealed record Numbering(EquatableArray<int> Slots, EquatableArray<uint> Immediates)
{
    /// <summary>Whether a block of a type is encoded with the index of the type: where it takes values or leaves more than one. Spec: <c>blocktype</c>.</summary>
    public static bool NeedsTypeIndex(CoreFuncType type) => !type.Params.IsEmpty || type.Results.Length > 1;
}
