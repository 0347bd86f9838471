namespace Fact.Ir;

#pragma warning disable CS1591 // each value is the mnemonic of the specification, and its number is the opcode

/// <summary>Loads and stores; each value is the opcode, as in <see cref="PlainOp"/>.</summary>
internal enum MemoryOp
{
    I32Load = 0x28,
    I64Load = 0x29,
    F32Load = 0x2A,
    F64Load = 0x2B,
    I32Load8S = 0x2C, I32Load8U = 0x2D, I32Load16S = 0x2E, I32Load16U = 0x2F,
    I64Load8S = 0x30, I64Load8U = 0x31, I64Load16S = 0x32, I64Load16U = 0x33, I64Load32S = 0x34, I64Load32U = 0x35,
    I32Store = 0x36,
    I64Store = 0x37,
    F32Store = 0x38,
    F64Store = 0x39,
    I32Store8 = 0x3A, I32Store16 = 0x3B,
    I64Store8 = 0x3C, I64Store16 = 0x3D, I64Store32 = 0x3E,
    V128Load = 0xFD000, V128Load8x8S = 0xFD001, V128Load8x8U = 0xFD002, V128Load16x4S = 0xFD003, V128Load16x4U = 0xFD004, V128Load32x2S = 0xFD005,
    V128Load32x2U = 0xFD006, V128Load8Splat = 0xFD007, V128Load16Splat = 0xFD008, V128Load32Splat = 0xFD009, V128Load64Splat = 0xFD00A,
    V128Store = 0xFD00B, V128Load32Zero = 0xFD05C, V128Load64Zero = 0xFD05D,
}

/// <summary>Loads and stores of one lane of a vector; each value is the opcode.</summary>
internal enum MemoryLaneOp
{
    V128Load8Lane = 0xFD054, V128Load16Lane = 0xFD055, V128Load32Lane = 0xFD056, V128Load64Lane = 0xFD057, V128Store8Lane = 0xFD058,
    V128Store16Lane = 0xFD059, V128Store32Lane = 0xFD05A, V128Store64Lane = 0xFD05B,
}

/// <summary>What reads or replaces one lane of a vector; each value is the opcode.</summary>
internal enum LaneOp
{
    I8x16ExtractLaneS = 0xFD015, I8x16ExtractLaneU = 0xFD016, I8x16ReplaceLane = 0xFD017,
    I16x8ExtractLaneS = 0xFD018, I16x8ExtractLaneU = 0xFD019, I16x8ReplaceLane = 0xFD01A,
    I32x4ExtractLane = 0xFD01B, I32x4ReplaceLane = 0xFD01C,
    I64x2ExtractLane = 0xFD01D, I64x2ReplaceLane = 0xFD01E,
    F32x4ExtractLane = 0xFD01F, F32x4ReplaceLane = 0xFD020,
    F64x2ExtractLane = 0xFD021, F64x2ReplaceLane = 0xFD022,
}

/// <summary>What to do with a local; each value is the opcode.</summary>
internal enum LocalOp : byte
{
    Get = 0x20, Set = 0x21, Tee = 0x22,
}

/// <summary>What to do with a global; each value is the opcode.</summary>
internal enum GlobalOp : byte
{
    Get = 0x23, Set = 0x24,
}
