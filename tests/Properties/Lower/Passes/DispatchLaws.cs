using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Passes;
using Fact.Model.Laws;
using Xunit;

namespace Fact.Properties.Lower.Passes;

/// <summary>Arms of variants are chosen by as little as is enough.</summary>
public sealed class DispatchLaws
{
    [Law(400, Arbitrary = [typeof(PlanScenarios)])]
    public void A_table_is_only_where_one_question_is_not_enough(PlanScenario scenario)
    {
        foreach (var (cases, toMemory) in Variants(scenario.Planned(PassList.All)))
            Assert.Equal(Enough(cases, toMemory), cases.Dispatch);
    }

    private static Dispatch Enough(Copy.Cases copy, bool toMemory)
    {
        int[] arms = [.. Enumerable.Range(0, copy.Count).Select(copy.ArmOfCase)];
        if (arms.Distinct().Count() == 1)
            return Dispatch.Always;
        if (copy.Count == 2)
            return Dispatch.If;
        // To slots, a case without a payload writes zeros.
        int[] working = [.. Enumerable.Range(0, copy.Count).Where(i => copy.Arms[arms[i]].Payload is not null || (!toMemory && copy.Target.FlatTypes.Length > 1))];
        bool isRange = working.Length > 0 && working[^1] - working[0] == working.Length - 1 && working.All(i => arms[i] == arms[working[0]]);
        return isRange ? Dispatch.InRange : Dispatch.Table;
    }

    /// <summary>All variants in a plan, each with whether it is copied to memory.</summary>
    private static HashSet<(Copy.Cases Copy, bool ToMemory)> Variants(CallPlan plan)
    {
        var found = new HashSet<(Copy.Cases, bool)>();
        var seen = new HashSet<(Copy, bool)>();
        foreach (var act in plan.Funcs.Items.SelectMany(func => func.Acts.Items))
            Act(act);
        return found;

        void Act(Act act)
        {
            if (act is Act.Guard guard)
                guard.Acts.Items.ToList().ForEach(Act);
            else if (act is Act.Move { Copy: { } copy } move)
                Visit(copy, move.To is Place.At or Place.Allocated);
        }

        void Visit(Copy copy, bool toMemory)
        {
            if (!seen.Add((copy, toMemory)))
                return;
            if (copy is Copy.Cases cases)
                found.Add((cases, toMemory));
            foreach (var part in CopyParts.Of(copy))
                Visit(part, copy is Copy.List || (toMemory && copy is not Copy.Pair));
        }
    }
}
