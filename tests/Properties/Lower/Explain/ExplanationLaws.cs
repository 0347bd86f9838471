using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Explain;
using Fact.Lower.Passes;
using Fact.Model.Laws;
using Fact.Properties.Generators;
using Fact.Properties.Lower.Passes;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fact.Properties.Lower.Explain;

/// <summary>What is said of plans is what they are, and what passes did.</summary>
public sealed class ExplanationLaws
{
    private const string MayLeave = "may_leave of an instance", Char = "char is a Unicode scalar value", Discriminant = "discriminant is a case";

    /// <summary>For each kind of check, the trap that only its code has.</summary>
    private static readonly Dictionary<string, TrapCode> Traps = new()
    {
        [MayLeave] = TrapCode.CannotLeave,
        ["may_enter of an instance"] = TrapCode.CannotEnter,
        ["address of parameters or result: alignment and range"] = TrapCode.PointerOutOfBounds,
        ["address that realloc returns: alignment and range"] = TrapCode.AllocationOutOfBounds,
        [Char] = TrapCode.InvalidChar,
        [Discriminant] = TrapCode.InvalidDiscriminant,
        ["string: length, alignment and range"] = TrapCode.StringOutOfBounds,
        ["list: length, alignment and range"] = TrapCode.ListOutOfBounds,
    };

    [Law(300, Arbitrary = [typeof(PlanScenarios)])]
    public void The_plan_that_is_shown_is_the_one_that_code_is_written_from(PlanScenario scenario)
    {
        var explained = Explained(scenario);
        Assert.Equal(PlanText.Of(scenario.Planned(PassList.All)), explained.Plan);
        Assert.Equal(PlanText.Of(scenario.Planned(PassList.None)), explained.Naive);
    }

    [Law(300, Arbitrary = [typeof(PlanScenarios)])]
    public void Passes_are_named_that_change_the_plan_that_those_before_them_left(PlanScenario scenario)
    {
        var plan = scenario.Planned(PassList.None);
        var passes = PassList.All.Without("outline");
        var changed = new List<string>();
        foreach (var pass in passes.Passes)
        {
            var before = plan;
            plan = PlanRewriter.Run(pass, plan);
            if (PlanComparison.Difference(before, plan) is not null)
                changed.Add(pass.Name);
        }
        Assert.Equal(changed, PlanExplainer.Of(scenario.Planned(PassList.None), passes, new(1))!.Effects.Items.Select(effect => effect.Pass));
    }

    [Law(300, Arbitrary = [typeof(PlanScenarios)])]
    public void Every_pass_that_is_named_says_what_it_changed(PlanScenario scenario)
    {
        var explained = Explained(scenario);
        Assert.Equal(PlanComparison.Difference(scenario.Planned(PassList.None), scenario.Planned(PassList.All)) is null, explained.Effects.IsEmpty);
        foreach (var effect in explained.Effects)
        {
            Assert.Equal(PassList.All.Passes.Single(pass => pass.Name == effect.Pass).Summary, effect.Why);
            Assert.InRange(effect.Changes.Length, 1, effect.Count);
            Assert.True(effect.Changes.Length == effect.Count || effect.Changes.Length == 20);
            foreach (string change in effect.Changes)
            {
                string[] sides = change.Split(" => ");
                Assert.True(change.Contains("no longer: ") || change.Contains("instead: ")
                    || (sides.Length == 2 && !sides[0].EndsWith(sides[1], System.StringComparison.Ordinal)), change);
            }
        }
    }

    [Law(300, Arbitrary = [typeof(PlanScenarios)])]
    public void A_check_is_listed_where_the_code_has_its_trap(PlanScenario scenario)
    {
        // Without paths, traps of addresses have one code.
        var code = Compiled.Program([scenario.Build()], scenario.Options.Lower with { TrapPaths = true }).Adapters[0]
            .Funcs.Items.SelectMany(func => CodeWalk.All(func.Body)).ToList();
        var traps = code.OfType<Instr.Trap>().Select(trap => trap.Code).ToHashSet();
        var checks = Explained(scenario).Checks;
        Assert.All(checks, check => Assert.True(check.Places > 0));
        foreach (var (what, trap) in Traps)
            Assert.Equal((what, traps.Contains(trap)), (what, checks.Items.Any(check => check.What == what)));
        Assert.Equal(code.OfType<Instr.Call>().Any(call => call.Func is FuncRef.Imported { Import: Import.Transfer }),
            checks.Items.Any(check => check.What.StartsWith("handle")));
        Assert.Equal(scenario.Build().Facts.HasFlag(AdapterFacts.CallerFlagUnseen) ? 0 : 1, checks.Items.SingleOrDefault(check => check.What == MayLeave)?.Places ?? 0);
    }

    [Fact]
    public void Checks_count_the_places_that_have_them()
    {
        ValType two = new ValType.Enum(["a", "b"]), three = new ValType.Enum(["a", "b", "c"]);
        var plan = AdapterPlan.Of(new ComponentFuncType([new("p", ValType.Of(PrimitiveType.Char)), new("q", new ValType.Tuple([two, two, three]))], null));
        var checks = PlanExplainer.Of(PlanScenario.Planned(plan.Build(), new(), PassList.None), PassList.All, new(1))!.Checks;
        Assert.Equal([new(MayLeave, 1), new(Char, 1), new(Discriminant, 2)], checks);
    }

    [Fact]
    public void Of_a_large_plan_there_is_the_beginning()
    {
        const int fields = 5_000;
        var record = new ValType.Record([.. Enumerable.Range(0, fields).Select(i => new Field("f" + i, ValType.Of(PrimitiveType.Bool)))]);
        var naive = PlanScenario.Planned(AdapterPlan.Of(new ComponentFuncType([new("p", new ValType.List(record))], null)).Build(), new(), PassList.None);
        var text = PlanText.Of(naive);
        Assert.Equal(PlanText.MostLines + 1, text.Length);
        int named = text.Items.Count(line => line.Contains("record field"));
        Assert.InRange(named, 1, PlanText.MostLines);
        // After the fields, functions still end.
        int after = PlanText.Of(PlanScenario.Planned(
            AdapterPlan.Of(new ComponentFuncType([new("p", new ValType.List(ValType.Of(PrimitiveType.Bool)))], null)).Build(), new(), PassList.None))
            .Items.SkipWhile(line => !line.EndsWith("not 0 becomes 1", System.StringComparison.Ordinal)).Count() - 1;
        Assert.Equal($"… {fields - named + after} more lines", text[^1]);
    }

    [Fact]
    public void What_cannot_be_seen_in_names_is_escaped_and_long_names_are_short()
    {
        var layout = ValType.Of(PrimitiveType.U8).Layout32;
        // Components have no such names, and nor do adapters that are accepted; text is safe whatever there is.
        var record = new Copy.Seq(SeqKind.Record, [new Part("\u202e" + new string('x', 200), Copy.Of(PrimitiveType.U8, ScalarCheck.ZeroExtend))], layout, layout);
        var plan = PlanScenario.Planned(AdapterPlan.Of(new ComponentFuncType([], ValType.Of(PrimitiveType.U8))).Build(), new(), PassList.None);
        var func = plan.Funcs[0];
        plan = plan with
        {
            Funcs = [
            func with { Acts = [.. func.Acts.Items.Select(
            act => act is Act.Move { What: Moved.Result } move ? move with { Copy = record, From = new Place.At(-1, 1, 1) } : act)] }]
        };
        var explained = PlanExplainer.Of(plan, PassList.All, new(1))!;
        string[] lines = [.. explained.Naive.Items, .. explained.Effects.Items.SelectMany(effect => effect.Changes.Items)];
        Assert.Equal(2, lines.Count(line => line.Contains("record field \"\\u{202e}xx", System.StringComparison.Ordinal)));
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 170));
    }

    [SeededFact]
    public void Explanations_stop_when_the_budget_is_spent_and_not_before()
    {
        var naive = Gen.Sample(PlanScenarios.Scenario().Generator, 300, new Rnd((ulong)Fuzz.Seed), 30).Select(scenario => scenario.Planned(PassList.None)).ToArray();
        var budget = new ExplanationBudget(0);
        int explained = 0, rounds = 0;
        for (; !budget.IsSpent; rounds++)
        {
            foreach (var plan in naive)
                explained += PlanExplainer.Of(plan, PassList.All, budget) is null ? 0 : 1;
        }
        Assert.InRange(explained, (rounds - 1) * naive.Length, rounds * naive.Length);
        Assert.InRange(rounds, 2, 50_000);
        Assert.Null(PlanExplainer.Of(naive[0], PassList.All, budget));
    }

    private static PlanExplanation Explained(PlanScenario scenario) => PlanExplainer.Of(scenario.Planned(PassList.None), PassList.All, new(1))!;
}
