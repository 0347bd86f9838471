using System;
using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Passes;

/// <summary>Has functions check ranges, what allocators return, and chars themselves.</summary>
internal sealed class InlineSmallHelpers() : Pass(
    "inline-small-helpers",
    "checks of ranges, allocations and chars are written out where they are needed, in functions that get no more than a page longer by it: calling them takes "
    + "longer than they do",
    PassScope.Acts | PassScope.Copies)
{
    /// <summary>
    /// So many instructions a function may have more; it keeps calling its checks where it would be more. So a module grows with the number of its functions only.
    /// </summary>
    public const int Budget = 256;

    public override Pass? For(CodeTarget target) => target.Optimize == Optimize.Speed ? this : null;

    public override Copy Rewrite(Copy copy, CopyForm form) =>
        copy is Copy.Helper { Body.Facts.Checks: > 0 and <= Budget } helper && CallsChecks(helper.Inline)
            ? new Copy.Helper(helper.Body, helper.Form, helper.Inline | Inlining.Checks)
            : copy;

    public override EquatableArray<Act> Rewrite(EquatableArray<Act> acts) => Checks(acts) is > 0 and <= Budget && HasCalls(acts) ? Inlined(acts) : acts;

    private static EquatableArray<Act> Inlined(EquatableArray<Act> acts)
    {
        var inlined = new Act[acts.Length];
        for (int i = 0; i < inlined.Length; i++)
        {
            inlined[i] = acts[i] switch
            {
                Act.Move move when CallsChecks(move.Inline) && Checks(move) > 0 => move with { Inline = move.Inline | Inlining.Checks },
                Act.Guard guard when HasCalls(guard.Acts) => guard with { Acts = Inlined(guard.Acts) },
                var act => act,
            };
        }
        return EquatableArray.Seal(inlined);
    }

    /// <summary>Whether there is a check that is called.</summary>
    private static bool HasCalls(EquatableArray<Act> acts)
    {
        foreach (var act in acts)
        {
            if (act is Act.Move move ? CallsChecks(move.Inline) && Checks(move) > 0 : act is Act.Guard guard && HasCalls(guard.Acts))
                return true;
        }
        return false;
    }

    private static bool CallsChecks(Inlining inline) => (inline & Inlining.Checks) == 0;

    private static int Checks(EquatableArray<Act> acts)
    {
        int checks = 0;
        foreach (var act in acts)
        {
            if (act is Act.Move move)
                checks = Math.Min(CopyFacts.MostCost, checks + Checks(move));
            else if (act is Act.Guard guard)
                checks = Math.Min(CopyFacts.MostCost, checks + Checks(guard.Acts));
        }
        return checks;
    }

    private static int Checks(Act.Move move) => move.Copy is { } copy ? copy.Facts.Checks + Checks(move.From) + Checks(move.To) : 0;

    private static int Checks(Place place) => place switch
    {
        Place.At => CopyFacts.RangeCheck,
        Place.Allocated => CopyFacts.AllocationCheck,
        Place.Params or Place.Returned or Place.Stack => 0,
    };
}
