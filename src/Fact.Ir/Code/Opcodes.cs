namespace Fact.Ir;

/// <summary>The opcodes of instructions with immediates; those without are their own <see cref="PlainOp"/>.</summary>
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
        LocalGet = (byte)LocalOp.Get,
        LocalSet = (byte)LocalOp.Set,
        LocalTee = (byte)LocalOp.Tee,
        GlobalGet = (byte)GlobalOp.Get,
        GlobalSet = (byte)GlobalOp.Set,
        FirstAccess = (byte)MemoryOp.I32Load,
        LastAccess = (byte)MemoryOp.I64Store32,
        MemorySize = 0x3F,
        MemoryGrow = 0x40,
        I32Const = 0x41,
        I64Const = 0x42,
        F32Const = 0x43,
        F64Const = 0x44,
        RefFunc = 0xD2,
        Prefix = 0xFC,
        VectorPrefix = 0xFD,
        MemoryInit = 8,
        MemoryCopy = 10,
        MemoryFill = 11,
        CatchAll = 0x02;

    /// <summary>Opcodes with a prefix, as in <see cref="PlainOp"/>.</summary>
    public const int V128Const = 0xFD00C, Shuffle = 0xFD00D;

    /// <summary>The type of a block that takes and leaves nothing.</summary>
    public const byte EmptyBlock = 0x40;

    /// <summary>In the alignment of a load or store: the index of the memory follows.</summary>
    public const uint HasMemory = 1 << 6;
}
