using System;
using System.Collections.Generic;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Passes;

namespace Fact.Lower.Explain;

/// <summary>Why the code of an adapter is as it is.</summary>
/// <param name="Naive">The plan as the specification has it, as text.</param>
/// <param name="Effects">What each pass did, in order; those that did nothing are left out.</param>
/// <param name="Plan">The plan that code was written from, as text.</param>
/// <param name="Checks">The checks that are left in it.</param>
internal sealed record PlanExplanation(string Naive, EquatableArray<PassEffect> Effects, string Plan, EquatableArray<RemainingCheck> Checks)
{
    /// <summary>Explains a plan by the one that no pass has been over.</summary>
    public static PlanExplanation Of(CallPlan naive, PassList passes)
    {
        var effects = new List<PassEffect>();
        var plan = naive;
        foreach (var pass in passes.Passes)
        {
            var before = plan;
            var changes = new ChangeList();
            plan = PlanRewriter.Run(pass, before, changes.Add);
            for (int i = 0; i < plan.Funcs.Length; i++)
                changes.AddActs(before.Funcs[i].Acts, plan.Funcs[i].Acts);
            if (changes.Count > 0)
                effects.Add(new(pass.Name, pass.Summary, changes.Count, changes.Shown));
        }
        return new(PlanText.Of(naive), effects.ToEquatableArray(), PlanText.Of(plan), RemainingCheck.Of(plan));
    }
}

/// <summary>What a pass did to a plan.</summary>
/// <param name="Pass">Its name.</param>
/// <param name="Why">Why nobody can tell.</param>
/// <param name="Count">How many things it changed.</param>
/// <param name="Changes">The first of them, each in a line.</param>
internal sealed record PassEffect(string Pass, string Why, int Count, EquatableArray<string> Changes);

/// <summary>Collects what a pass changes.</summary>
internal sealed class ChangeList
{
    private const int Most = 50;

    private readonly List<string> shown = [];

    public int Count { get; private set; }

    public EquatableArray<string> Shown => shown.ToEquatableArray();

    /// <summary>A node of a copy became another one.</summary>
    public void Add(Copy before, Copy after) => Add(() =>
        after is Copy.Helper ? $"{PlanText.Line(before)}: by a helper" : $"{PlanText.Line(before)} -> {PlanText.Line(after)}");

    /// <summary>What a function does became something else.</summary>
    public void AddActs(EquatableArray<Act> before, EquatableArray<Act> after)
    {
        var old = Flat(before);
        var now = Flat(after);
        foreach (var act in old)
        {
            if (!now.Contains(act) && act is not Act.Move)
                Add(() => "no longer: " + PlanText.Line(act));
        }
        foreach (var act in now)
        {
            if (!old.Contains(act) && act is not Act.Move)
                Add(() => "instead: " + PlanText.Line(act));
        }
    }

    private void Add(Func<string> line)
    {
        if (Count++ < Most)
            shown.Add(line());
    }

    /// <summary>The acts in guards too, without the guards.</summary>
    private static List<Act> Flat(EquatableArray<Act> acts)
    {
        var flat = new List<Act>();
        foreach (var act in acts)
        {
            if (act is Act.Guard guard)
                flat.AddRange(Flat(guard.Acts));
            else
                flat.Add(act);
        }
        return flat;
    }
}
