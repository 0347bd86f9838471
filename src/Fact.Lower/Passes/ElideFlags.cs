using System;
using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Passes;

/// <summary>
/// Leaves out clearing and setting a flag of an instance around what runs no code of a guest. The flag was set before: an adapter begins by requiring it of the caller's
/// instance, and of the callee's it is set whenever no adapter has it cleared. Spec: the assertions on <c>may_leave</c> in <c>canon_lift</c> and <c>canon_lower</c>.
/// </summary>
internal sealed class ElideFlags() : Pass(
    "elide-flags",
    "a flag that is cleared and set again with no guest code between is left alone: only code of a guest can look at it",
    PassScope.Acts)
{
    public override EquatableArray<Act> Rewrite(EquatableArray<Act> acts)
    {
        int unseen = 0;
        bool changes = false;
        for (int i = 0; i < acts.Length; i++)
        {
            if (IsUnseen(acts, i))
                unseen++;
            changes |= acts[i] is Act.Guard guard && Rewrite(guard.Acts).Length != guard.Acts.Length;
        }
        if (unseen == 0 && !changes)
            return acts;
        var kept = new Act[acts.Length - (2 * unseen)];
        var to = kept.AsSpan();
        int from = 0;
        for (int i = 0; i < kept.Length; i++)
        {
            if (IsUnseen(acts, from))
            {
                to[i] = acts[from + 1];
                from += 3;
            }
            else
            {
                to[i] = acts[from] is Act.Guard guard ? guard with { Acts = Rewrite(guard.Acts) } : acts[from];
                from++;
            }
        }
        return EquatableArray.Seal(kept);
    }

    /// <summary>Whether a flag is cleared there, then values move without a call of the allocator, then it is set again.</summary>
    private static bool IsUnseen(EquatableArray<Act> acts, int at) =>
        at + 2 < acts.Length && acts[at] is Act.Clear clear && acts[at + 1] is Act.Move move && acts[at + 2] is Act.Set set
        && ReferenceEquals(clear.Flags, set.Flags) && clear.Which == set.Which && !Allocates(move);

    private static bool Allocates(Act.Move move) => move.To is Place.Allocated || move.Copy is { Facts.Allocates: true };
}
