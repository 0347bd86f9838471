using System;
using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>What an access to memory takes from the stack, above the address.</summary>
internal static class AccessOperands
{
    private static readonly CoreValType[] None = [];
    private static readonly Dictionary<int, CoreValType[]> Known = All();

    /// <summary>The types of the operands above the address, from the lowest; null where nobody knows.</summary>
    public static CoreValType[]? Of(int opcode) => Known.GetValueOrDefault(opcode);

    private static Dictionary<int, CoreValType[]> All()
    {
        var all = new Dictionary<int, CoreValType[]>();
        foreach (var instruction in InstructionTable.All)
        {
            if ((ImmediateKind)(byte)instruction.Immediates is >= ImmediateKind.Mem1 and <= ImmediateKind.Mem16 && Of(instruction.Mnemonic) is { } operands)
                all.Add(instruction.Opcode, operands);
        }
        return all;
    }

    // That is how the specification names them.
    private static CoreValType[]? Of(string mnemonic)
    {
        switch (mnemonic)
        {
            case "memory.atomic.notify":
                return [CoreValType.I32];
            case "memory.atomic.wait32":
                return [CoreValType.I32, CoreValType.I64];
            case "memory.atomic.wait64":
                return [CoreValType.I64, CoreValType.I64];
        }
        bool isVector = mnemonic.StartsWith("v128.", StringComparison.Ordinal);
        CoreValType? value = isVector ? CoreValType.V128
            : mnemonic.StartsWith("i32.", StringComparison.Ordinal) ? CoreValType.I32
            : mnemonic.StartsWith("i64.", StringComparison.Ordinal) ? CoreValType.I64
            : mnemonic.StartsWith("f32.", StringComparison.Ordinal) ? CoreValType.F32
            : mnemonic.StartsWith("f64.", StringComparison.Ordinal) ? CoreValType.F64
            : null;
        if (value is not { } type)
            return null;
        if (mnemonic.Contains("cmpxchg", StringComparison.Ordinal))
            return [type, type];
        return mnemonic.Contains(".store", StringComparison.Ordinal) || mnemonic.Contains(".rmw", StringComparison.Ordinal)
            || (isVector && mnemonic.EndsWith("_lane", StringComparison.Ordinal))
            ? [type]
            : mnemonic.Contains(".load", StringComparison.Ordinal) ? None : null;
    }
}
