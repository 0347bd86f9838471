using System;
using System.Linq;
using Fact.Conformance.Behaviour.Rig;
using Fact.Lower.Passes;
using Fact.Model;
using Fact.Model.Laws;
using Fact.Properties.Generators;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fact.Conformance.Behaviour;

/// <summary>An adapter to call, what to put into the guests, and how much of it to spoil.</summary>
public sealed record Scenario(AdapterPlan Plan, int Seed, int Corruptions, CompileOptions Options)
{
    public override string ToString() => $"{Plan}\nseed {Seed}, {Corruptions} corruptions, {Options}";
}

/// <summary>Makes them.</summary>
public static class Scenarios
{
    public static Arbitrary<Scenario> Scenario() => Arb.From(
        from plan in AdapterGen.Plans(0, fixedLimit: 200)
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from corruptions in Gen.Elements(0, 0, 1, 1, 2)
        from options in AdapterGen.Options
        select new Scenario(plan, seed, corruptions, options),
        s => AdapterGen.Shrink(s.Plan).Select(plan => s with { Plan = plan }).Concat(s.Corruptions > 1 ? [s with { Corruptions = 1 }] : []));
}

/// <summary>Adapters do in the engine what the specification's own functions do, for any types, options and values, also spoilt ones.</summary>
public sealed class DifferentialLaws
{
    [Law(250, Arbitrary = [typeof(Arbitraries), typeof(WildGen), typeof(Scenarios)])]
    public void A_synchronous_call_does_what_the_specification_does(Scenario scenario) => Run(scenario with
    {
        Plan = scenario.Plan with { Lower = scenario.Plan.Lower with { Async = false }, Lift = scenario.Plan.Lift with { Async = false } },
    });

    [Law(150, Arbitrary = [typeof(Arbitraries), typeof(WildGen), typeof(Scenarios)])]
    public void An_asynchronous_call_does_what_the_specification_does(Scenario scenario, bool lower)
    {
        var plan = scenario.Plan;
        if (!plan.Lower.Async && !plan.Lift.Async)
            plan = lower ? plan with { Lower = plan.Lower with { Async = true } } : plan with { Lift = plan.Lift with { Async = true } };
        Run(scenario with { Plan = plan });
    }

    /// <summary>Compiles the adapter with all passes, or with those that are given, and compares what it does.</summary>
    internal static void Run(Scenario scenario, PassList? passes = null)
    {
        Differential both;
        try
        {
            both = new(scenario.Plan, scenario.Seed, scenario.Options, passes ?? PassList.All);
        }
        catch (SpecTrap)
        {
            return; // more values than the memory of a guest holds
        }
        using (both)
        {
            var random = new Random(scenario.Seed);
            for (int i = 0; i < scenario.Corruptions && !both.OneMemory; i++)
                both.Corrupt(random);
            both.Run();
        }
    }
}
