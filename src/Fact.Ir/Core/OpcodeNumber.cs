namespace Fact.Ir;

/// <summary>Opcodes as the enumerations of operations have them: a byte, or a prefix followed by three hexadecimal digits for the number behind it.</summary>
internal static class OpcodeNumber
{
    private const int PrefixShift = 12;
    private const uint NumberMask = (1 << PrefixShift) - 1;

    /// <summary>Whether it has no prefix.</summary>
    public static bool IsByte(int opcode) => opcode <= byte.MaxValue;

    /// <summary>The prefix of one that has one.</summary>
    public static byte Prefix(int opcode) => (byte)(opcode >> PrefixShift);

    /// <summary>The number behind the prefix.</summary>
    public static uint Number(int opcode) => (uint)opcode & NumberMask;

    /// <summary>Bytes of the opcode. Spec: <c>instr</c>.</summary>
    public static int Length(int opcode) => IsByte(opcode) ? 1 : 1 + Leb128.Length(Number(opcode));
}
