using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Passes;

/// <summary>Has functions check ranges, what allocators return, and chars themselves.</summary>
internal sealed class InlineSmallHelpers() : InliningPass(
    "inline-small-helpers",
    "checks of ranges, allocations and chars are written out where they are needed, in functions that get no more than a page longer by it: calling them takes "
    + "longer than they do",
    Inlining.Checks,
    InlineSmallHelpers.Budget)
{
    /// <summary>
    /// So many instructions a function may have more; it keeps calling its checks where it would be more. So a module grows with the number of its functions only.
    /// </summary>
    public const int Budget = 256;

    public override Pass? For(CodeTarget target) => target.Optimize == Optimize.Speed ? this : null;

    public override Copy Rewrite(Copy copy, CopyForm form) =>
        copy is Copy.Helper { Body.Facts.Checks: > 0 and <= Budget } helper && Calls(helper.Inline)
            ? Inlined(helper)
            : copy;

    protected override long More(Act.Move move) => move.Copy is { } copy ? copy.Facts.Checks + Checks(move.From) + Checks(move.To) : 0;

    private static int Checks(Place place) => place switch
    {
        Place.At => CopyFacts.RangeCheck,
        Place.Allocated => CopyFacts.AllocationCheck,
        Place.Params or Place.Returned or Place.Stack => 0,
    };
}
