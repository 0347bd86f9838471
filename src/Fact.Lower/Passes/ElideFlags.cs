using System;
using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Passes;

/// <summary>Leaves out clearing and setting a flag of an instance around what runs no code of a guest.</summary>
internal sealed class ElideFlags() : Pass("elide-flags", "a flag that is cleared and set again with no guest code between is left alone: only code of a guest can look at it")
{
    public override EquatableArray<Act> Rewrite(EquatableArray<Act> acts)
    {
        Act[]? kept = null;
        int count = 0;
        for (int i = 0; i < acts.Length; i++)
        {
            var act = acts[i];
            if (act is Act.Guard guard && Rewrite(guard.Acts) is var inner && inner.Length != guard.Acts.Length)
            {
                act = new Act.Guard(inner);
                kept ??= acts.AsSpan().ToArray();
            }
            else if (i + 2 < acts.Length && IsUnseen(act, acts[i + 1], acts[i + 2]))
            {
                act = acts[i + 1];
                kept ??= acts.AsSpan().ToArray();
                i += 2;
            }
            if (kept is not null)
                kept[count] = act;
            count++;
        }
        return kept is null ? acts : EquatableArray.Create<Act>(kept.AsSpan(0, count));
    }

    private static bool IsUnseen(Act first, Act second, Act third) =>
        first is Act.Clear clear && second is Act.Move move && third is Act.Set set
        && ReferenceEquals(clear.Flags, set.Flags) && clear.Which == set.Which && !Allocates(move);

    private static bool Allocates(Act.Move move) => move.To is Place.Allocated || move.Copy is { Facts.Allocates: true };
}
