using Fact.Ir.Plan;

namespace Fact.Lower.Select;

/// <summary>Records, tuples and parameter lists: their parts one after another. Spec: <c>load_record</c>, <c>store_record</c>.</summary>
internal static class Sequences
{
    public static void Write(Scope s, Copy.Seq copy, in Source source, in Target target)
    {
        int sourceSlots = 0, targetSlots = 0, i = 0;
        foreach (ref readonly var part in copy.Parts.AsSpan())
        {
            s.Enter(copy, i);
            Copies.Write(s, part.Copy, source.At(copy.Source.Offsets[i], sourceSlots), target.At(copy.Target.Offsets[i], targetSlots));
            s.Leave();
            if (!source.InMemory)
                sourceSlots += part.Copy.Source.FlatTypes.Length;
            if (!target.InMemory)
                targetSlots += part.Copy.Target.FlatTypes.Length;
            i++;
        }
    }
}
