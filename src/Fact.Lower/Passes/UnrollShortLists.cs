using Fact.Ir.Plan;

namespace Fact.Lower.Passes;

/// <summary>Writes the elements of short lists of fixed length one after another.</summary>
internal sealed class UnrollShortLists() : Pass(
    "unroll-short-lists",
    "a few elements of a list of fixed length one after another are less code than a loop over them",
    PassScope.Copies)
{
    /// <summary>A loop costs about as much as this many instructions of elements in a row.</summary>
    private const int LoopCost = 24;

    public override Copy Rewrite(Copy copy, CopyForm form) =>
        copy is Copy.Repeat { Unrolled: false } repeat && (long)repeat.Element.Facts.Cost * repeat.Count <= LoopCost && !IsBlockOfHelpers(repeat)
            ? new Copy.Repeat(repeat.Element, repeat.Count, true, repeat.Source, repeat.Target)
            : copy;

    /// <summary>Elements that are nothing but bytes, so many of them that copying one takes a helper, are copied as one block.</summary>
    private static bool IsBlockOfHelpers(Copy.Repeat repeat) => repeat.Element is Copy.Helper && repeat.Facts.IsBytes;
}
