using System;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// Globals whose values are written where they are read, in constant expressions: what was an import of a part is a global of the merged module, which engines
/// without garbage collection allow no constant expression to read, and none those of tables, which stand before globals.
/// </summary>
/// <param name="globals">How many globals the merged module has.</param>
/// <param name="imported">How many of them come from outside.</param>
internal sealed class GlobalConstants(int globals, int imported)
{
    // What is longer stays where it is: expressions that add up globals that add up globals would grow without end.
    private const int Longest = 32;

    /// <summary>The opcode of <c>global.get</c>.</summary>
    public const int GlobalGet = 0x23;

    private const int End = 0x0B, I32Const = 0x41, F64Const = 0x44, I32Add = 0x6A, I32Mul = 0x6C, I64Add = 0x7C, I64Mul = 0x7E, RefNull = 0xD0;

    private readonly ReadOnlyMemory<byte>[] values = new ReadOnlyMemory<byte>[globals];

    /// <summary>Whether an instruction has the same value wherever it is written: constants, sums, functions, null, and the end.</summary>
    public static bool IsPlain(int opcode) =>
        opcode is End or (>= I32Const and <= F64Const) or (>= I32Add and <= I32Mul) or (>= I64Add and <= I64Mul) or RefNull or References.RefFunc or Opcodes.V128Const;

    /// <summary>Remembers the value of a global that nothing assigns.</summary>
    /// <param name="global">Its number in the merged module.</param>
    /// <param name="expression">The plain expression for it, in the numbers of the merged module, its <c>end</c> included.</param>
    public void Add(int global, ReadOnlySpan<byte> expression)
    {
        if (expression.Length <= Longest)
            values[global] = expression[..^1].ToArray();
    }

    /// <summary>Whether a global of a part is one that the merged module defines.</summary>
    public bool IsDefined(ulong global, PartNumbers numbers) => numbers.Of(CoreExternKind.Global)[(int)global] >= (uint)imported;

    /// <summary>The instructions for the value of a global of a part; empty where it must be read.</summary>
    public ReadOnlyMemory<byte> Find(ulong global, PartNumbers numbers)
    {
        var space = numbers.Of(CoreExternKind.Global);
        return global < (uint)space.Length ? values[space[(int)global]] : default;
    }
}
