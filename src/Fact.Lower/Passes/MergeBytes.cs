using System.Collections.Generic;
using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Passes;

/// <summary>Copies elements, and neighbouring parts, whose bytes are their value as one block.</summary>
internal sealed class MergeBytes() : Pass(
    "merge-bytes",
    "elements or neighbouring parts that are the same bytes on both sides, none of them padding and all of them valid, are copied as one block",
    PassScope.Copies)
{
    public override Copy Rewrite(Copy copy, CopyForm form) => copy switch
    {
        Copy.List { Element: not Copy.Bytes } list when list.Element.Facts.IsBytes => new Copy.List(new Copy.Bytes(list.Element.Source), list.Source, list.Target),
        Copy.Repeat repeat when form.InMemory && repeat.Facts.IsBytes => new Copy.Bytes(repeat.Source),
        Copy.Seq { Parts.Length: > 1 } seq when form.InMemory && seq.Facts.IsBytes => new Copy.Bytes(seq.Source),
        Copy.Seq { Parts.Length: > 1, Runs.IsEmpty: true } seq when form.InMemory => WithRuns(seq),
        _ => copy,
    };

    private static Copy WithRuns(Copy.Seq seq)
    {
        List<PartRun>? runs = null;
        for (int first = 0; first < seq.Parts.Length;)
        {
            int count = Neighbours(seq, first);
            if (count > 1)
                (runs ??= []).Add(new(first, count));
            first += count;
        }
        return runs is null ? seq : new Copy.Seq(seq.Kind, seq.Parts, seq.Source, seq.Target, runs.ToEquatableArray());
    }

    /// <summary>How many parts from one on are one block of bytes; 1 where it is not with others.</summary>
    private static int Neighbours(Copy.Seq seq, int first)
    {
        int next = first;
        while (next < seq.Parts.Length && seq.Parts[next].Copy.Facts.IsBytes && (next == first || IsBehind(seq, next)))
            next++;
        return next > first ? next - first : 1;
    }

    /// <summary>Whether there is no padding before a part on either side.</summary>
    private static bool IsBehind(Copy.Seq seq, int part)
    {
        uint size = (uint)seq.Parts[part - 1].Copy.Source.ElemSize;
        return seq.Source.Offsets[part - 1] + size == seq.Source.Offsets[part] && seq.Target.Offsets[part - 1] + size == seq.Target.Offsets[part];
    }
}
