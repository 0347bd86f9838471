using Fact.Ir;

namespace Fact.Lower.Runtime.Transcode;

/// <summary>
/// Traps where a string is not UTF-16; uses up the string, which has a code unit or more. It is right exactly where each code unit is a high surrogate if and only if
/// the next is a low one, the first is no low and the last no high one.
/// </summary>
internal static class Utf16Check
{
    private const ulong EveryPair = 0x0001_0001_0001_0001;

    public static void Write(RoutineCode c)
    {
        var b = c.B;
        TrapIfKind(c, c.Src, 0xDC00);
        b.Get(c.Src);
        c.PushLen(2);
        c.SourcePtr.Add(b);
        c.SourcePtr.Const(b, 2);
        c.SourcePtr.Sub(b);
        TrapIfKind(c, b.SetNew(c.SourcePtr.Type, "last"), 0xD800);

        // From here on the length counts pairs of neighbours.
        b.Get(c.Len);
        c.SourcePtr.Const(b, 1);
        c.SourcePtr.Sub(b);
        b.Set(c.Len);
        uint units = c.Simd ? 8u : 4u;
        c.IfUnits(units);
        InBlocks(c, units);
        b.Else();
        Singly(c);
        b.End();
    }

    private static void InBlocks(RoutineCode c, uint units)
    {
        var b = c.B;
        if (c.Simd)
            c.V128(0);
        else
            c.I64(0);
        var error = b.SetNew(c.Simd ? CoreValType.V128 : CoreValType.I64, "error");
        var again = b.Loop(CoreFuncType.Empty);
        if (c.Simd)
            SkipBelowSurrogates(c, again);
        c.IfUnits(units);
        if (c.Simd)
            AddVectors(c, error);
        else
            AddWords(c, error);
        c.Advance(2 * units, units, 0);
        c.Branch(again);
        b.End();
        // The rest, with pairs before it that make it a block.
        c.IfUnits(1);
        b.Get(c.Src);
        c.PushLen(2);
        c.SourcePtr.Add(b);
        c.SourcePtr.Const(b, 2 * units);
        c.SourcePtr.Sub(b);
        b.Set(c.Src);
        c.SourcePtr.Const(b, units);
        b.Set(c.Len);
        c.Branch(again);
        b.End();
        b.End();
        b.Get(error);
        if (c.Simd)
        {
            b.Op(PlainOp.V128AnyTrue);
        }
        else
        {
            c.I64(0x8000 * EveryPair, PlainOp.I64And);
            c.I64(0, PlainOp.I64Ne);
        }
        c.TrapIf(TrapCode.InvalidUtf16);
    }

    /// <summary>Goes on behind four vectors, and to the loop, where all code units are below surrogates, and what follows is no low one.</summary>
    private static void SkipBelowSurrogates(RoutineCode c, LabelId again)
    {
        const uint Units = 32;
        var b = c.B;
        c.IfUnits(Units);
        for (uint at = 0; at < 2 * Units; at += 16)
        {
            c.Load(MemoryOp.V128Load, c.Src, at);
            if (at > 0)
                b.Op(PlainOp.I16x8MaxU);
        }
        c.V128(0xD7FF * EveryPair);
        b.Op(PlainOp.I16x8GtU);
        b.Op(PlainOp.V128AnyTrue);
        c.Load(MemoryOp.I32Load16U, c.Src, 2 * Units);
        c.I32(0xFC00, PlainOp.I32And);
        c.I32(0xDC00, PlainOp.I32Eq);
        b.Op(PlainOp.I32Or);
        b.Op(PlainOp.I32Eqz);
        c.If();
        c.Advance(2 * Units, Units, 0);
        c.Branch(again);
        b.End();
        b.End();
    }

    private static void AddVectors(RoutineCode c, LocalId error)
    {
        var b = c.B;
        PushIs(0, 0xD800);
        PushIs(2, 0xDC00);
        b.Op(PlainOp.V128Xor);
        b.Get(error);
        b.Op(PlainOp.V128Or);
        b.Set(error);

        void PushIs(uint offset, uint kind)
        {
            c.Load(MemoryOp.V128Load, c.Src, offset);
            c.V128(0xFC00 * EveryPair);
            b.Op(PlainOp.V128And);
            c.V128(kind * EveryPair);
            b.Op(PlainOp.I16x8Eq);
        }
    }

    private static void AddWords(RoutineCode c, LocalId error)
    {
        var b = c.B;
        c.Load(MemoryOp.I64Load, c.Src);
        var units = b.TeeNew(CoreValType.I64, "units");
        c.Load(MemoryOp.I64Load, c.Src, 2);
        var next = b.TeeNew(CoreValType.I64, "next");
        b.Op(PlainOp.I64Or);
        c.I64(0x8000 * EveryPair, PlainOp.I64And);
        c.I64(0, PlainOp.I64Ne);
        c.If();
        PushIsNot(units, 0xD800);
        PushIsNot(next, 0xDC00);
        b.Op(PlainOp.I64Xor);
        b.Get(error);
        b.Op(PlainOp.I64Or);
        b.Set(error);
        b.End();

        void PushIsNot(LocalId word, uint kind)
        {
            b.Get(word);
            c.I64(0xFC00 * EveryPair, PlainOp.I64And);
            c.I64(kind * EveryPair, PlainOp.I64Xor);
            Words.PushNotZero(c);
        }
    }

    private static void Singly(RoutineCode c)
    {
        var b = c.B;
        b.Block(CoreFuncType.Empty);
        var again = b.Loop(CoreFuncType.Empty);
        c.IfUnits(1);
        PushIs(0, 0xD800);
        PushIs(2, 0xDC00);
        b.Op(PlainOp.I32Ne);
        c.TrapIf(TrapCode.InvalidUtf16);
        c.Advance(2, 1, 0);
        c.Branch(again);
        b.End();
        b.End();
        b.End();

        void PushIs(uint offset, int kind)
        {
            c.Load(MemoryOp.I32Load16U, c.Src, offset);
            c.I32(0xFC00, PlainOp.I32And);
            c.I32(kind, PlainOp.I32Eq);
        }
    }

    private static void TrapIfKind(RoutineCode c, LocalId address, int kind)
    {
        c.Load(MemoryOp.I32Load16U, address);
        c.I32(0xFC00, PlainOp.I32And);
        c.I32(kind, PlainOp.I32Eq);
        c.TrapIf(TrapCode.InvalidUtf16);
    }
}
