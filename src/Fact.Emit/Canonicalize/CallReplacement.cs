using System;
using System.Runtime.InteropServices;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>Code whose references to functions are replaced; parts without any that changes are kept as they are, not copied.</summary>
/// <param name="replace">Gives the function to name instead, the same object where nothing changes.</param>
internal readonly struct CallReplacement(Func<FuncRef, FuncRef> replace)
{
    /// <summary>Replaces what the body names.</summary>
    public SymbolicFunc In(SymbolicFunc func)
    {
        var body = In(func.Body);
        return Same(body, func.Body) ? func : func with { Body = body };
    }

    /// <summary>Replaces what the export names.</summary>
    public ProgramExport In(ProgramExport export)
    {
        var func = replace(export.Func);
        return ReferenceEquals(func, export.Func) ? export : export with { Func = func };
    }

    private EquatableArray<Instr> In(EquatableArray<Instr> body)
    {
        var from = body.AsSpan();
        Instr[]? changed = null;
        for (int i = 0; i < from.Length; i++)
        {
            var instr = In(from[i]);
            if (ReferenceEquals(instr, from[i]))
                continue;
            changed ??= from.ToArray();
            changed[i] = instr;
        }
        return changed is null ? body : new(ImmutableCollectionsMarshal.AsImmutableArray(changed));
    }

    private Instr In(Instr instr) => instr switch
    {
        Instr.Call call => replace(call.Func) is var func && ReferenceEquals(func, call.Func) ? call : call with { Func = func },
        Instr.RefFunc reference => replace(reference.Func) is var func && ReferenceEquals(func, reference.Func) ? reference : new Instr.RefFunc(func),
        Instr.Block block => In(block.Body) is var body && Same(body, block.Body) ? block : block with { Body = body },
        Instr.Loop loop => In(loop.Body) is var body && Same(body, loop.Body) ? loop : loop with { Body = body },
        Instr.TryTable attempt => In(attempt.Body) is var body && Same(body, attempt.Body) ? attempt : attempt with { Body = body },
        Instr.If one => In(one.Then) is var then && In(one.Else) is var otherwise && Same(then, one.Then) && Same(otherwise, one.Else)
            ? one
            : one with { Then = then, Else = otherwise },
        Instr.Local or Instr.Memory or Instr.I32Const or Instr.Plain or Instr.Trap or Instr.Br or Instr.BrIf or Instr.BrTable
            or Instr.I64Const or Instr.F32Const or Instr.F64Const or Instr.MemorySize or Instr.MemoryCopy
            or Instr.Global or Instr.CallIndirect or Instr.MemoryLane or Instr.MemoryGrow or Instr.MemoryFill or Instr.V128Const or Instr.Lane or Instr.Shuffle => instr,
    };

    private static bool Same(EquatableArray<Instr> a, EquatableArray<Instr> b) => a.AsSpan() == b.AsSpan();
}
