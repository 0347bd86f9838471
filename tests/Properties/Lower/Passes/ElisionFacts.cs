using System.Linq;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Passes;
using Fact.Properties.Generators;
using Xunit;

namespace Fact.Properties.Lower.Passes;

/// <summary>What has to be known of guests so that something is left out: each fact by itself.</summary>
public sealed class ElisionFacts
{
    private const AdapterFacts All = (AdapterFacts)63;

    private static CallPlan Plan(AdapterFacts facts, CompileOptions options) => PlanScenario.Planned(
        AdapterPlan.Of(new([new("p", ValType.Of(PrimitiveType.U32))], ValType.Of(PrimitiveType.U64))).Build() with { Facts = facts }, options.Lower, PassList.All);

    private static bool IsLinked(AdapterFacts facts, CompileOptions options) => Plan(facts, options).Funcs is [{ Acts: [Act.Link] }];

    [Theory]
    [InlineData(AdapterFacts.None, true)]
    [InlineData(AdapterFacts.CallUnseen, false)]
    [InlineData(AdapterFacts.CallerFlagUnseen, false)]
    [InlineData(AdapterFacts.CalleeThrowsNothing, false)]
    // Nothing is allocated here, and nothing comes after the call.
    [InlineData(AdapterFacts.CalleeFlagUnseen, true)]
    [InlineData(AdapterFacts.CallerThrowsNothing, true)]
    [InlineData(AdapterFacts.CalleeEntersNothing, true)]
    public void An_adapter_goes_where_all_is_known_that_it_takes(AdapterFacts unknown, bool isLinked) =>
        Assert.Equal(isLinked, IsLinked(All & ~unknown, new(ExceptionBarrier: true)));

    [Fact]
    public void Without_barriers_it_does_not_matter_who_throws() => Assert.True(IsLinked(All & ~AdapterFacts.CalleeThrowsNothing, new()));

    [Fact]
    public void By_the_older_rule_it_stays_where_an_instance_is_entered() => Assert.False(IsLinked(All, new(Reentrance: Reentrance.Trap)));

    [Theory]
    [InlineData(AdapterFacts.None, 0)]
    [InlineData(AdapterFacts.CalleeThrowsNothing, 1)]
    public void A_barrier_stays_unless_nothing_is_thrown(AdapterFacts unknown, int barriers) =>
        Assert.Equal(barriers, Plan(All & ~unknown & ~AdapterFacts.CallUnseen, new(ExceptionBarrier: true)).Funcs[0].Acts.Items.Count(act => act is Act.Guard));
}
