using System;
using Fact.Ir;

namespace Fact.Lower.Runtime.Transcode;

/// <summary>
/// UTF-8 checked sixteen bytes at a time: what is wrong with two bytes in a row shows where three tables, of the first one's halves and of the second one's upper
/// half, all have the bit of a mistake. See Keiser and Lemire, "Validating UTF-8 In Less Than One Instruction Per Byte".
/// </summary>
internal static class Utf8Vectors
{
    /// <summary>Bytes of a vector.</summary>
    public const uint Block = 16;

    private const uint AsciiBlock = 64;

    // The mistakes that two bytes can show, and, as a mistake that is none, that the second of two continuations needs a third or fourth byte before it.
    private const byte
        TooShort = 1 << 0, TooLong = 1 << 1, Overlong3 = 1 << 2, TooLarge = 1 << 3, Surrogate = 1 << 4, Overlong2 = 1 << 5,
        TooLarge1000 = 1 << 6, Overlong4 = 1 << 6, TwoContinuations = 1 << 7,
        Any = TooShort | TooLong | TwoContinuations;

    private static readonly Instr FirstUpper = Table(half => half switch
    {
        < 0x8 => TooLong,
        < 0xC => TwoContinuations,
        0xC => TooShort | Overlong2,
        0xD => TooShort,
        0xE => TooShort | Overlong3 | Surrogate,
        _ => TooShort | TooLarge | TooLarge1000 | Overlong4,
    });

    private static readonly Instr FirstLower = Table(half => half switch
    {
        0x0 => Any | Overlong3 | Overlong2 | Overlong4,
        0x1 => Any | Overlong2,
        < 0x4 => Any,
        0x4 => Any | TooLarge,
        0xD => Any | TooLarge | TooLarge1000 | Surrogate,
        _ => Any | TooLarge | TooLarge1000,
    });

    private static readonly Instr SecondUpper = Table(half => half switch
    {
        < 0x8 or > 0xB => TooShort,
        0x8 => TooLong | Overlong2 | TwoContinuations | Overlong3 | TooLarge1000 | Overlong4,
        0x9 => TooLong | Overlong2 | TwoContinuations | Overlong3 | TooLarge,
        _ => TooLong | Overlong2 | TwoContinuations | Surrogate | TooLarge,
    });

    // The last three bytes of a string must not ask for more than there is: what is left after this is taken off does.
    private static readonly Instr MostAtEnd = Table(at => at switch { 13 => 0xEF, 14 => 0xDF, 15 => 0xBF, _ => 0xFF });

    private static readonly Instr Zero = Table(_ => 0), HighBits = Table(_ => 0x80), LowerHalf = Table(_ => 0x0F);

    private static readonly Instr Third = Table(_ => 0xE0 - 0x80), Fourth = Table(_ => 0xF0 - 0x80);

    /// <summary>Checks a string of two blocks or more.</summary>
    public static void Check(RoutineCode c)
    {
        var b = c.B;
        LocalId before = New(c, "before"), error = New(c, "error"), bytes = b.Local(CoreValType.V128, "bytes");
        var again = b.Loop(CoreFuncType.Empty);

        c.IfUnits(AsciiBlock);
        for (uint at = 0; at < AsciiBlock; at += Block)
        {
            c.Load(MemoryOp.V128Load, c.Src, at);
            if (at == AsciiBlock - Block)
                b.Tee(bytes);
            if (at > 0)
                b.Op(PlainOp.V128Or);
        }
        PushHasHighBit(c);
        b.Op(PlainOp.I32Eqz);
        c.If();
        AddIncomplete(c, before, error);
        b.Get(bytes);
        b.Set(before);
        c.Advance(AsciiBlock, AsciiBlock, 0);
        c.Branch(again);
        b.End();
        b.End();

        c.IfUnits(Block);
        c.Load(MemoryOp.V128Load, c.Src);
        b.Set(bytes);
        AddErrors(c, before, bytes, error);
        b.Get(bytes);
        b.Set(before);
        c.Advance(Block, Block, 0);
        c.Branch(again);
        b.End();

        // The rest, with bytes before it that make it a block, as if it were the next.
        c.IfUnits(1);
        b.Get(c.Src);
        c.PushLen(1);
        c.SourcePtr.Add(b);
        c.SourcePtr.Const(b, 2 * Block);
        c.SourcePtr.Sub(b);
        b.Tee(c.Src);
        b.Access(MemoryOp.V128Load, new(0, 0), c.From);
        b.Set(before);
        c.Add(c.SourcePtr, c.Src, Block);
        c.SourcePtr.Const(b, Block);
        b.Set(c.Len);
        c.Branch(again);
        b.End();
        b.End();

        AddIncomplete(c, before, error);
        b.Get(error);
        b.Op(PlainOp.V128AnyTrue);
        c.TrapIf(TrapCode.InvalidUtf8);
    }

    private static LocalId New(RoutineCode c, string name)
    {
        c.B.Emit(Zero);
        return c.B.SetNew(CoreValType.V128, name);
    }

    private static void PushHasHighBit(RoutineCode c)
    {
        c.B.Emit(HighBits);
        c.B.Op(PlainOp.V128And);
        c.B.Op(PlainOp.V128AnyTrue);
    }

    private static void AddIncomplete(RoutineCode c, LocalId bytes, LocalId error)
    {
        var b = c.B;
        b.Get(bytes);
        b.Emit(MostAtEnd);
        b.Op(PlainOp.I8x16SubSatU);
        b.Get(error);
        b.Op(PlainOp.V128Or);
        b.Set(error);
    }

    private static void AddErrors(RoutineCode c, LocalId before, LocalId bytes, LocalId error)
    {
        var b = c.B;
        PushEarlier(c, before, bytes, 1);
        var previous = b.SetNew(CoreValType.V128, "previous");
        b.Emit(FirstUpper);
        PushUpperHalf(c, previous);
        b.Op(PlainOp.I8x16Swizzle);
        b.Emit(FirstLower);
        b.Get(previous);
        b.Emit(LowerHalf);
        b.Op(PlainOp.V128And);
        b.Op(PlainOp.I8x16Swizzle);
        b.Op(PlainOp.V128And);
        b.Emit(SecondUpper);
        PushUpperHalf(c, bytes);
        b.Op(PlainOp.I8x16Swizzle);
        b.Op(PlainOp.V128And);

        // Two continuations in a row are right exactly where a third or a fourth byte is due.
        PushEarlier(c, before, bytes, 2);
        b.Emit(Third);
        b.Op(PlainOp.I8x16SubSatU);
        PushEarlier(c, before, bytes, 3);
        b.Emit(Fourth);
        b.Op(PlainOp.I8x16SubSatU);
        b.Op(PlainOp.V128Or);
        b.Emit(HighBits);
        b.Op(PlainOp.V128And);
        b.Op(PlainOp.V128Xor);
        b.Get(error);
        b.Op(PlainOp.V128Or);
        b.Set(error);
    }

    /// <summary>Pushes for each byte the one that is so many before it.</summary>
    private static void PushEarlier(RoutineCode c, LocalId before, LocalId bytes, int distance)
    {
        c.B.Get(before);
        c.B.Get(bytes);
        c.B.Emit(new Instr.Shuffle(Bytes(lane => (byte)((int)Block - distance + lane))));
    }

    private static void PushUpperHalf(RoutineCode c, LocalId bytes)
    {
        c.B.Get(bytes);
        c.B.I32(4);
        c.B.Op(PlainOp.I8x16ShrU);
    }

    private static Instr Table(Func<int, int> entry) => new Instr.V128Const(Bytes(at => (byte)entry(at)));

    private static UInt128 Bytes(Func<int, byte> lane)
    {
        UInt128 bits = 0;
        for (int i = 0; i < (int)Block; i++)
            bits |= (UInt128)lane(i) << (8 * i);
        return bits;
    }
}
