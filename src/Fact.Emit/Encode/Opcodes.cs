namespace Fact.Emit;

/// <summary>The opcodes of instructions with immediates; those without are their own <see cref="Fact.Ir.PlainOp"/>.</summary>
internal static class Opcodes
{
    public const byte
        Unreachable = 0x00,
        Block = 0x02,
        Loop = 0x03,
        If = 0x04,
        Else = 0x05,
        End = 0x0B,
        Br = 0x0C,
        BrIf = 0x0D,
        BrTable = 0x0E,
        Call = 0x10,
        CallIndirect = 0x11,
        TryTable = 0x1F,
        MemorySize = 0x3F,
        MemoryGrow = 0x40,
        I32Const = 0x41,
        I64Const = 0x42,
        F32Const = 0x43,
        F64Const = 0x44,
        RefFunc = 0xD2,
        Prefix = 0xFC,
        MemoryCopy = 10,
        MemoryFill = 11,
        CatchAll = 0x02;

    /// <summary>Opcodes with a prefix, as in <see cref="Fact.Ir.PlainOp"/>.</summary>
    public const int V128Const = 0xFD00C, Shuffle = 0xFD00D;

    /// <summary>In the alignment of a load or store: the index of the memory follows.</summary>
    public const uint HasMemory = 1 << 6;
}
