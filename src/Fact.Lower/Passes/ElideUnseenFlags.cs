using System;
using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Passes;

/// <summary>
/// Leaves out clearing, setting and requiring a flag of which the linker proved that whoever requires it finds it set: <c>docs/unobservable.md</c>. An adapter of which
/// nothing is proved keeps its flags.
/// </summary>
internal sealed class ElideUnseenFlags() : Pass(
    "elide-unseen-flags",
    "no code that runs while the flag is clear can call what requires it, so whoever requires it finds it set",
    PassScope.Acts)
{
    public override EquatableArray<Act> Rewrite(EquatableArray<Act> acts)
    {
        int kept = 0;
        bool changes = false;
        foreach (var act in acts)
        {
            kept += IsUnseen(act) ? 0 : 1;
            changes |= act is Act.Guard guard && Rewrite(guard.Acts).Length != guard.Acts.Length;
        }
        if (kept == acts.Length && !changes)
            return acts;
        var rewritten = new Act[kept];
        var to = rewritten.AsSpan();
        int count = 0;
        foreach (var act in acts)
        {
            if (!IsUnseen(act))
                to[count++] = act is Act.Guard guard ? guard with { Acts = Rewrite(guard.Acts) } : act;
        }
        return EquatableArray.Seal(rewritten);
    }

    private static bool IsUnseen(Act act) => act is Act.Require { IsUnseen: true } or Act.Clear { IsUnseen: true } or Act.Set { IsUnseen: true };
}
