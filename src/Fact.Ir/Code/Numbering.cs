namespace Fact.Ir;

/// <summary>
/// The indices that the code of one function stands for: with it, code can be encoded and printed as it is, without a second copy that has indices in it.
/// </summary>
/// <param name="Slots">The index of each virtual local; −1 for one that nothing mentions.</param>
/// <param name="Indices">The index of each symbol of the program that the code names. Spec: <c>memidx</c>, <c>globalidx</c>, <c>funcidx</c>, <c>typeidx</c>.</param>
internal readonly record struct Numbering(EquatableArray<int> Slots, EquatableArray<uint> Indices)
{
    /// <summary>Whether a block of a type is encoded with the index of the type: where it takes values or leaves more than one. Spec: <c>blocktype</c>.</summary>
    public static bool NeedsTypeIndex(CoreFuncType type) => !type.Params.IsEmpty || type.Results.Length > 1;
}
