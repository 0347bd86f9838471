using Fact.Ir.Plan;

namespace Fact.Lower.Passes;

/// <summary>Gives what takes much code a function of its own.</summary>
internal sealed class Outline() : Pass(
    "outline",
    "what takes more code than calling it several times does gets a function of its own, written once for all who need the same",
    PassScope.Copies)
{
    /// <summary>What costs more than this is copied in a helper.</summary>
    public const int InPlace = 40;

    public override Copy Rewrite(Copy copy, CopyForm form) =>
        copy is not (Copy.Helper or Copy.Blocks) && !IsParams(copy) && copy.Facts.Cost > InPlace ? new Copy.Helper(copy, form) : copy;

    private static bool IsParams(Copy copy) => copy is Copy.Seq { Kind: SeqKind.Params };
}
