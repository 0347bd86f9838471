using System;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>Whether functions do the same: equal types, types of locals, bodies and traps, paths included. Names do not count, and functions of one class are the
/// same.</summary>
/// <param name="classOf">The class of a function, which takes the place of its id.</param>
internal readonly struct CodeEquality(Func<FuncId, int> classOf)
{
    /// <summary>Whether two functions do the same.</summary>
    public bool Same(SymbolicFunc a, SymbolicFunc b) =>
        a.Code.FixedLength == b.Code.FixedLength && a.Type == b.Type && SameTypes(a.Locals.AsSpan(), b.Locals.AsSpan()) && Same(a.Body, b.Body);

    private static bool SameTypes(ReadOnlySpan<VirtualLocal> a, ReadOnlySpan<VirtualLocal> b)
    {
        if (a.Length != b.Length)
            return false;
        for (int i = 0; i < a.Length; i++)
        {
            if (a[i].Type != b[i].Type)
                return false;
        }
        return true;
    }

    private bool Same(EquatableArray<Instr> x, EquatableArray<Instr> y)
    {
        ReadOnlySpan<Instr> a = x.AsSpan(), b = y.AsSpan();
        if (a.Length != b.Length)
            return false;
        for (int i = 0; i < a.Length; i++)
        {
            if (!Same(a[i], b[i]))
                return false;
        }
        return true;
    }

    // Not even the same object is looked into: a function of an earlier class keeps its class.
    private bool Same(Instr a, Instr b) => ReferenceEquals(a, b) || a switch
    {
        Instr.Call x => b is Instr.Call y && x.Path == y.Path && Same(x.Func, y.Func),
        Instr.RefFunc x => b is Instr.RefFunc y && Same(x.Func, y.Func),
        Instr.Block x => b is Instr.Block y && x.Type == y.Type && x.Label == y.Label && Same(x.Body, y.Body),
        Instr.Loop x => b is Instr.Loop y && x.Type == y.Type && x.Label == y.Label && Same(x.Body, y.Body),
        Instr.If x => b is Instr.If y && x.Type == y.Type && x.Label == y.Label && Same(x.Then, y.Then) && Same(x.Else, y.Else),
        Instr.TryTable x => b is Instr.TryTable y && x.Type == y.Type && x.Label == y.Label && x.CatchAll == y.CatchAll && Same(x.Body, y.Body),
        Instr.Local or Instr.Memory or Instr.I32Const or Instr.Plain or Instr.Trap or Instr.Br or Instr.BrIf or Instr.BrTable
            or Instr.I64Const or Instr.F32Const or Instr.F64Const or Instr.MemorySize or Instr.MemoryCopy
            or Instr.Global or Instr.CallIndirect or Instr.MemoryLane or Instr.MemoryGrow or Instr.MemoryFill or Instr.V128Const or Instr.Lane or Instr.Shuffle => a == b,
    };

    private bool Same(FuncRef a, FuncRef b) => a switch
    {
        FuncRef.Imported => a == b,
        FuncRef.Defined x => b is FuncRef.Defined y && classOf(x.Id) == classOf(y.Id),
    };
}
