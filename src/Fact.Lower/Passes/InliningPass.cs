using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Passes;

/// <summary>Has functions do themselves what they call others for, in those that get no longer by it than a budget allows.</summary>
/// <param name="name">What it is called.</param>
/// <param name="summary">What it does, and why nobody can tell.</param>
/// <param name="what">What they do themselves.</param>
/// <param name="budget">About so many instructions a function may have more.</param>
internal abstract class InliningPass(string name, string summary, Inlining what, int budget) : Pass(name, summary, PassScope.Acts | PassScope.Copies)
{
    public sealed override EquatableArray<Act> Rewrite(EquatableArray<Act> acts) => HasCalls(acts) && More(acts) <= budget ? Inlined(acts) : acts;

    /// <summary>About how many instructions more than its calls a move would take; 0 where it calls nothing for it.</summary>
    protected abstract long More(Act.Move move);

    /// <summary>Whether others are called for it.</summary>
    protected bool Calls(Inlining inline) => (inline & what) == 0;

    /// <summary>The same helper, that does it itself.</summary>
    protected Copy.Helper Inlined(Copy.Helper helper) => new(helper.Body, helper.Form, helper.Inline | what);

    private EquatableArray<Act> Inlined(EquatableArray<Act> acts)
    {
        var inlined = new Act[acts.Length];
        for (int i = 0; i < inlined.Length; i++)
        {
            inlined[i] = acts[i] switch
            {
                Act.Move move when IsCall(move) => move with { Inline = move.Inline | what },
                Act.Guard guard when HasCalls(guard.Acts) => guard with { Acts = Inlined(guard.Acts) },
                var act => act,
            };
        }
        return EquatableArray.Seal(inlined);
    }

    private bool IsCall(Act.Move move) => Calls(move.Inline) && More(move) > 0;

    private bool HasCalls(EquatableArray<Act> acts)
    {
        foreach (var act in acts)
        {
            if (act is Act.Move move ? IsCall(move) : act is Act.Guard guard && HasCalls(guard.Acts))
                return true;
        }
        return false;
    }

    private long More(EquatableArray<Act> acts)
    {
        long more = 0;
        foreach (var act in acts)
            more += act is Act.Move move ? More(move) : act is Act.Guard guard ? More(guard.Acts) : 0;
        return more;
    }
}
