using System;
using System.Text;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>The names of types and instructions in the text format. The names of our enums are those in another spelling: <c>I64Load32U</c> is <c>i64.load32_u</c>.</summary>
internal static class Mnemonics
{
    private static readonly string[] Plain = Table<PlainOp>(), Memory = Table<MemoryOp>();

    /// <summary>The mnemonic of an instruction without immediates.</summary>
    public static string Of(PlainOp op) => Plain[(int)op];

    /// <summary>The mnemonic of a load or store.</summary>
    public static string Of(MemoryOp op) => Memory[(int)op];

    /// <summary>The binary logarithm of the number of bytes that a load or store moves: the alignment that the text format takes for granted.</summary>
    public static int NaturalAlignLog2(MemoryOp op) => op switch
    {
        MemoryOp.I32Load8S or MemoryOp.I32Load8U or MemoryOp.I64Load8S or MemoryOp.I64Load8U or MemoryOp.I32Store8 or MemoryOp.I64Store8 => 0,
        MemoryOp.I32Load16S or MemoryOp.I32Load16U or MemoryOp.I64Load16S or MemoryOp.I64Load16U or MemoryOp.I32Store16 or MemoryOp.I64Store16 => 1,
        MemoryOp.I32Load or MemoryOp.F32Load or MemoryOp.I64Load32S or MemoryOp.I64Load32U or MemoryOp.I32Store or MemoryOp.F32Store or MemoryOp.I64Store32 => 2,
        MemoryOp.I64Load or MemoryOp.F64Load or MemoryOp.I64Store or MemoryOp.F64Store => 3,
        _ => -1,
    };

    private static string[] Table<T>()
        where T : struct, Enum
    {
        var table = new string[256];
        Array.Fill(table, "?");
        foreach (var op in Enum.GetValues<T>())
            table[Convert.ToInt32(op)] = Spell(op.ToString());
        return table;
    }

    private static string Spell(string name)
    {
        var spelled = new StringBuilder();
        int typed = name.Length > 3 && name[0] is 'I' or 'F' && char.IsDigit(name[1]) ? 3 : 0;
        for (int i = 0; i < name.Length; i++)
        {
            if (i == typed && i > 0)
                spelled.Append('.');
            else if (i > typed && char.IsUpper(name[i]))
                spelled.Append('_');
            spelled.Append(char.ToLowerInvariant(name[i]));
        }
        return spelled.ToString();
    }
}
