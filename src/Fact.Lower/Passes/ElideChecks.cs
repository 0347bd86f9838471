using Fact.Ir.Plan;

namespace Fact.Lower.Passes;

/// <summary>Leaves out normalizing integers and masking flags where loading or storing does it.</summary>
internal sealed class ElideChecks() : Pass(
    "elide-checks",
    "a narrow load gives no upper bits and a narrow store drops them, so they need not be cleared between",
    PassScope.Copies)
{
    public override Copy Rewrite(Copy copy, CopyForm form) => copy switch
    {
        Copy.Scalar { Check: ScalarCheck.ZeroExtend or ScalarCheck.SignExtend } scalar when IsNarrow(form) => Copy.Of(scalar.Type, ScalarCheck.None),
        Copy.Flags { Mask: true } flags when flags.Bits == 32 || (flags.Bits == 8 * (int)flags.Layout.ElemSize && IsNarrow(form)) =>
            new Copy.Flags(flags.Bits, false, flags.Layout),
        _ => copy,
    };

    private static bool IsNarrow(CopyForm form) => form.SourceInMemory || form.TargetInMemory;
}
