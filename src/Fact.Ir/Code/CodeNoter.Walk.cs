namespace Fact.Ir;

/// <summary>Notes of instructions that are there already.</summary>
internal sealed partial class CodeNoter
{
    private const int V128ConstOpcode = 0xFD00C, ShuffleOpcode = 0xFD00D;

    /// <summary>Walks the code of a function that has no notes.</summary>
    public CodeNotes Walk(SymbolicFunc func)
    {
        Start(func.Type.Params.Length);
        while (locals < func.Locals.Length)
            AddLocal();
        Note(func.Body);
        return Finish(func.Body);
    }

    /// <summary>Any instruction, with what is in it.</summary>
    public void Note(Instr instr)
    {
        switch (instr)
        {
            case Instr.Local local:
                Local(local.Id);
                break;
            case Instr.I32Const constant:
                Const(constant.Value);
                break;
            case Instr.Plain plain:
                Plain(plain.Op);
                break;
            case Instr.Trap trap:
                bytes++;
                Mark((uint)trap.Code);
                break;
            case Instr.Memory access:
                Access(access);
                break;
            case Instr.Call call:
                bytes++;
                Name(call.Func, IndexUse.Plain);
                break;
            case Instr.Global global:
                bytes++;
                Name(global.Item, IndexUse.Plain);
                break;
            case Instr.If { Then: [Instr.Trap trap], Else: [], Type: { Params: [], Results: [] } }:
                bytes += 4; // a guard, of which there are many: if, the type, unreachable, end
                Mark((uint)trap.Code);
                break;
            case Instr.If one:
                Open(BlockKind.If, one.Label, one.Type);
                Note(one.Then);
                if (!one.Else.IsEmpty)
                    Else();
                Note(one.Else);
                Close();
                break;
            case Instr.BrIf branch:
                bytes++;
                Label(branch.Label);
                break;
            case Instr.Br branch:
                bytes++;
                Label(branch.Label);
                break;
            case Instr.Block block:
                Open(BlockKind.Block, block.Label, block.Type);
                Note(block.Body);
                Close();
                break;
            case Instr.Loop loop:
                Open(BlockKind.Loop, loop.Label, loop.Type);
                Note(loop.Body);
                Close();
                break;
            case Instr.I64Const constant:
                Const(constant.Value);
                break;
            case Instr.F32Const constant:
                bytes += 5;
                Mark(constant.Bits);
                break;
            case Instr.F64Const constant:
                bytes += 9;
                Mark((uint)constant.Bits ^ (uint)(constant.Bits >> 32));
                break;
            case Instr.BrTable table:
                bytes += 1 + Leb128.Length((uint)table.Labels.Length);
                foreach (var label in table.Labels)
                    Label(label);
                Label(table.Default);
                break;
            case Instr.MemorySize size:
                bytes++;
                Name(size.Mem, IndexUse.Plain);
                break;
            case Instr.MemoryGrow grow:
                bytes++;
                Mark(1);
                Name(grow.Mem, IndexUse.Plain);
                break;
            case Instr.MemoryFill fill:
                bytes += 2;
                Mark(2);
                Name(fill.Mem, IndexUse.Plain);
                break;
            case Instr.MemoryLane access:
                bytes++;
                Mark(access.Index);
                Access((int)access.Op, access.Arg, access.Mem);
                break;
            case Instr.Lane lane:
                bytes += OpcodeNumber.Length((int)lane.Op) + 1;
                Mark((uint)lane.Op ^ ((uint)lane.Index << 24));
                break;
            case Instr.V128Const constant:
                Vector(V128ConstOpcode, constant.Bits);
                break;
            case Instr.Shuffle shuffle:
                Vector(ShuffleOpcode, shuffle.Lanes);
                break;
            case Instr.MemoryCopy copy:
                bytes += 2;
                Name(copy.To, IndexUse.Plain);
                Name(copy.From, IndexUse.Plain);
                break;
            case Instr.CallIndirect call:
                bytes++;
                Name(call.Type, IndexUse.Plain);
                Name(call.Table, IndexUse.Plain);
                break;
            case Instr.RefFunc reference:
                bytes++;
                Name(reference.Func, IndexUse.Plain);
                break;
            case Instr.TryTable attempt:
                Open(BlockKind.Try, attempt.Label, attempt.Type, attempt.CatchAll);
                Note(attempt.Body);
                Close();
                break;
        }
    }

    private void Note(EquatableArray<Instr> body)
    {
        foreach (var instr in body)
            Note(instr);
    }
}
