using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Passes;
using Fact.Model.Laws;
using Fact.Properties.Generators;
using Xunit;

namespace Fact.Properties.Lower.Passes;

/// <summary>What clears flags with nothing between that could look at them does it once.</summary>
public sealed class MergeFlagsLaws
{
    [Law(200, Arbitrary = [typeof(PlanScenarios)])]
    public void No_flags_are_cleared_twice_before_anything_happens(PlanScenario scenario)
    {
        scenario = scenario with { Options = scenario.Options with { Reentrance = Reentrance.Trap } };
        foreach (var func in scenario.Planned(PassList.All.Only("merge-flags")).Funcs)
            Assert.Null(ClearedTwice(Flat(func.Acts.Items).ToArray()));
    }

    /// <summary>The law is about something: without the pass they are.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_the_pass_the_callees_flags_are(bool barrier)
    {
        var options = PlanScenarios.AllPasses with { ExceptionBarrier = barrier, Reentrance = Reentrance.Trap };
        var scenario = new PlanScenario(AdapterPlan.Of(new([], null)) with { Kinship = Kinship.Cousins }, 0, 0, Mischief.None, options, AdapterFacts.None);
        Act[] before = Acts(scenario, PassList.None), after = Acts(scenario, PassList.All.Only("merge-flags"));
        Assert.NotNull(ClearedTwice(before));
        Assert.Equal(before.Length - 1, after.Length);
    }

    private static Act.Clear? ClearedTwice(Act[] acts)
    {
        for (int i = 0; i < acts.Length; i++)
        {
            if (acts[i] is Act.Clear first
                && acts.Skip(i + 1).TakeWhile(act => act is Act.Clear or Act.EnterCall).OfType<Act.Clear>().Any(clear => clear.Flags == first.Flags))
            {
                return first;
            }
        }
        return null;
    }

    private static Act[] Acts(PlanScenario scenario, PassList passes) => [.. Flat(scenario.Planned(passes).Funcs[0].Acts.Items)];

    private static IEnumerable<Act> Flat(IEnumerable<Act> acts) => acts.SelectMany(act => act is Act.Guard guard ? Flat(guard.Acts.Items) : [act]);
}
