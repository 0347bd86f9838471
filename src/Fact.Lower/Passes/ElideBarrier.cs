using System.Collections.Generic;
using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Passes;

/// <summary>Leaves out the barrier around guests of which the linker proved that they throw nothing: <c>docs/unobservable.md</c>.</summary>
internal sealed class ElideBarrier() : Pass(
    ElideBarrier.PassName,
    "no module of the core instances that are called has a tag, and without one nothing can be thrown",
    PassScope.Acts)
{
    public const string PassName = "elide-barrier";

    public override EquatableArray<Act> Rewrite(EquatableArray<Act> acts)
    {
        bool changes = false;
        foreach (var act in acts)
            changes |= act is Act.Guard { IsUnseen: true };
        if (!changes)
            return acts;
        var rewritten = new List<Act>();
        foreach (var act in acts)
        {
            if (act is Act.Guard { IsUnseen: true } guard)
                rewritten.AddRange(Rewrite(guard.Acts).AsSpan());
            else
                rewritten.Add(act);
        }
        return rewritten.ToEquatableArray();
    }
}
