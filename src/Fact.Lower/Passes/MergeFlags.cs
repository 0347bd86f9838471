using System.Collections.Generic;
using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Passes;

/// <summary>By the older rule of reentrance: clears both flags of an instance at once.</summary>
internal sealed class MergeFlags() : Pass("merge-flags", "two flags of an instance that are cleared with no guest code between are cleared at once", PassScope.Acts)
{
    public override EquatableArray<Act> Rewrite(EquatableArray<Act> acts)
    {
        for (int i = 0; i < acts.Length; i++)
        {
            if (acts[i] is Act.Clear first && First(acts, i + 1) is { } found)
            {
                var merged = new List<Act>(acts) { [i] = new Act.Clear(first.Flags, first.Which | found.Clear.Which) };
                if (acts[found.At] is Act.Guard guard)
                    merged[found.At] = guard with { Acts = EquatableArray.Create<Act>(guard.Acts.AsSpan()[1..]) };
                else
                    merged.RemoveAt(found.At);
                acts = merged.ToEquatableArray();
            }
        }
        return acts;
    }

    /// <summary>The next flag of the same instance that is cleared before anything else happens than that flags are cleared and a scope is opened.</summary>
    private static (int At, Act.Clear Clear)? First(EquatableArray<Act> acts, int from)
    {
        var flags = ((Act.Clear)acts[from - 1]).Flags;
        for (int i = from; i < acts.Length; i++)
        {
            if (acts[i] is Act.Clear clear && ReferenceEquals(clear.Flags, flags))
                return (i, clear);
            if (acts[i] is Act.Guard { Acts: [Act.Clear inner, ..] } && ReferenceEquals(inner.Flags, flags))
                return (i, inner);
            if (acts[i] is not (Act.Clear or Act.EnterCall))
                return null;
        }
        return null;
    }
}
