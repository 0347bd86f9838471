using System.Collections.Generic;
using System.Linq;
using Fact.Ir.Plan;
using Fact.Lower.Passes;
using Fact.Model.Laws;
using Fact.Properties.Generators;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fact.Properties.Lower.Passes;

/// <summary>What passes do to whole plans, and that doing it while plans are made is the same.</summary>
public sealed class RewriterLaws
{
    private const string Outline = "outline";

    [Law(300, Arbitrary = [typeof(PlanScenarios)])]
    public void Passes_do_to_nodes_that_are_made_what_they_do_to_a_plan_that_was_made(PlanScenario scenario) =>
        Same(scenario.Planned(PassList.All), PlanRewriter.Run(PassList.All, scenario.Planned(PassList.None)));

    [Law(300, Arbitrary = [typeof(PlanScenarios)])]
    public void Passes_in_one_walk_do_what_one_after_the_other_does(PlanScenario scenario)
    {
        var naive = scenario.Planned(PassList.None);
        Same(scenario.Planned(PassList.All.Without(Outline)), After(naive, PassList.All.Without(Outline)));
        var plan = scenario.Planned(PassList.All);
        // In one walk, whoever unrolls a list sees the calls of helpers in its elements; one after the other, what the helpers will do.
        if (!Copies(plan).OfType<Copy.Repeat>().Any(repeat => Inside(repeat.Element).Any(copy => copy is Copy.Helper)))
            Same(plan, After(naive, PassList.All));
    }

    [Law(200, Arbitrary = [typeof(PlanScenarios)])]
    public void A_pass_has_nothing_left_to_do_after_itself(PlanScenario scenario)
    {
        var plan = scenario.Planned(PassList.None);
        foreach (var pass in PassList.All.Passes)
        {
            var alone = PlanRewriter.Run(pass, scenario.Planned(PassList.None));
            Same(alone, PlanRewriter.Run(pass, alone));
            plan = PlanRewriter.Run(pass, plan);
            var again = PlanRewriter.Run(pass, plan);
            Same(plan, again);
            Assert.All(Roots(plan).Zip(Roots(again)), pair => Assert.Same(pair.Item1, pair.Item2));
        }
    }

    [Law(200, Arbitrary = [typeof(Arbitraries)])]
    public void Equal_types_on_like_sides_have_the_same_plan(AdapterPlan plan)
    {
        var plans = Compiled.Plans([plan.Build(), (plan with { Number = plan.Number + 1 }).Build()]);
        List<Copy> first = [.. Values(plans[0])], second = [.. Values(plans[1])];
        Assert.Equal(first.Count, second.Count);
        Assert.All(first.Zip(second), pair => Assert.Same(pair.Item1, pair.Item2));
    }

    [SeededFact]
    public void Every_pass_changes_some_plan_that_those_before_it_leave()
    {
        var idle = PassList.All.Passes.Select(pass => pass.Name).ToHashSet();
        foreach (var scenario in Gen.Sample(PlanScenarios.Scenario().Generator, 300, new Rnd((ulong)Fuzz.Seed), 50))
        {
            var plan = scenario.Planned(PassList.None);
            foreach (var pass in PassList.All.Passes)
            {
                var rewritten = PlanRewriter.Run(pass, plan);
                if (idle.Contains(pass.Name) && PlanComparison.Difference(plan, rewritten) is not null)
                    idle.Remove(pass.Name);
                plan = rewritten;
            }
        }
        Assert.Empty(idle);
    }

    private static CallPlan After(CallPlan plan, PassList passes) => passes.Passes.Aggregate(plan, (before, pass) => PlanRewriter.Run(pass, before));

    private static void Same(CallPlan expected, CallPlan actual)
    {
        string? difference = PlanComparison.Difference(expected, actual);
        Assert.True(difference is null, difference);
    }

    private static IEnumerable<Copy> Roots(CallPlan plan) =>
        plan.Funcs.Items.SelectMany(func => func.Acts.Items).SelectMany(Moves).Where(move => move.Copy is not null).Select(move => move.Copy!);

    private static IEnumerable<Act.Move> Moves(Act act) => act is Act.Guard guard ? guard.Acts.Items.SelectMany(Moves) : act is Act.Move move ? [move] : [];

    /// <summary>The copies of single values: without those of all parameters, and without bytes, in which neighbours may be together.</summary>
    private static IEnumerable<Copy> Values(CallPlan plan) =>
        Roots(plan).SelectMany(copy => copy is Copy.Seq { Kind: SeqKind.Params } ? CopyParts.Of(copy) : [copy]).Where(copy => copy is not Copy.Bytes);

    private static IEnumerable<Copy> Copies(CallPlan plan) => Roots(plan).SelectMany(Inside);

    private static HashSet<Copy> Inside(Copy copy)
    {
        var seen = new HashSet<Copy>(ReferenceEqualityComparer.Instance);
        Visit(copy);
        return seen;

        void Visit(Copy one)
        {
            if (!seen.Add(one))
                return;
            foreach (var part in CopyParts.Of(one))
                Visit(part);
        }
    }
}
