using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Passes;

namespace Fact.Lower.Explain;

/// <summary>Collects what each pass changes in a plan.</summary>
/// <param name="plan">The plan.</param>
/// <param name="passes">The passes.</param>
/// <param name="paths">Where the nodes of the plan are.</param>
internal sealed class PlanChanges(CallPlan plan, PassList passes, NodePaths paths) : IRewriteObserver
{
    /// <summary>How many changes of a pass are shown.</summary>
    private const int Shown = 20;

    private readonly Dictionary<Pass, List> changes = [];

    /// <summary>What the passes did, in their order.</summary>
    public EquatableArray<PassEffect> Effects => passes.Passes.Where(changes.ContainsKey)
        .Select(pass => new PassEffect(pass.Name, pass.Summary, changes[pass].Count, changes[pass].Lines.ToEquatableArray())).ToEquatableArray();

    /// <inheritdoc/>
    public void Changed(Pass pass, Copy node, Copy before, Copy after) => Add(pass, () =>
    {
        string path = paths.To(node);
        string change = $"{PlanWords.Of(before)} => {PlanWords.Of(after)}";
        return path.Length == 0 ? change : $"{path}: {change}";
    });

    /// <inheritdoc/>
    public void Changed(Pass pass, FuncPlan func, EquatableArray<Act> before, EquatableArray<Act> after)
    {
        string label = plan.Funcs.Length > 1 ? PlanWords.Of(func.Role) + ": " : "";
        foreach (var act in Without(before, after))
            Add(pass, () => $"{label}no longer: {PlanWords.Of(act, plan)}");
        foreach (var act in Without(after, before))
            Add(pass, () => $"{label}instead: {PlanWords.Of(act, plan)}");
        foreach (var (_, move) in Moves(before).Zip(Moves(after)).Where(moves => moves.Item1.Inline != moves.Item2.Inline))
            Add(pass, () => $"{label}instead: {PlanWords.Of(move, plan)}");
        for (int guards = Guards(before) - Guards(after); guards > 0; guards--)
            Add(pass, () => $"{label}no longer: {PlanWords.Exceptions}");
    }

    /// <summary>The acts of one list that the other does not have, or not as often; those in guards too. Moves stay: passes change what is below them.</summary>
    private static List<Act> Without(EquatableArray<Act> acts, EquatableArray<Act> others)
    {
        var known = new Dictionary<Act, int>();
        foreach (var act in Flat(others))
            known[act] = known.GetValueOrDefault(act) + 1;
        var without = new List<Act>();
        foreach (var act in Flat(acts))
        {
            if (known.GetValueOrDefault(act) is > 0 and var count)
                known[act] = count - 1;
            else
                without.Add(act);
        }
        return without;
    }

    private static IEnumerable<Act.Move> Moves(EquatableArray<Act> acts) =>
        acts.Items.SelectMany(act => act is Act.Guard guard ? Moves(guard.Acts) : act is Act.Move move ? [move] : Enumerable.Empty<Act.Move>());

    private static int Guards(EquatableArray<Act> acts) => acts.Items.Count(act => act is Act.Guard);

    /// <summary>The acts in guards too, without the guards and without moves: these would be hashed with all that is below them.</summary>
    private static IEnumerable<Act> Flat(EquatableArray<Act> acts) =>
        acts.Items.Where(act => act is not Act.Move).SelectMany(act => act is Act.Guard guard ? Flat(guard.Acts) : [act]);

    private void Add(Pass pass, Func<string> line)
    {
        if (!changes.TryGetValue(pass, out var list))
            changes.Add(pass, list = new());
        if (list.Count++ < Shown)
            list.Lines.Add(Printable.Of(line()));
    }

    private sealed class List
    {
        public int Count { get; set; }

        public List<string> Lines { get; } = [];
    }
}
