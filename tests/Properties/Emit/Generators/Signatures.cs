using System;
using System.Linq;
using Fact.Ir;
using static Fact.Ir.CoreValType;

namespace Fact.Properties.Emit;

/// <summary>What the instructions take and leave. Spec: chapter "Validation".</summary>
internal static class Signatures
{
    /// <summary>The types of values that generated code makes.</summary>
    public static CoreValType[] Types { get; } = [I32, I64, F32, F64, CoreValType.FuncRef];

    public static PlainOp[] Numeric { get; } =
        [.. Enum.GetValues<PlainOp>().Where(op => op is not (PlainOp.Nop or PlainOp.Return or PlainOp.Drop or PlainOp.Select))];

    public static MemoryOp[] Loads { get; } = [.. Enum.GetValues<MemoryOp>().Where(op => !IsStore(op))];

    public static MemoryOp[] Stores { get; } = [.. Enum.GetValues<MemoryOp>().Where(IsStore)];

    public static (CoreValType[] Params, CoreValType Result) Of(PlainOp op) => (int)op switch
    {
        0x45 => ([I32], I32),
        >= 0x46 and <= 0x4F => ([I32, I32], I32),
        0x50 => ([I64], I32),
        >= 0x51 and <= 0x5A => ([I64, I64], I32),
        >= 0x67 and <= 0x69 => ([I32], I32),
        >= 0x6A and <= 0x78 => ([I32, I32], I32),
        >= 0x79 and <= 0x7B => ([I64], I64),
        >= 0x7C and <= 0x8A => ([I64, I64], I64),
        0xA7 => ([I64], I32),
        0xAC or 0xAD => ([I32], I64),
        0xB6 => ([F64], F32),
        0xBB => ([F32], F64),
        0xBC => ([F32], I32),
        0xBD => ([F64], I64),
        0xBE => ([I32], F32),
        0xBF => ([I64], F64),
        0xC0 or 0xC1 => ([I32], I32),
        >= 0xC2 and <= 0xC4 => ([I64], I64),
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "not a numeric instruction"),
    };

    /// <summary>The type of the value that is loaded or stored.</summary>
    public static CoreValType ValueOf(MemoryOp op) => Enum.Parse<CoreValType>(op.ToString()[..3]);

    /// <summary>How many bytes are loaded or stored.</summary>
    public static int BytesOf(MemoryOp op)
    {
        string width = new([.. op.ToString()[3..].Where(char.IsDigit)]);
        return (width.Length > 0 ? int.Parse(width) : ValueOf(op) is I64 or F64 ? 64 : 32) / 8;
    }

    private static bool IsStore(MemoryOp op) => op.ToString().Contains("Store");
}
