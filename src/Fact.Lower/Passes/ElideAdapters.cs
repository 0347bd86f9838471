using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Passes;

/// <summary>
/// Finds adapters of which nothing is left but the call: flat values that move unchanged, and nobody who keeps anything for a call. Whoever links such an adapter gives
/// the lifted function to the caller instead: <c>docs/unobservable.md</c>. Passes that leave something out of functions come before this one.
/// </summary>
internal sealed class ElideAdapters() : Pass(
    ElideAdapters.PassName,
    "nothing is left but the call itself, so the caller is linked to the callee",
    PassScope.Acts)
{
    public const string PassName = "elide-adapters";

    public override EquatableArray<Act> Rewrite(EquatableArray<Act> acts) =>
        acts is [Act.Move { What: Moved.Params, To: Place.Stack } parameters, Act.Invoke { IsUnseen: true } call, Act.Move { What: Moved.Result, To: Place.Stack } result]
        && IsUnchanged(parameters) && IsUnchanged(result)
            ? [new Act.Link(call.Callee)]
            : acts;

    private static bool IsUnchanged(Act.Move move) => move.Copy is not { } copy || (move.From is Place.Params or Place.Returned && IsUnchanged(copy));

    // Flat values that are as many as parameters can be.
    private static bool IsUnchanged(Copy copy) => copy switch
    {
        Copy.Scalar c => c.Check == ScalarCheck.None,
        Copy.Flags c => !c.Mask,
        Copy.Seq c => AreUnchanged(c.Parts),
        Copy.Repeat c => IsUnchanged(c.Element),
        Copy.Helper c => IsUnchanged(c.Body),
        Copy.Handle or Copy.Text or Copy.Pair or Copy.Cases or Copy.List or Copy.Bytes or Copy.Blocks => false,
    };

    private static bool AreUnchanged(EquatableArray<Part> parts)
    {
        foreach (var part in parts)
        {
            if (!IsUnchanged(part.Copy))
                return false;
        }
        return true;
    }
}
