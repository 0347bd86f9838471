using Fact.Ir.Plan;

namespace Fact.Lower.Passes;

/// <summary>Chooses the arm of a variant without a table where that is shorter.</summary>
internal sealed class ChooseDispatch() : Pass(
    "choose-dispatch",
    "one arm needs no question, two cases one, and so does a range of cases where the others have nothing to do",
    PassScope.Copies)
{
    public override Copy Rewrite(Copy copy, CopyForm form)
    {
        if (copy is not Copy.Cases { Dispatch: Dispatch.Table } cases)
            return copy;
        var dispatch = Choose(cases, form);
        return dispatch == Dispatch.Table ? copy : new Copy.Cases(cases.Flavor, cases.Count, cases.Arms, cases.ArmOf, dispatch, cases.Source, cases.Target);
    }

    private static Dispatch Choose(Copy.Cases cases, CopyForm form)
    {
        if (cases.Arms.Length == 1)
            return Dispatch.Always;
        if (cases.Count == 2)
            return Dispatch.If;
        return VariantArms.OneRange(cases, form.TargetInMemory) is not null ? Dispatch.InRange : Dispatch.Table;
    }
}
