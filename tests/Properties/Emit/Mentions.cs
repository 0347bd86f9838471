using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Properties.Emit;

/// <summary>
/// What code mentions, in the order in which it is written, and what follows from that by the definitions of <see cref="CompactCode"/>, however slowly.
/// </summary>
internal sealed class Mentions
{
    private readonly List<LocalId> locals = [];
    private readonly List<(int Start, int End)> loops = [];
    private readonly List<(object What, IndexUse? Use)> immediates = [];
    private readonly List<LabelId> around = [];

    public Mentions(EquatableArray<Instr> body) => Walk(body);

    /// <summary>How often locals are mentioned.</summary>
    public int Locals => locals.Count;

    /// <summary>Each immediate that has an index: a relative label, which has no use, or what is named.</summary>
    public IReadOnlyList<(object What, IndexUse? Use)> Immediates => immediates;

    /// <summary>From where to where each local is in use: the parameters, then the others in the order of their first mention.</summary>
    public IEnumerable<LiveRange> Ranges(int parameters) =>
        Enumerable.Range(0, parameters).Select(i => Range(new(i), 0))
            .Concat(locals.Distinct().Where(local => local.Value >= parameters).Select(local => Range(local, locals.IndexOf(local) + 1)));

    private LiveRange Range(LocalId local, int first)
    {
        int[] at = [.. Enumerable.Range(1, locals.Count).Where(position => locals[position - 1] == local)];
        var ends = loops.Where(loop => loop.Start >= first && at.Any(position => loop.Start < position && position <= loop.End)).Select(loop => loop.End);
        return new(local, first, at.Concat(ends).Append(0).Max());
    }

    private void Walk(EquatableArray<Instr> body)
    {
        foreach (var instr in body)
            Walk(instr);
    }

    private void Walk(Instr instr)
    {
        switch (instr)
        {
            case Instr.Local local:
                locals.Add(local.Id);
                break;
            case Instr.Br branch:
                Label(branch.Label);
                break;
            case Instr.BrIf branch:
                Label(branch.Label);
                break;
            case Instr.BrTable table:
                foreach (var label in table.Labels.Items.Append(table.Default))
                    Label(label);
                break;
            case Instr.Call { Func: var func }:
                immediates.Add((func, IndexUse.Plain));
                break;
            case Instr.CallIndirect call:
                immediates.Add((call.Type, IndexUse.Plain));
                immediates.Add((call.Table, IndexUse.Plain));
                break;
            case Instr.RefFunc { Func: var func }:
                immediates.Add((func, IndexUse.Plain));
                break;
            case Instr.Global global:
                immediates.Add((global.Item, IndexUse.Plain));
                break;
            case Instr.Memory access:
                immediates.Add((access.Mem, IndexUse.Access));
                break;
            case Instr.MemoryLane access:
                immediates.Add((access.Mem, IndexUse.Access));
                break;
            case Instr.MemorySize or Instr.MemoryGrow or Instr.MemoryFill or Instr.MemoryCopy:
                foreach (var memory in Trees.Things([instr]))
                    immediates.Add((memory, IndexUse.Plain));
                break;
            case Instr.Block block:
                Inside(block.Type, block.Label, () => Walk(block.Body));
                break;
            case Instr.If one:
                Inside(one.Type, one.Label, () => Walk([.. one.Then, .. one.Else]));
                break;
            case Instr.TryTable attempt:
                Inside(attempt.Type, attempt.Label, () => Walk(attempt.Body), attempt.CatchAll);
                break;
            case Instr.Loop loop:
                Inside(loop.Type, loop.Label, () =>
                {
                    int start = locals.Count;
                    Walk(loop.Body);
                    loops.Add((start, locals.Count));
                });
                break;
            case Instr.Plain or Instr.I32Const or Instr.I64Const or Instr.F32Const or Instr.F64Const or Instr.V128Const or Instr.Lane or Instr.Shuffle or Instr.Trap:
                break;
        }
    }

    private void Inside(CoreFuncType type, LabelId label, Action walk, LabelId? catchAll = null)
    {
        // A block type without parameters and with at most one result needs no index. Spec: blocktype.
        if (type.Params.Length > 0 || type.Results.Length > 1)
            immediates.Add((type, IndexUse.BlockType));
        if (catchAll is { } caught)
            Label(caught);
        around.Add(label);
        walk();
        around.RemoveAt(around.Count - 1);
    }

    private void Label(LabelId label) => immediates.Add(((uint)(around.Count - 1 - around.LastIndexOf(label)), null));
}
