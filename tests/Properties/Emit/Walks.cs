using System;
using System.Collections.Generic;
using Fact.Ir;
using Xunit;

namespace Fact.Properties.Emit;

/// <summary>
/// Walks a function before and after resolution along one path, in step, and looks at what only the path can show: each read of
/// a slot must find what was written to the same virtual local, and each branch must go to the same place.
/// </summary>
/// <param name="random">Decides which way branches go, and which calls throw.</param>
internal sealed class Walks(Random random)
{
    private readonly Dictionary<uint, LocalId> holds = [];
    private readonly List<LabelId> labels = [];
    private int steps;

    /// <summary>Walks along one path, at most so many instructions.</summary>
    public void Walk(SymbolicFunc symbolic, CoreFunc resolved, int atMost)
    {
        steps = atMost;
        for (int i = 0; i < symbolic.Type.Params.Length; i++)
            holds[(uint)i] = new LocalId(i);
        Sequence(symbolic.Body, resolved.Body);
    }

    private End Sequence(EquatableArray<Instr> symbolic, EquatableArray<CoreInstr> resolved)
    {
        Assert.Equal(symbolic.Length, resolved.Length);
        for (int i = 0; i < symbolic.Length; i++)
        {
            var end = steps-- > 0 ? Step(symbolic[i], resolved[i]) : End.Stops;
            if (end != End.Falls)
                return end;
        }
        return End.Falls;
    }

    private End Step(Instr symbolic, CoreInstr resolved)
    {
        switch (symbolic, resolved)
        {
            case (Instr.Local(LocalOp.Get, var local), CoreInstr.Local(LocalOp.Get, var slot)):
                Assert.Equal(local, holds[slot.Value]);
                return End.Falls;
            case (Instr.Local(var op, var local), CoreInstr.Local(var sameOp, var slot)):
                Assert.Equal(op, sameOp);
                holds[slot.Value] = local;
                return End.Falls;
            case (Instr.Br(var label), CoreInstr.Br(var depth)):
                return Branch(label, depth);
            case (Instr.BrIf(var label), CoreInstr.BrIf(var depth)):
                return random.Next(2) == 0 ? Branch(label, depth) : End.Falls;
            case (Instr.BrTable table, CoreInstr.BrTable indices):
                Assert.Equal(table.Labels.Length, indices.Labels.Length);
                int choice = random.Next(table.Labels.Length + 1);
                return choice == table.Labels.Length ? Branch(table.Default, indices.Default) : Branch(table.Labels[choice], indices.Labels[choice]);
            case (Instr.Block block, CoreInstr.Block other):
                return Labelled(block.Label, () => Sequence(block.Body, other.Body)).At(block.Label);
            case (Instr.Loop loop, CoreInstr.Loop other):
                End end;
                do
                    end = Labelled(loop.Label, () => Sequence(loop.Body, other.Body));
                while (end == End.BranchTo(loop.Label));
                return end;
            case (Instr.If one, CoreInstr.If other):
                return Labelled(one.Label, () => random.Next(2) == 0 ? Sequence(one.Then, other.Then) : Sequence(one.Else, other.Else)).At(one.Label);
            case (Instr.TryTable attempt, CoreInstr.TryTable other):
                var inside = Labelled(attempt.Label, () => Sequence(attempt.Body, other.Body)).At(attempt.Label);
                return inside == End.Throws ? Branch(attempt.CatchAll, other.CatchAll) : inside;
            case (Instr.Call, CoreInstr.Call):
                return random.Next(4) == 0 ? End.Throws : End.Falls;
            case (Instr.Trap(var code, var path), CoreInstr.Trap(var sameCode, var samePath)):
                Assert.Equal((code, path), (sameCode, samePath));
                return End.Stops;
            case (Instr.Plain(var op), CoreInstr.Plain(var sameOp)):
                Assert.Equal(op, sameOp);
                return op == PlainOp.Return ? End.Stops : End.Falls;
            case (Instr.I32Const(var value), CoreInstr.I32Const(var same)):
                Assert.Equal(value, same);
                return End.Falls;
            case (Instr.I64Const(var value), CoreInstr.I64Const(var same)):
                Assert.Equal(value, same);
                return End.Falls;
            case (Instr.Memory(var op, var arg, _), CoreInstr.Memory(var sameOp, var sameArg, _)):
                Assert.Equal((op, arg), (sameOp, sameArg));
                return End.Falls;
            default:
                Assert.Equal(symbolic.GetType().Name, resolved.GetType().Name);
                return End.Falls;
        }
    }

    private End Branch(LabelId label, LabelIdx depth)
    {
        Assert.Equal(label, labels[^((int)depth.Value + 1)]);
        return End.BranchTo(label);
    }

    private End Labelled(LabelId label, Func<End> walk)
    {
        labels.Add(label);
        var end = walk();
        labels.RemoveAt(labels.Count - 1);
        return end;
    }

    /// <summary>How a sequence ended.</summary>
    private readonly record struct End(EndKind Kind, LabelId Label = default)
    {
        public static End Falls => default;

        public static End Stops => new(EndKind.Stops);

        public static End Throws => new(EndKind.Throws);

        public static End BranchTo(LabelId label) => new(EndKind.Branches, label);

        /// <summary>After the end of what has the label.</summary>
        public End At(LabelId label) => this == BranchTo(label) ? Falls : this;
    }

    private enum EndKind
    {
        Falls,
        Stops,
        Throws,
        Branches,
    }
}
