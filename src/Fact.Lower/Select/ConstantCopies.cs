using System;
using System.Numerics;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Code;

namespace Fact.Lower.Select;

/// <summary>
/// Copies a constant number of bytes from memory to memory: few of them by loading all before any is stored, as wide as they are; more by <c>memory.copy</c>, which
/// engines write out where its size is a small constant.
/// </summary>
internal static class ConstantCopies
{
    private const uint MostWords = 2, Word = 8;

    /// <summary>Copies so many bytes.</summary>
    /// <param name="s">The function being built.</param>
    /// <param name="size">How many.</param>
    /// <param name="alignment">What both addresses are multiples of.</param>
    /// <param name="source">Where they are.</param>
    /// <param name="target">Where they go.</param>
    public static void Write(Scope s, uint size, uint alignment, in Source source, in Target target)
    {
        byte alignLog2 = (byte)BitOperations.Log2(alignment);
        Guards.AssertAligned(s, source.Side, source.Address, source.Offset, alignLog2);
        Guards.AssertAligned(s, target.Side, target.Address, target.Offset, alignLog2);
        if (size > MostWords * Word)
            ByMemoryCopy(s, size, source, target);
        else
            ByLoads(s, size, alignLog2, source, target);
    }

    /// <summary>The first and the last word may have bytes in common.</summary>
    private static void ByLoads(Scope s, uint size, byte alignLog2, in Source source, in Target target)
    {
        var b = s.Code;
        Span<(uint At, byte Log2)> pieces = stackalloc (uint, byte)[4];
        int count = 0;
        for (uint at = 0; at < size;)
        {
            uint rest = size - at;
            byte log2 = (byte)Math.Min(3, BitOperations.Log2(rest));
            // Three, or five to seven bytes that are left, are fewer instructions with a wider word that begins earlier.
            if (at > 0 && !BitOperations.IsPow2(rest))
                (log2, at) = ((byte)(log2 + 1), size - (2u << log2));
            pieces[count++] = (at, log2);
            at += 1u << log2;
        }
        for (int i = 0; i < count; i++)
        {
            b.Get(target.Address);
            b.Get(source.Address);
            s.Access(Load(pieces[i].Log2), source.Side, source.Offset + pieces[i].At, Align(pieces[i]));
        }
        while (count-- > 0)
            s.Access(Store(pieces[count].Log2), target.Side, target.Offset + pieces[count].At, Align(pieces[count]));

        byte Align((uint At, byte Log2) piece) => (byte)Math.Min(Math.Min(piece.Log2, alignLog2), BitOperations.TrailingZeroCount(piece.At));
    }

    private static void ByMemoryCopy(Scope s, uint size, in Source source, in Target target)
    {
        PushAddress(s, target.Side, target.Address, target.Offset);
        PushAddress(s, source.Side, source.Address, source.Offset);
        if (source.Side.Is64 && target.Side.Is64)
            s.Code.Emit(Instr.Const((long)size));
        else
            s.Code.I32((int)size);
        s.Code.Emit(new Instr.MemoryCopy(target.Side.Memory!, source.Side.Memory!));
    }

    /// <summary>Pushes an address, so many bytes further.</summary>
    public static void PushAddress(Scope s, Side side, LocalId address, uint offset)
    {
        s.Code.Get(address);
        if (offset == 0)
            return;
        side.Ptr.Const(s.Code, offset);
        side.Ptr.Add(s.Code);
    }

    /// <summary>Loads a power of two of bytes, up to 8, as an integer.</summary>
    public static MemoryOp Load(byte log2) => log2 switch
    {
        0 => MemoryOp.I32Load8U,
        1 => MemoryOp.I32Load16U,
        2 => MemoryOp.I32Load,
        _ => MemoryOp.I64Load,
    };

    /// <summary>Stores as many.</summary>
    public static MemoryOp Store(byte log2) => log2 switch
    {
        0 => MemoryOp.I32Store8,
        1 => MemoryOp.I32Store16,
        2 => MemoryOp.I32Store,
        _ => MemoryOp.I64Store,
    };
}
