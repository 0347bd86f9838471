using System;
using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Passes;

/// <summary>Leaves out the scope of a call that passes no borrows.</summary>
internal sealed class ElideCallScope() : Pass(
    "elide-call-scope",
    "without borrows among the parameters there is nothing that a scope of the call would have to give back",
    PassScope.Acts)
{
    public override EquatableArray<Act> Rewrite(EquatableArray<Act> acts)
    {
        int scopes = 0;
        foreach (var act in acts)
            scopes += IsScope(act) ? 1 : 0;
        if (scopes == 0 || PassesBorrows(acts))
            return acts;
        var kept = new Act[acts.Length - scopes];
        var to = kept.AsSpan();
        int count = 0;
        foreach (var act in acts)
        {
            if (!IsScope(act))
                to[count++] = act;
        }
        return EquatableArray.Seal(kept);
    }

    private static bool IsScope(Act act) => act is Act.EnterCall or Act.ExitCall;

    private static bool PassesBorrows(EquatableArray<Act> acts)
    {
        foreach (var act in acts)
        {
            if (act is Act.Move { What: Moved.Params, Copy.Facts.Borrows: true } || (act is Act.Guard guard && PassesBorrows(guard.Acts)))
                return true;
        }
        return false;
    }
}
