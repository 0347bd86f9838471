using Fact.Ir.Plan;

namespace Fact.Lower.Passes;

/// <summary>Copies elements without padding in blocks, which are checked or normalized as a whole.</summary>
internal sealed class ValidateThenCopy() : BlockPass(
    "validate-then-copy",
    "elements that are their bytes, once these are checked, normalized or masked, are copied in blocks; from a block that is not valid on, one by one, until one traps")
{
    protected override bool Takes(BlockRules rules) => !rules.HasPadding;
}
