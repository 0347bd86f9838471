using System;
using System.Linq;
using Fact.Ir;
using Fact.Lower.Passes;
using Fact.Model;
using Fact.Model.Laws;
using Fact.Model.Plans;
using Fact.Properties.Generators;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fact.Properties.Lower.Passes;

/// <summary>Passes keep the meaning of plans, whatever the guests do.</summary>
public sealed class PassLaws
{
    [Law(250, Arbitrary = [typeof(PlanScenarios)])]
    public void A_pass_keeps_the_meaning(PlanScenario scenario) => Same(scenario, [PassList.None, .. PassList.All.Passes.Select(pass => PassList.All.Only(pass.Name))]);

    [Law(250, Arbitrary = [typeof(PlanScenarios)])]
    public void A_pass_keeps_the_meaning_after_those_before_it(PlanScenario scenario) =>
        Same(scenario, [.. Enumerable.Range(0, PassList.All.Passes.Length + 1).Select(count => Choose(i => i < count))]);

    [Law(250, Arbitrary = [typeof(PlanScenarios)])]
    public void Any_choice_of_passes_keeps_the_meaning(PlanScenario scenario, int choice) =>
        Same(scenario, PassList.None, Choose(i => (choice >> i & 1) != 0), Choose(i => (scenario.Seed >> i & 1) != 0));

    /// <summary>Types that the passes look at closely, each with many values: random ones have them too rarely.</summary>
    private static readonly ValType[] Delicate =
    [
        new ValType.List(ValType.Of(PrimitiveType.Bool)),
        new ValType.List(ValType.Of(PrimitiveType.Char)),
        new ValType.List(new ValType.Tuple([ValType.Of(PrimitiveType.U8), ValType.Of(PrimitiveType.U16)])),
        new ValType.List(new ValType.Flags(["a", "b"])),
        new ValType.List(new ValType.Enum(["a", "b", "c"])),
        new ValType.List(new ValType.Tuple([ValType.Of(PrimitiveType.Bool), new ValType.Enum(["a", "b"]), ValType.Of(PrimitiveType.U8), ValType.Of(PrimitiveType.Char)])),
        new ValType.List(new ValType.Variant([new("a", ValType.Of(PrimitiveType.U32)), new("b", ValType.Of(PrimitiveType.F32))])),
        new ValType.List(new ValType.Option(new ValType.Tuple([ValType.Of(PrimitiveType.U16), ValType.Of(PrimitiveType.Bool), ValType.Of(PrimitiveType.U16)]))),
        new ValType.List(new ValType.Variant([new("a", ValType.Of(PrimitiveType.U32)), new("b", null), new("c", ValType.Of(PrimitiveType.U8))])),
        new ValType.List(new ValType.FixedLengthList(new ValType.Option(ValType.Of(PrimitiveType.U8)), 40)),
        new ValType.List(ValType.Of(PrimitiveType.String)),
        new ValType.List(new ValType.Tuple([ValType.Of(PrimitiveType.String), new ValType.List(ValType.Of(PrimitiveType.U8))])),
        new ValType.List(new ValType.Variant([new("a", ValType.Of(PrimitiveType.String)), new("b", new ValType.List(ValType.Of(PrimitiveType.U64))), new("c", null)])),
        // Of its numbers the last two are neighbours on the one side, and have padding between them on the other.
        new ValType.List(new ValType.Tuple(
            [ValType.Of(PrimitiveType.U32), ValType.Of(PrimitiveType.String), ValType.Of(PrimitiveType.U32), ValType.Of(PrimitiveType.U64)])),
        new ValType.Option(ValType.Of(PrimitiveType.String)),
        new ValType.Variant([new("a", new ValType.Own(new(0))), new("b", new ValType.Own(new(1)))]),
        new ValType.Variant([new("a", ValType.Of(PrimitiveType.U8)), new("b", ValType.Of(PrimitiveType.S8)), new("c", null)]),
        new ValType.Tuple([.. Enumerable.Repeat(ValType.Of(PrimitiveType.U32), 17)]),
        .. Enum.GetValues<PrimitiveType>().Where(type => type != PrimitiveType.String).Select(type => new ValType.Tuple([ValType.Of(type)])),
        new ValType.Flags([.. Enumerable.Range(0, 32).Select(i => "f" + i)]),
        new ValType.FixedLengthList(ValType.Of(PrimitiveType.F64), 1),
        new ValType.Enum(["a"]),
    ];

    [SeededFact]
    public void A_pass_keeps_the_meaning_of_what_it_could_mistake()
    {
        foreach (var type in Delicate)
        {
            var plan = AdapterPlan.Of(new([new("p", type)], type), new(Memory: MemoryPlan.With32), new(Memory: MemoryPlan.With64));
            for (int seed = 0; seed < 100; seed++)
                A_pass_keeps_the_meaning(new(
                    plan, Fuzz.Random(seed).Next(), 0, seed % 2 == 0 ? Mischief.None : Mischief.Garbles, PlanScenarios.AllPasses,
                        seed % 3 == 0 ? AdapterFacts.None : (AdapterFacts)63));
        }
    }

    [SeededFact]
    public void Calls_end_in_every_way()
    {
        var ends = Gen.Sample(PlanScenarios.Scenario().Generator, 1500, new Rnd((ulong)Fuzz.Seed), 40)
            .Select(scenario => Run(scenario, PassList.None)).OfType<PlanOutcome>().CountBy(outcome => outcome.End).ToDictionary();
        var traps = Enum.GetValues<TrapCode>().Where(code => code < TrapCode.CannotLeaveComponent).Select(code => new PlanTrap(code));
        Assert.Equal(traps.Select(trap => "traps: " + trap.Message).Append("returns").Append("throws").Order(), ends.Keys.Order());
        Assert.True(ends["returns"] > ends.Values.Sum() / 3, "too few calls return");
    }

    private static PassList Choose(Func<int, bool> isChosen) =>
        PassList.All.Passes.Where((_, i) => !isChosen(i)).Aggregate(PassList.All, (list, pass) => list.Without(pass.Name));

    private static void Same(PlanScenario scenario, params PassList[] lists)
    {
        PlanOutcome? first = null;
        foreach (var list in lists)
        {
            if (Run(scenario, list) is not { } outcome)
                return;
            first ??= outcome;
            Assert.True(first.Difference(outcome) is null, $"{string.Join(", ", list.Passes.Select(pass => pass.Name))}: {first.Difference(outcome)}");
        }
    }

    /// <summary>What comes of the call; null where the values do not fit into the memory of a guest.</summary>
    private static PlanOutcome? Run(PlanScenario scenario, PassList passes)
    {
        PlanWorld world;
        try
        {
            world = new(scenario);
        }
        catch (SpecTrap)
        {
            return null;
        }
        return world.Run(scenario.Planned(passes));
    }
}
