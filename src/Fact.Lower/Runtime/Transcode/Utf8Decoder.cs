using System;
using Fact.Ir;

namespace Fact.Lower.Runtime.Transcode;

/// <summary>One character of UTF-8 that is not ASCII.</summary>
internal static class Utf8Decoder
{
    /// <summary>
    /// Traps unless a character starts at the source and ends in it.
    /// <code>
    /// (if (lead &lt; 0xE0) (then … 0xC2 and more, a byte follows)
    /// (else (if (lead &lt; 0xF0) (then … two follow; no surrogate, not below 0x800)
    /// (else … three follow; not below 0x10000, below 0x110000))))
    /// </code>
    /// </summary>
    /// <param name="c">The routine.</param>
    /// <param name="lead">Its first byte, 0x80 or more.</param>
    /// <param name="found">What is done with the character, in each of the branches: its scalar value and its bytes.</param>
    public static void Write(RoutineCode c, LocalId lead, Action<LocalId, uint> found)
    {
        var b = c.B;
        b.Get(lead);
        c.I32(0xE0, PlainOp.I32LtU);
        c.If();
        b.Get(lead);
        c.I32(0xC2, PlainOp.I32LtU);
        TrapUnlessUnits(c, 2);
        found(Scalar(c, lead, 0xC0, 2), 2);
        b.Else();
        b.Get(lead);
        c.I32(0xF0, PlainOp.I32LtU);
        c.If();
        b.I32(0);
        TrapUnlessUnits(c, 3);
        var scalar = Scalar(c, lead, 0xE0, 3);
        b.Get(scalar);
        c.I32(0x800, PlainOp.I32LtU);
        b.Get(scalar);
        c.I32(0xF800, PlainOp.I32And);
        c.I32(0xD800, PlainOp.I32Eq);
        b.Op(PlainOp.I32Or);
        c.TrapIf(TrapCode.InvalidUtf8);
        found(scalar, 3);
        b.Else();
        b.I32(0);
        TrapUnlessUnits(c, 4);
        scalar = Scalar(c, lead, 0xF0, 4);
        b.Get(scalar);
        c.I32(0x10000, PlainOp.I32Sub);
        c.I32(0x100000, PlainOp.I32GeU);
        c.TrapIf(TrapCode.InvalidUtf8);
        found(scalar, 4);
        b.End();
        b.End();
    }

    /// <summary>Traps where the i32 on the stack is not zero, or fewer bytes are left.</summary>
    private static void TrapUnlessUnits(RoutineCode c, uint units)
    {
        c.HasUnits(units);
        c.B.Op(PlainOp.I32Eqz);
        c.B.Op(PlainOp.I32Or);
        c.TrapIf(TrapCode.InvalidUtf8);
    }

    /// <summary>Puts a character together. Bits of its first byte that make it more than a character has are left there.</summary>
    private static LocalId Scalar(RoutineCode c, LocalId lead, int mark, uint bytes)
    {
        var b = c.B;
        var rest = new LocalId[bytes - 1];
        for (uint i = 1; i < bytes; i++)
        {
            c.Load(MemoryOp.I32Load8U, c.Src, i);
            c.I32(0x80, PlainOp.I32Xor);
            rest[i - 1] = b.TeeNew(CoreValType.I32, "byte");
            if (i > 1)
                b.Op(PlainOp.I32Or);
        }
        c.I32(0x3F, PlainOp.I32GtU);
        c.TrapIf(TrapCode.InvalidUtf8);
        b.Get(lead);
        c.I32(mark, PlainOp.I32Xor);
        foreach (var next in rest)
        {
            c.I32(6, PlainOp.I32Shl);
            b.Get(next);
            b.Op(PlainOp.I32Or);
        }
        return b.SetNew(CoreValType.I32, "scalar");
    }
}
