using System;
using System.Linq;
using Fact.Ir;
using static Fact.Ir.CoreValType;

namespace Fact.Properties.Emit;

/// <summary>What the instructions take and leave. Spec: chapter "Validation".</summary>
internal static class Signatures
{
    /// <summary>The types of values that generated code makes.</summary>
    public static CoreValType[] Types { get; } = [I32, I64, F32, F64, V128, CoreValType.FuncRef];

    /// <summary>What takes and leaves integers of 128 bits, as two values each.</summary>
    public static PlainOp[] Wide { get; } = [PlainOp.I64Add128, PlainOp.I64Sub128, PlainOp.I64MulWideS, PlainOp.I64MulWideU];

    public static PlainOp[] Numeric { get; } =
        [.. Enum.GetValues<PlainOp>().Where(op => op is not (PlainOp.Nop or PlainOp.Return or PlainOp.Drop or PlainOp.Select) && !Wide.Contains(op))];

    public static MemoryOp[] Loads { get; } = [.. Enum.GetValues<MemoryOp>().Where(op => !IsStore(op))];

    public static MemoryOp[] Stores { get; } = [.. Enum.GetValues<MemoryOp>().Where(IsStore)];

    public static LaneOp[] Lanes { get; } = Enum.GetValues<LaneOp>();

    public static MemoryLaneOp[] MemoryLanes { get; } = Enum.GetValues<MemoryLaneOp>();

    public static (CoreValType[] Params, CoreValType Result) Of(PlainOp op) => (int)op switch
    {
        0x45 => ([I32], I32),
        >= 0x46 and <= 0x4F => ([I32, I32], I32),
        0x50 => ([I64], I32),
        >= 0x51 and <= 0x5A => ([I64, I64], I32),
        >= 0x5B and <= 0x60 => ([F32, F32], I32),
        >= 0x61 and <= 0x66 => ([F64, F64], I32),
        >= 0x67 and <= 0x69 => ([I32], I32),
        >= 0x6A and <= 0x78 => ([I32, I32], I32),
        >= 0x79 and <= 0x7B => ([I64], I64),
        >= 0x7C and <= 0x8A => ([I64, I64], I64),
        >= 0x8B and <= 0x91 => ([F32], F32),
        >= 0x92 and <= 0x98 => ([F32, F32], F32),
        >= 0x99 and <= 0x9F => ([F64], F64),
        >= 0xA0 and <= 0xA6 => ([F64, F64], F64),
        >= 0xA7 and <= 0xBF or (>= 0xFC000 and <= 0xFC007) => Conversion(op.ToString()),
        0xC0 or 0xC1 => ([I32], I32),
        >= 0xC2 and <= 0xC4 => ([I64], I64),
        > 0xFD000 => Vector(op.ToString()),
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "not a numeric instruction"),
    };

    /// <summary>The type of the value that is loaded or stored.</summary>
    public static CoreValType ValueOf(MemoryOp op) => op.ToString() is var name && name.StartsWith("V128") ? V128 : Enum.Parse<CoreValType>(name[..3]);

    /// <summary>How many bytes are loaded or stored.</summary>
    public static int BytesOf(MemoryOp op)
    {
        string name = op.ToString();
        if (name is "V128Load" or "V128Store")
            return 16;
        string rest = name[(name.StartsWith("V128") ? 4 : 3)..];
        // 8x8 are eight times eight bits, and there are two more such pairs.
        if (rest.Contains('x'))
            return 8;
        string width = new([.. rest.Where(char.IsDigit)]);
        return (width.Length > 0 ? int.Parse(width) : ValueOf(op) is I64 or F64 ? 64 : 32) / 8;
    }

    /// <summary>How many bytes are loaded or stored.</summary>
    public static int BytesOf(MemoryLaneOp op) => int.Parse(new string([.. op.ToString()[4..].Where(char.IsDigit)])) / 8;

    public static bool IsLoad(MemoryLaneOp op) => op.ToString().Contains("Load");

    /// <summary>What a lane instruction takes besides the vector, if it replaces a lane, or leaves, if it does not; and how many lanes there are.</summary>
    public static (CoreValType Type, int Count, bool Replaces) Of(LaneOp op)
    {
        string name = op.ToString();
        return (LaneType(name), int.Parse(name[(name.IndexOf('x') + 1)..][..name[(name.IndexOf('x') + 1)..].TakeWhile(char.IsDigit).Count()]), name.Contains("Replace"));
    }

    // i32.trunc_f64_s: the result, what is done, the operand.
    private static (CoreValType[] Params, CoreValType Result) Conversion(string name)
    {
        int from = name.LastIndexOfAny(['I', 'F']);
        return ([Enum.Parse<CoreValType>(name.Substring(from, 3))], Enum.Parse<CoreValType>(name[..3]));
    }

    private static (CoreValType[] Params, CoreValType Result) Vector(string name)
    {
        string what = name.StartsWith("V128") ? name[4..] : name[(name.IndexOf('x') + 1)..].TrimStart("0123456789".ToCharArray());
        return what switch
        {
            "Splat" => ([LaneType(name)], V128),
            "AnyTrue" or "AllTrue" or "Bitmask" => ([V128], I32),
            "Shl" or "ShrS" or "ShrU" => ([V128, I32], V128),
            "Bitselect" or "RelaxedMadd" or "RelaxedNmadd" or "RelaxedLaneselect" or "RelaxedDotI8x16I7x16AddS" => ([V128, V128, V128], V128),
            "Not" or "Abs" or "Neg" or "Popcnt" or "Ceil" or "Floor" or "Nearest" or "Sqrt" => ([V128], V128),
            _ when new[] { "Trunc", "RelaxedTrunc", "Extend", "Extadd", "Convert", "Demote", "Promote" }.Any(what.StartsWith) => ([V128], V128),
            _ => ([V128, V128], V128),
        };
    }

    private static CoreValType LaneType(string name) => name.Split('x')[0] switch
    {
        "I64" => I64,
        "F32" => F32,
        "F64" => F64,
        _ => I32,
    };

    private static bool IsStore(MemoryOp op) => op.ToString().Contains("Store");
}
