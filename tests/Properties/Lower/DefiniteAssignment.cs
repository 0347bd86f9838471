using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Fact.Ir;
using Xunit;

namespace Fact.Properties.Lower;

/// <summary>Walks a function with the set of locals that are written on every path so far; null stands for code that is never reached.</summary>
internal sealed class DefiniteAssignment(SymbolicFunc func)
{
    private readonly Dictionary<LabelId, ImmutableHashSet<int>?> atLabel = [];

    public void Check() => Walk(func.Body, [.. Enumerable.Range(0, func.Type.Params.Length)]);

    private ImmutableHashSet<int>? Walk(EquatableArray<Instr> body, ImmutableHashSet<int>? written)
    {
        foreach (var instr in body)
            written = Step(instr, written);
        return written;
    }

    private ImmutableHashSet<int>? Step(Instr instr, ImmutableHashSet<int>? written)
    {
        switch (instr)
        {
            case Instr.Local { Op: LocalOp.Get } get:
                Assert.True(written is null || written.Contains(get.Id.Value),
                    $"{func.Name}: local {get.Id.Value} ({func.Locals[get.Id.Value].Name}) is read before it is written");
                return written;
            case Instr.Local local:
                return written?.Add(local.Id.Value);
            case Instr.Block block:
                Declare(block.Label);
                return Meet(Walk(block.Body, written), Leave(block.Label));
            case Instr.Loop loop:
                // The first time around has the smallest set: what a loop writes only adds to it.
                Declare(loop.Label);
                var after = Walk(loop.Body, written);
                Leave(loop.Label);
                return after;
            case Instr.If branch:
                Declare(branch.Label);
                var then = Walk(branch.Then, written);
                var otherwise = Walk(branch.Else, written);
                return Meet(Meet(then, otherwise), Leave(branch.Label));
            case Instr.TryTable attempt:
                Declare(attempt.Label);
                Branch(attempt.CatchAll, written);
                return Meet(Walk(attempt.Body, written), Leave(attempt.Label));
            case Instr.Br br:
                Branch(br.Label, written);
                return null;
            case Instr.BrIf br:
                Branch(br.Label, written);
                return written;
            case Instr.BrTable table:
                foreach (var label in table.Labels)
                    Branch(label, written);
                Branch(table.Default, written);
                return null;
            case Instr.Trap or Instr.Plain { Op: PlainOp.Return }:
                return null;
            default:
                return written;
        }
    }

    private void Declare(LabelId label)
    {
        if (label != LabelId.Unused)
            Assert.True(atLabel.TryAdd(label, null), $"{func.Name}: label {label.Value} is used twice");
    }

    private ImmutableHashSet<int>? Leave(LabelId label)
    {
        if (label == LabelId.Unused)
            return null;
        atLabel.Remove(label, out var written);
        return written;
    }

    private void Branch(LabelId label, ImmutableHashSet<int>? written)
    {
        Assert.True(atLabel.TryGetValue(label, out var before), $"{func.Name}: branch to label {label.Value} from outside of it");
        atLabel[label] = Meet(before, written);
    }

    private static ImmutableHashSet<int>? Meet(ImmutableHashSet<int>? a, ImmutableHashSet<int>? b) =>
        a is null ? b : b is null ? a : a.Intersect(b);
}
