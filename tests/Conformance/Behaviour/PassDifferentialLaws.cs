using System.Linq;
using Fact.Lower.Passes;
using Fact.Model.Laws;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fact.Conformance.Behaviour;

/// <summary>Makes scenarios whose types are small, so that what is not outlined still fits into a function.</summary>
public static class SmallScenarios
{
    public static Arbitrary<Scenario> Scenario() =>
        Arb.From(Scenarios.Scenario().Generator.Resize(35), scenario => Scenarios.Scenario().Shrinker(scenario));
}

/// <summary>Code means what its plan says, whichever passes the plan went through: it does in the engine what the specification does.</summary>
public sealed class PassDifferentialLaws
{
    [Law(60, Arbitrary = [typeof(SmallScenarios)])]
    public void Code_does_what_the_specification_does_without_any_one_pass(Scenario scenario)
    {
        foreach (var pass in PassList.All.Passes)
            DifferentialLaws.Run(scenario, PassList.All.Without(pass.Name));
    }

    [Law(150, Arbitrary = [typeof(SmallScenarios)])]
    public void Code_does_what_the_specification_does_without_passes(Scenario scenario) => DifferentialLaws.Run(scenario, PassList.None);

    [Law(150, Arbitrary = [typeof(SmallScenarios)])]
    public void Code_does_what_the_specification_does_with_any_choice_of_passes(Scenario scenario, int choice) => DifferentialLaws.Run(
        scenario,
        PassList.All.Passes.Where((_, i) => (choice >> i & 1) != 0).Aggregate(PassList.All, (list, pass) => list.Without(pass.Name)));
}
