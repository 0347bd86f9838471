using System;
using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Model.Guests;

/// <summary>What guests spoil that break the rules.</summary>
internal static class Corruption
{
    /// <summary>Spoils one place of what a guest put into its memory.</summary>
    public static void Corrupt(Span<byte> used, Random random)
    {
        if (used.IsEmpty)
            return;
        int at = random.Next(used.Length), word = Math.Min(at & ~3, Math.Max(0, used.Length - 4));
        switch (random.Next(4))
        {
            case 0:
                used[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                used[at] = (byte)random.Next(256);
                break;
            case 2:
                used.Slice(word, Math.Min(4, used.Length)).Fill(0xFF);
                break;
            default:
                used[word] += (byte)random.Next(4);
                break;
        }
    }

    /// <summary>Spoils one core value.</summary>
    public static void Corrupt(List<CoreValue> values, Random random)
    {
        if (values.Count == 0)
            return;
        int i = random.Next(values.Count);
        ulong bits = random.Next(7) switch
        {
            0 => values[i].Bits + 1,
            1 => values[i].Bits ^ (1UL << random.Next(values[i].Type is CoreValType.I32 or CoreValType.F32 ? 32 : 64)),
            2 => ulong.MaxValue,
            3 => 0x1FFF0,
            4 => 1UL << 31,
            5 => values[i].Bits | (ulong)random.NextInt64() << 8,
            _ => (ulong)random.NextInt64(),
        };
        values[i] = WithBits(values[i], bits);
    }

    /// <summary>Puts any bits into all core values.</summary>
    public static void Garble(List<CoreValue> values, Random random)
    {
        for (int i = 0; i < values.Count; i++)
            values[i] = WithBits(values[i], (ulong)random.NextInt64(long.MinValue, long.MaxValue));
    }

    /// <summary>Puts any bits into some of what a guest put into its memory.</summary>
    public static void Garble(Span<byte> used, Random random)
    {
        foreach (ref byte one in used)
            one ^= random.Next(4) == 0 ? (byte)random.Next(256) : (byte)0;
    }

    /// <summary>One of the first answers of an allocator is a bad one: for <see cref="Heap.Answer"/>.</summary>
    public static Func<int, ReallocCall, ulong?> Answer(ulong memoryBytes, Random random)
    {
        int at = random.Next(3);
        ulong answer = random.Next(3) switch { 0 => memoryBytes - (ulong)random.Next(20), 1 => 0x9001, _ => 0xFFFF_FFFD };
        return (call, _) => call == at ? answer : null;
    }

    private static CoreValue WithBits(CoreValue value, ulong bits) => value with { Bits = value.Type is CoreValType.I32 or CoreValType.F32 ? (uint)bits : bits };
}
