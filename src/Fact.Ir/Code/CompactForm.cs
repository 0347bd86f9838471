using System;
using System.Runtime.CompilerServices;

namespace Fact.Ir;

/// <summary>What the compact form of code has besides the binary format of core WebAssembly.</summary>
/// <remarks>
/// Every <c>unreachable</c> is followed by its <see cref="TrapCode"/>, shifted left by one; the lowest bit says that the number of a path follows. The index of a memory
/// stands after the offset, also for memory 0. Of <c>try_table</c> there is the type, then the label of its one clause. The type of a block that one byte cannot say is a
/// zero and the number of a symbol.
/// </remarks>
internal static class CompactForm
{
    /// <summary>A check, of which there are many: <c>(if (then unreachable))</c>. What follows is what follows <c>unreachable</c>.</summary>
    public const byte Guard = 0xE0;

    /// <summary>A <c>call</c> for a part of a value: after the function, the number of the path.</summary>
    public const byte CallWithPath = 0xE1;

    /// <summary>In place of the type of a block: a symbol follows.</summary>
    public const byte TypeSymbol = 0x00;

    /// <summary>Bytes of a guard in the module.</summary>
    public const int GuardLength = 4;

    /// <summary>Reads an unsigned number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Number(ReadOnlySpan<byte> code, ref int at)
    {
        string? problem = null;
        return Leb128.ReadUnsigned(code, ref at, 64, ref problem);
    }

    /// <summary>What follows the opcode of a vector instruction.</summary>
    public static VectorKind KindOf(int opcode) => opcode switch
    {
        <= (int)MemoryOp.V128Store or (int)MemoryOp.V128Load32Zero or (int)MemoryOp.V128Load64Zero => VectorKind.Access,
        Opcodes.V128Const or Opcodes.Shuffle => VectorKind.Bytes,
        >= (int)LaneOp.I8x16ExtractLaneS and <= (int)LaneOp.F64x2ReplaceLane => VectorKind.Lane,
        >= (int)MemoryLaneOp.V128Load8Lane and <= (int)MemoryLaneOp.V128Store64Lane => VectorKind.LaneAccess,
        _ => VectorKind.Plain,
    };
}

/// <summary>What follows the opcode of a vector instruction.</summary>
internal enum VectorKind
{
    /// <summary>Nothing.</summary>
    Plain,

    /// <summary>A place in a memory.</summary>
    Access,

    /// <summary>A place in a memory, then the number of a lane.</summary>
    LaneAccess,

    /// <summary>The number of a lane.</summary>
    Lane,

    /// <summary>Sixteen bytes.</summary>
    Bytes,
}
