using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Passes;

/// <summary>Has functions, and above all loops over elements, convert strings and copy lists of plain bytes themselves.</summary>
internal sealed class InlineStrings() : InliningPass(
    "inline-strings",
    "strings, and lists that are one block of bytes, are checked, allocated and copied where they are needed, in functions that get no more than a page longer by "
    + "it: calling functions for it takes as long as a short one does",
    Inlining.Strings,
    InlineStrings.Budget)
{
    /// <summary>
    /// About so many instructions a function may have more, enough for one string or list; it keeps calling its helpers where it would be more. So a module grows with
    /// the number of its functions only.
    /// </summary>
    public const int Budget = 192;

    /// <summary>
    /// So many may be for each element of a list, which is worth more: enough for the two strings, or the string and the bytes, that pairs often have.
    /// </summary>
    public const int ElementBudget = 256;

    /// <summary>Where a host converts strings, that takes longer than any calls on the way.</summary>
    public override Pass? For(CodeTarget target) => target is { Optimize: Optimize.Speed, Transcoders: not Transcoders.Imported } ? this : null;

    public override Copy Rewrite(Copy copy, CopyForm form)
    {
        if (copy is not Copy.Helper { IsString: false } helper || !Calls(helper.Inline))
            return copy;
        long cost = CostBelow(helper.Body);
        bool fits = cost > 0 && cost <= (helper.Body is Copy.List ? ElementBudget : Budget);
        return fits ? Inlined(helper) : copy;
    }

    protected override long More(Act.Move move) => move.Copy is { } copy ? Cost(copy) : 0;

    /// <summary>About how many instructions more than its calls take a copy would take; any number above all budgets where these are exceeded.</summary>
    private static long Cost(Copy copy) => copy is not Copy.Helper helper ? CostBelow(copy) : helper.IsString ? CostOf(helper.Body) : 0;

    private static long CostBelow(Copy copy)
    {
        if (!copy.Facts.Allocates)
            return 0;
        long cost = 0;
        switch (copy)
        {
            case Copy.Seq c:
                for (int i = 0; i < c.Parts.Length && cost <= ElementBudget; i++)
                    cost += Cost(c.Parts[i].Copy);
                break;
            case Copy.Cases c:
                for (int i = 0; i < c.Count && cost <= ElementBudget; i++)
                    cost += c.Arms[c.ArmOfCase(i)].Payload is { } payload ? Cost(payload) : 0;
                break;
            case Copy.Repeat c:
                cost = (c.Unrolled ? c.Count : 1) * Cost(c.Element);
                break;
            case Copy.List c:
                cost = Cost(c.Element);
                break;
            case Copy.Scalar or Copy.Flags or Copy.Handle or Copy.Text or Copy.Pair or Copy.Bytes or Copy.Blocks or Copy.Helper:
                break;
        }
        return cost;
    }

    /// <summary>A tagged string is converted in two ways.</summary>
    private static int CostOf(Copy body) => body switch
    {
        Copy.Pair c => CostOf(c.Conversion is Copy.Helper helper ? helper.Body : c.Conversion),
        Copy.Text { From: StringEncoding.Latin1OrUtf16 } => (2 * body.Facts.Cost) + body.Facts.Checks,
        _ => body.Facts.Cost + body.Facts.Checks,
    };
}
