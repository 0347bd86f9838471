using System;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>Code with the indices that it stands for, for those who look at a module without encoding it.</summary>
internal static class NumberedCode
{
    /// <summary>Shows every instruction of a function that names one thing by its index, in the order of the code, those in blocks included.</summary>
    /// <param name="func">The function.</param>
    /// <param name="visit">Gets the instruction and the index of the function, global or memory that it names.</param>
    public static void Visit(ResolvedFunc func, Action<Instr, uint> visit)
    {
        var code = func.Code.Read();
        var immediates = new Immediates(code.Immediates, func.Numbering);
        Visit(code.Body.AsSpan(), ref immediates, visit);
    }

    private static void Visit(ReadOnlySpan<Instr> body, ref Immediates immediates, Action<Instr, uint> visit)
    {
        foreach (var instr in body)
        {
            switch (instr)
            {
                case Instr.Memory or Instr.MemoryLane or Instr.MemorySize or Instr.MemoryGrow or Instr.MemoryFill or Instr.Global or Instr.Call or Instr.RefFunc:
                    visit(instr, immediates.Next());
                    break;
                case Instr.MemoryCopy or Instr.CallIndirect:
                    immediates.Skip(2);
                    break;
                case Instr.Br or Instr.BrIf:
                    immediates.Skip(1);
                    break;
                case Instr.BrTable table:
                    immediates.Skip(table.Labels.Length + 1);
                    break;
                case Instr.Block block:
                    immediates.SkipType(block.Type);
                    Visit(block.Body.AsSpan(), ref immediates, visit);
                    break;
                case Instr.Loop loop:
                    immediates.SkipType(loop.Type);
                    Visit(loop.Body.AsSpan(), ref immediates, visit);
                    break;
                case Instr.If one:
                    immediates.SkipType(one.Type);
                    Visit(one.Then.AsSpan(), ref immediates, visit);
                    Visit(one.Else.AsSpan(), ref immediates, visit);
                    break;
                case Instr.TryTable attempt:
                    immediates.SkipType(attempt.Type);
                    immediates.Skip(1);
                    Visit(attempt.Body.AsSpan(), ref immediates, visit);
                    break;
                case Instr.Plain or Instr.Local or Instr.I32Const or Instr.I64Const or Instr.F32Const or Instr.F64Const
                    or Instr.V128Const or Instr.Lane or Instr.Shuffle or Instr.Trap:
                    break;
            }
        }
    }
}
