using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower;
using Fact.Lower.Passes;
using Fact.Model;
using Fact.Model.Laws;
using Xunit;

namespace Fact.Properties.Lower.Passes;

/// <summary>Passes over what functions do know nothing of who planned it: flags may be cleared and set wherever they are.</summary>
public sealed class ActLaws
{
    private static readonly Import.InstanceFlags Other = new(new InstanceId(77));

    [Law(400, Arbitrary = [typeof(PlanScenarios)])]
    public void Passes_keep_the_meaning_where_more_flags_are_cleared_and_set(PlanScenario scenario, int seed)
    {
        scenario = scenario with { Mischief = Mischief.None, Options = scenario.Options with { Reentrance = Reentrance.Allow } };
        var naive = scenario.Planned(PassList.None);
        var toggles = new Toggles(naive, new Random(seed));
        var plan = naive with { Funcs = [.. naive.Funcs.Items.Select(func => func with { Acts = toggles.Strew(func.Acts) })] };
        foreach (var pass in PassList.All.Passes)
        {
            try
            {
                PlanWorld expected = new(scenario), actual = new(scenario);
                string? difference = expected.Run(plan).Difference(actual.Run(PlanRewriter.Run(pass, plan)));
                Assert.True(difference is null, $"{pass.Name}: {difference}");
            }
            catch (SpecTrap)
            {
                return; // more values than the memory of a guest holds
            }
        }
    }

    /// <summary>Strews clearing and setting over acts: of flags that they do not touch themselves, each in turn.</summary>
    private sealed class Toggles(CallPlan plan, Random random)
    {
        // Both sides may be one instance.
        private readonly List<(Import.InstanceFlags Flags, InstanceFlag Flag)> set =
        [
            .. new[] { plan.LowerFlags, plan.LiftFlags, Other }.Distinct().Select(flags => (flags, InstanceFlag.MayEnter)),
            (Other, InstanceFlag.MayLeave),
        ];

        private readonly List<(Import.InstanceFlags Flags, InstanceFlag Flag)> cleared = [];

        public EquatableArray<Act> Strew(EquatableArray<Act> acts)
        {
            var strewn = new List<Act>();
            foreach (var act in acts)
            {
                for (int i = random.Next(3); i > 0; i--)
                    strewn.Add(Toggle());
                strewn.Add(act is Act.Guard guard ? new Act.Guard(Strew(guard.Acts)) : act);
            }
            return [.. strewn];
        }

        private Act Toggle()
        {
            bool clears = set.Count > 0 && (cleared.Count == 0 || random.Next(2) == 0);
            var (from, to) = clears ? (set, cleared) : (cleared, set);
            var flag = from[random.Next(from.Count)];
            from.Remove(flag);
            to.Add(flag);
            return clears ? new Act.Clear(flag.Flags, flag.Flag) : new Act.Set(flag.Flags, flag.Flag);
        }
    }
}
