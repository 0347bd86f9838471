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

    private static readonly ValType U8 = ValType.Of(PrimitiveType.U8), U32 = ValType.Of(PrimitiveType.U32), F64 = ValType.Of(PrimitiveType.F64);

    /// <summary>Functions of which nothing is left but the call: flat values, any bits of which are a value.</summary>
    private static readonly ComponentFuncType[] Plain =
    [
        new([], null),
        Taking(U32),
        new([], F64),
        Taking(new ValType.Tuple([U32, F64, U32])),
        Taking(new ValType.FixedLengthList(U32, 3)),
        Taking(new ValType.Tuple([.. Enumerable.Repeat(F64, 16)])),
        Taking([.. Enumerable.Repeat(U32, 16)]),
        Taking(Flags(32)),
        new([], new ValType.Tuple([new ValType.Tuple([U32])])),
    ];

    /// <summary>Each has something that is changed, checked, or in a memory.</summary>
    private static readonly ComponentFuncType[] NotPlain =
    [
        Taking(U8),
        new([], U8),
        Taking(ValType.Of(PrimitiveType.Bool)),
        Taking(ValType.Of(PrimitiveType.Char)),
        Taking(ValType.Of(PrimitiveType.String)),
        Taking(Flags(31)),
        Taking(Flags(8)),
        Taking(new ValType.Tuple([U32, U8])),
        Taking(new ValType.FixedLengthList(U8, 3)),
        Taking(new ValType.Tuple([.. Enumerable.Repeat(F64, 15), U8])),
        Taking([.. Enumerable.Repeat(U32, 17)]),
        Taking(new ValType.Option(U32)),
        Taking(new ValType.Own(new(0))),
        new([], new ValType.Tuple([U32, U32])),
    ];

    private static ComponentFuncType Taking(params ValType[] types) => new([.. types.Select((type, i) => new Param("p" + i, type))], null);

    private static ValType Flags(int count) => new ValType.Flags([.. Enumerable.Range(0, count).Select(i => "f" + i)]);

    [Fact]
    public void An_adapter_goes_where_all_values_stay_what_they_are()
    {
        Assert.All(Plain, type => Assert.True(IsLinked(type), TypeText.Of(type)));
        Assert.All(NotPlain, type => Assert.False(IsLinked(type), TypeText.Of(type)));
    }

    private static bool IsLinked(ComponentFuncType type) =>
        PlanScenario.Planned(AdapterPlan.Of(type).Build() with { Facts = All }, CompileOptions.Default.Lower, PassList.All).Funcs is [{ Acts: [Act.Link] }];

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
