using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>A hash of code that is the same for code that <see cref="CodeEquality"/> calls equal, whatever functions of the program the code calls.</summary>
/// <param name="numbers">The positions of the functions of the program.</param>
/// <param name="callees">The functions that the code names are added to this, in order.</param>
internal readonly struct CodeHash(FuncNumbers numbers, List<int> callees)
{
    /// <summary>The hash of a function's type, locals and body.</summary>
    public int Of(SymbolicFunc func)
    {
        int hash = Shape(func);
        foreach (var local in func.Locals)
            hash = Mix(hash, (int)local.Type);
        return Of(func.Body, hash);
    }

    /// <summary>A hash that costs nothing, of what no call can change.</summary>
    public static int Shape(SymbolicFunc func) =>
        Mix(Mix(Mix(func.Type.Params.Length, func.Type.Results.Length), func.Locals.Length), func.Body.Length);

    private int Of(EquatableArray<Instr> body, int hash)
    {
        foreach (var instr in body)
            hash = Of(instr, hash);
        return Mix(hash, body.Length);
    }

    private int Of(Instr instr, int hash) => instr switch
    {
        Instr.Local local => Mix(hash, ((int)local.Op << 16) ^ local.Id.Value),
        Instr.I32Const constant => Mix(hash, constant.Value),
        Instr.Plain plain => Mix(hash, (int)plain.Op),
        Instr.Memory memory => Mix(Mix(hash, ((int)memory.Op << 16) ^ (int)memory.Arg.Offset), (int)memory.Mem.Id.Value),
        Instr.Call call => Mix(hash, Of(call.Func)),
        Instr.Global global => Mix(hash, (int)global.Flags.Instance.Value),
        Instr.If one => Of(one.Else, Of(one.Then, Mix(hash, 1))),
        Instr.Trap trap => Mix(hash, (int)trap.Code),
        Instr.BrIf branch => Mix(hash, branch.Label.Value),
        Instr.Br branch => Mix(hash, branch.Label.Value),
        Instr.Block block => Of(block.Body, Mix(hash, 2)),
        Instr.Loop loop => Of(loop.Body, Mix(hash, 3)),
        Instr.TryTable attempt => Of(attempt.Body, Mix(hash, 4)),
        Instr.I64Const constant => Mix(hash, constant.Value.GetHashCode()),
        Instr.F32Const constant => Mix(hash, (int)constant.Bits),
        Instr.F64Const constant => Mix(hash, constant.Bits.GetHashCode()),
        Instr.BrTable table => Mix(hash, table.Labels.Length),
        Instr.MemorySize size => Mix(hash, (int)size.Mem.Id.Value),
        Instr.MemoryCopy copy => Mix(hash, (int)copy.To.Id.Value),
        Instr.RefFunc reference => Mix(hash, Of(reference.Func)),
    };

    private int Of(FuncRef func) => func switch
    {
        FuncRef.Imported imported => imported.Import.GetHashCode(),
        FuncRef.Defined defined => Callee(numbers[defined.Id]),
    };

    private int Callee(int number)
    {
        callees.Add(number);
        return 0;
    }

    /// <summary>Adds a number to a hash.</summary>
    public static int Mix(int hash, int value) => (int)((((uint)hash << 5) | ((uint)hash >> 27)) ^ (uint)value) * unchecked((int)0x9E3779B1);
}
