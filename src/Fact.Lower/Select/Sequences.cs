using Fact.Ir.Plan;

namespace Fact.Lower.Select;

/// <summary>Records, tuples and parameter lists: their parts one after another, some of them as blocks of bytes. Spec: <c>load_record</c>, <c>store_record</c>.</summary>
internal static class Sequences
{
    public static void Write(Scope s, Copy.Seq copy, in Source source, in Target target)
    {
        var parts = copy.Parts.AsSpan();
        int sourceSlots = 0, targetSlots = 0, run = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            var part = parts[i].Copy;
            Source from = source.At(copy.Source.Offsets[i], sourceSlots);
            Target to = target.At(copy.Target.Offsets[i], targetSlots);
            if (run < copy.Runs.Length && copy.Runs[run].First == i)
            {
                ConstantCopies.Write(s, copy.Runs[run].Size(copy), part.Source.Alignment, from, to);
                i += copy.Runs[run++].Count - 1;
                continue;
            }
            s.Enter(copy, i);
            Copies.Write(s, part, from, to);
            s.Leave();
            if (!source.InMemory)
                sourceSlots += part.Source.FlatTypes.Length;
            if (!target.InMemory)
                targetSlots += part.Target.FlatTypes.Length;
        }
    }
}
