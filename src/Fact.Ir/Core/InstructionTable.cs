using System;
using System.Collections.Generic;
using System.Globalization;

namespace Fact.Ir;

/// <summary>
/// All instructions of WebAssembly 3.0 and of the proposals that types are read of: opcode, mnemonic, immediates. Whatever reads, writes or names
/// instructions takes it from here.
/// </summary>
/// <remarks>
/// An opcode is a number: the byte itself, or for those with a prefix the prefix followed by three digits for the number behind it, as in <c>0xFD00C</c>.
/// </remarks>
internal static partial class InstructionTable
{
    private const int FirstPrefix = 0xFB, LastPrefix = 0xFE, Unprefixed = 256, Prefixed = 512;
    private const uint Unknown = uint.MaxValue;

    private static readonly Instruction?[] Instructions = Parse();
    private static readonly uint[] Kinds = Array.ConvertAll(Instructions, instruction => instruction?.Immediates ?? Unknown);

    /// <summary>All instructions, by opcode.</summary>
    public static IEnumerable<Instruction> All => Array.FindAll(Instructions, instruction => instruction is not null)!;

    /// <summary>The instruction of an opcode; null where there is none.</summary>
    public static Instruction? Find(int opcode)
    {
        int slot = Slot(opcode);
        return slot < 0 ? null : Instructions[slot];
    }

    /// <summary>The mnemonic of an opcode that exists.</summary>
    public static string Mnemonic(int opcode) =>
        Find(opcode)?.Mnemonic ?? throw new ArgumentOutOfRangeException(nameof(opcode), opcode, "no instruction has this opcode");

    /// <summary>The kinds of the immediates of an opcode, one in a byte, the first in the lowest; false where there is no such instruction.</summary>
    public static bool TryGetImmediates(int opcode, out uint kinds)
    {
        int slot = Slot(opcode);
        kinds = slot < 0 ? Unknown : Kinds[slot];
        return kinds != Unknown;
    }

    /// <summary>Whether a byte is not an opcode but the first part of one.</summary>
    public static bool IsPrefix(byte first) => first is >= FirstPrefix and <= LastPrefix;

    /// <summary>The opcode of a prefix and the number behind it; −1 where no instruction can have it.</summary>
    public static int Opcode(byte prefix, uint number) => number < Prefixed ? (prefix << 12) | (int)number : -1;

    private static int Slot(int opcode)
    {
        if ((uint)opcode < Unprefixed)
            return opcode;
        int prefix = opcode >> 12, number = opcode & 0xFFF;
        return prefix is >= FirstPrefix and <= LastPrefix && number < Prefixed ? Unprefixed + ((prefix - FirstPrefix) * Prefixed) + number : -1;
    }

    private static Instruction?[] Parse()
    {
        var instructions = new Instruction?[Unprefixed + ((LastPrefix - FirstPrefix + 1) * Prefixed)];
        foreach (var row in Rows.AsSpan().EnumerateLines())
        {
            string[] words = row.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            int opcode = words[0].Length == 2
                ? int.Parse(words[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                : Opcode(Convert.ToByte(words[0][..2], 16), uint.Parse(words[0][2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            uint kinds = 0;
            string[] immediates = words[1] == "-" ? [] : words[1].Split(',');
            for (int i = 0; i < immediates.Length; i++)
                kinds |= (uint)Enum.Parse<ImmediateKind>(immediates[i], ignoreCase: true) << (8 * i);
            foreach (string word in words.AsSpan(2))
            {
                instructions[Slot(opcode)] = new Instruction(opcode, word.TrimEnd('*'), kinds, IsConstant: word[^1] == '*');
                opcode++;
            }
        }
        return instructions;
    }
}

/// <summary>What is known of an instruction.</summary>
/// <param name="Opcode">Its opcode, as a number of <see cref="InstructionTable"/>.</param>
/// <param name="Mnemonic">Its name in the text format. Two opcodes have the same where the text says by an immediate which is meant.</param>
/// <param name="Immediates">The kinds of its immediates, one in a byte, the first in the lowest; 0 where there are no more.</param>
/// <param name="IsConstant">Whether constant expressions can have it.</param>
internal sealed record Instruction(int Opcode, string Mnemonic, uint Immediates, bool IsConstant)
{
    /// <summary>For an access to memory the binary logarithm of how many bytes it moves, which is the alignment that the text format takes for granted.</summary>
    public int NaturalAlignLog2 => (ImmediateKind)(byte)Immediates - ImmediateKind.Mem1;
}
