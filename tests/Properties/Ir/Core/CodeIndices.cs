using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Properties.Emit;

namespace Fact.Properties.Core;

/// <summary>The indices that code names, in the order of its bytes.</summary>
internal static class CodeIndices
{
    public static IEnumerable<(ImmediateKind, ulong)> Of(EquatableArray<CoreInstr> body) => body.SelectMany(instr => instr switch
    {
        CoreInstr.Local local => [(ImmediateKind.Local, local.Index.Value)],
        CoreInstr.Memory memory => [(ImmediateKind.Access, memory.Mem.Value)],
        CoreInstr.MemoryLane memory => [(ImmediateKind.Access, memory.Mem.Value)],
        CoreInstr.MemoryGrow grow => [(ImmediateKind.Memory, grow.Mem.Value)],
        CoreInstr.MemoryFill fill => [(ImmediateKind.Memory, fill.Mem.Value)],
        CoreInstr.MemorySize size => [(ImmediateKind.Memory, size.Mem.Value)],
        CoreInstr.MemoryCopy copy => [(ImmediateKind.Memory, copy.To.Value), (ImmediateKind.Memory, copy.From.Value)],
        CoreInstr.Global global => [(ImmediateKind.Global, global.Index.Value)],
        CoreInstr.Call call => [(ImmediateKind.Func, call.Func.Value)],
        CoreInstr.CallIndirect call => [(ImmediateKind.Type, call.Type.Value), (ImmediateKind.Table, call.Table.Value)],
        CoreInstr.RefFunc reference => [(ImmediateKind.Func, reference.Func.Value)],
        CoreInstr.Br branch => [(ImmediateKind.Label, branch.Label.Value)],
        CoreInstr.BrIf branch => [(ImmediateKind.Label, branch.Label.Value)],
        CoreInstr.BrTable table => [.. table.Labels.Select(label => (ImmediateKind.Label, (ulong)label.Value)), (ImmediateKind.Label, table.Default.Value)],
        CoreInstr.Block block => Type(block.Type).Concat(Of(block.Body)),
        CoreInstr.Loop loop => Type(loop.Type).Concat(Of(loop.Body)),
        CoreInstr.If one => Type(one.Type).Concat(Of(one.Then)).Concat(Of(one.Else)),
        CoreInstr.TryTable attempt => Type(attempt.Type).Append((ImmediateKind.Label, attempt.CatchAll.Value)).Concat(Of(attempt.Body)),
        CoreInstr.Plain or CoreInstr.Lane or CoreInstr.Shuffle or CoreInstr.V128Const or CoreInstr.Trap
            or CoreInstr.I32Const or CoreInstr.I64Const or CoreInstr.F32Const or CoreInstr.F64Const => (IEnumerable<(ImmediateKind, ulong)>)[],
    });

    private static IEnumerable<(ImmediateKind, ulong)> Type(BlockType type) => type is BlockType.Func(var index) ? [(ImmediateKind.BlockTypeIndex, index.Value)] : [];
}
