using Fact.Ir.Plan;

namespace Fact.Lower.Passes;

/// <summary>Copies elements whose bytes are their value as one block.</summary>
internal sealed class MergeBytes() : Pass(
    "merge-bytes",
    "elements that are the same bytes on both sides, none of them padding and all of them valid, are copied as one block")
{
    public override Copy Rewrite(Copy copy, CopyForm form) => copy switch
    {
        Copy.List { Element: not Copy.Bytes } list when list.Element.Facts.IsBytes => new Copy.List(new Copy.Bytes(list.Element.Source), list.Source, list.Target),
        Copy.Repeat { Unrolled: false } repeat when repeat.Facts.IsBytes => new Copy.Bytes(repeat.Source),
        _ => copy,
    };
}
