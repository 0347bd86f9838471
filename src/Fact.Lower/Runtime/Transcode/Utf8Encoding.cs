using Fact.Ir;

namespace Fact.Lower.Runtime.Transcode;

/// <summary>Strings that become UTF-8, with room for the worst case. Results are the code units read, and the bytes written.</summary>
internal static class Utf8Encoding
{
    public static void Utf16(RoutineCode c)
    {
        var b = c.B;
        Overlaps.MoveSourceToEnd(c, 2, 3);
        LocalId all = c.Keep(c.Len, "all"), start = c.Keep(c.Dst, "start");
        Runs.Each(c, UnitChange.Narrow, Unfit.NotAscii, _ =>
        {
            c.Load(MemoryOp.I32Load16U, c.Src);
            var unit = b.TeeNew(CoreValType.I32, "unit");
            c.I32(0x80, PlainOp.I32LtU);
            c.If();
            Ascii(c, unit, 2);
            b.Else();
            b.Get(unit);
            c.I32(0x800, PlainOp.I32LtU);
            c.If();
            Two(c, unit, 2);
            b.Else();
            b.Get(unit);
            c.I32(0xF800, PlainOp.I32And);
            c.I32(0xD800, PlainOp.I32Ne);
            c.If();
            b.Get(c.Dst);
            PushLead(c, unit, 12, 0xE0);
            PushContinuation(c, unit, 6, 1);
            c.Store(MemoryOp.I32Store16);
            b.Get(c.Dst);
            PushContinuation(c, unit, 0, null);
            c.Store(MemoryOp.I32Store8, 2);
            c.Advance(2, 1, 3);
            b.Else();
            Four(c, unit);
            b.End();
            b.End();
            b.End();
        });
        PushResults(c, all, start);
    }

    public static void Latin1(RoutineCode c)
    {
        var b = c.B;
        Overlaps.MoveSourceToEnd(c, 1, 2);
        LocalId all = c.Keep(c.Len, "all"), start = c.Keep(c.Dst, "start");
        Runs.Each(c, UnitChange.Bytes, Unfit.NotAscii, _ =>
        {
            SkipToAccent(c);
            c.Load(MemoryOp.I32Load8U, c.Src);
            var unit = b.TeeNew(CoreValType.I32, "unit");
            c.I32(0x80, PlainOp.I32LtU);
            c.If();
            Ascii(c, unit, 1);
            b.Else();
            Two(c, unit, 1);
            b.End();
        });
        PushResults(c, all, start);
    }

    /// <summary>
    /// Where a word is left, copies it, and goes on behind what is ASCII of it, but for its last byte: then the next code unit, whichever it is, is in it. What was
    /// copied of the others is written over with them: each becomes a byte or more.
    /// </summary>
    private static void SkipToAccent(RoutineCode c)
    {
        const ulong NotAsciiButLast = 0x0080_8080_8080_8080;
        var b = c.B;
        c.IfUnits(8);
        c.Load(MemoryOp.I64Load, c.Src);
        var word = b.SetNew(CoreValType.I64, "word");
        b.Get(c.Dst);
        b.Get(word);
        c.Store(MemoryOp.I64Store);
        b.Get(word);
        c.I64(NotAsciiButLast, PlainOp.I64And);
        c.I64(1UL << 63, PlainOp.I64Or);
        b.Op(PlainOp.I64Ctz);
        b.Op(PlainOp.I32WrapI64);
        c.I32(3, PlainOp.I32ShrU);
        var ascii = b.SetNew(CoreValType.I32, "ascii");
        c.AdvanceSource(ascii);
        c.Add(c.TargetPtr, c.Dst, ascii);
        b.End();
    }

    private static void PushResults(RoutineCode c, LocalId all, LocalId start)
    {
        c.B.Get(all);
        c.PushSince(c.TargetPtr, c.Dst, start);
    }

    private static void Ascii(RoutineCode c, LocalId unit, uint unitBytes)
    {
        c.B.Get(c.Dst);
        c.B.Get(unit);
        c.Store(MemoryOp.I32Store8);
        c.Advance(unitBytes, 1, 1);
    }

    private static void Two(RoutineCode c, LocalId unit, uint unitBytes)
    {
        c.B.Get(c.Dst);
        PushLead(c, unit, 6, 0xC0);
        PushContinuation(c, unit, 0, 1);
        c.Store(MemoryOp.I32Store16);
        c.Advance(unitBytes, 1, 2);
    }

    /// <summary>Traps unless the unit, a surrogate, is the first of a pair.</summary>
    private static void Four(RoutineCode c, LocalId unit)
    {
        var b = c.B;
        b.Get(unit);
        c.I32(0xDC00, PlainOp.I32GeU);
        c.HasUnits(2);
        b.Op(PlainOp.I32Eqz);
        b.Op(PlainOp.I32Or);
        c.TrapIf(TrapCode.InvalidUtf16);
        c.Load(MemoryOp.I32Load16U, c.Src, 2);
        c.I32(0xDC00, PlainOp.I32Xor);
        var low = b.TeeNew(CoreValType.I32, "low");
        c.I32(0x3FF, PlainOp.I32GtU);
        c.TrapIf(TrapCode.InvalidUtf16);
        b.Get(unit);
        c.I32(10, PlainOp.I32Shl);
        b.Get(low);
        b.Op(PlainOp.I32Or);
        c.I32((0xD800 << 10) - 0x10000, PlainOp.I32Sub);
        var scalar = b.SetNew(CoreValType.I32, "scalar");
        b.Get(c.Dst);
        PushLead(c, scalar, 18, 0xF0);
        PushContinuation(c, scalar, 12, 1);
        PushContinuation(c, scalar, 6, 2);
        PushContinuation(c, scalar, 0, 3);
        c.Store(MemoryOp.I32Store);
        c.Advance(4, 2, 4);
    }

    private static void PushLead(RoutineCode c, LocalId scalar, int shift, int mark)
    {
        c.B.Get(scalar);
        c.I32(shift, PlainOp.I32ShrU);
        c.I32(mark, PlainOp.I32Or);
    }

    /// <summary>Pushes six bits of a character as a byte; as the byte at a position of what is on the stack, if there is one.</summary>
    private static void PushContinuation(RoutineCode c, LocalId scalar, int shift, int? position)
    {
        var b = c.B;
        b.Get(scalar);
        if (shift > 0)
            c.I32(shift, PlainOp.I32ShrU);
        c.I32(0x3F, PlainOp.I32And);
        c.I32(0x80, PlainOp.I32Or);
        if (position is not { } at)
            return;
        c.I32(8 * at, PlainOp.I32Shl);
        b.Op(PlainOp.I32Or);
    }
}
