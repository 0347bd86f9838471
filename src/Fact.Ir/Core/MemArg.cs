namespace Fact.Ir;

/// <summary>The immediates of a load or store besides its memory.</summary>
/// <param name="Offset">Bytes added to the address operand.</param>
/// <param name="AlignLog2">The binary logarithm of the promised alignment in bytes.</param>
internal readonly record struct MemArg(ulong Offset, byte AlignLog2);
