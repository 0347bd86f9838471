using Fact.Ir;

namespace Fact.Lower.Runtime.Transcode;

/// <summary>The start of a string that becomes bytes, one for each character, up to a character that does not. Results are the code units read, and the bytes
/// written.</summary>
internal static class Narrowing
{
    /// <param name="c">The routine.</param>
    /// <param name="unfit">What does not become bytes.</param>
    /// <param name="end">The first code unit that does not.</param>
    public static void Utf16(RoutineCode c, Unfit unfit, int end)
    {
        var b = c.B;
        ShortStrings.Write(c, UnitChange.Narrow, unfit, () =>
        {
            c.PushLen(1);
            c.PushLenOfTarget(1);
        });
        if (c.OneMemory)
        {
            Overlaps.PushStartsInSource(c, 2);
            c.If();
            Overlapping(c, unfit, end);
            b.End();
        }
        LocalId all = c.Keep(c.Len, "all"), start = c.Keep(c.Dst, "start");
        Runs.Each(c, UnitChange.Narrow, unfit, done =>
        {
            c.Load(MemoryOp.I32Load16U, c.Src);
            var unit = b.TeeNew(CoreValType.I32, "unit");
            c.I32(end, PlainOp.I32GeU);
            c.BranchIf(done);
            b.Get(c.Dst);
            b.Get(unit);
            c.Store(MemoryOp.I32Store8);
            c.Advance(2, 1, 1);
        });
        PushResults(c, all, start);
    }

    /// <summary>What is not UTF-8 ends it too: what goes on from there finds it.</summary>
    public static void Utf8(RoutineCode c)
    {
        var b = c.B;
        ShortStrings.Write(c, UnitChange.Bytes, Unfit.NotAscii, () =>
        {
            c.PushLen(1);
            c.PushLenOfTarget(1);
        });
        Overlaps.MoveSourceToStart(c);
        LocalId all = c.Keep(c.Len, "all"), start = c.Keep(c.Dst, "start");
        Runs.Each(c, UnitChange.Bytes, Unfit.NotAscii, done =>
        {
            c.Load(MemoryOp.I32Load8U, c.Src);
            var lead = b.TeeNew(CoreValType.I32, "lead");
            c.I32(0x80, PlainOp.I32LtU);
            c.If();
            b.Get(c.Dst);
            b.Get(lead);
            c.Store(MemoryOp.I32Store8);
            c.Advance(1, 1, 1);
            b.Else();
            // U+0080 to U+00FF are C2 80 to C3 BF.
            b.Get(lead);
            c.I32(0xFE, PlainOp.I32And);
            c.I32(0xC2, PlainOp.I32Ne);
            c.BranchIf(done);
            c.HasUnits(2);
            b.Op(PlainOp.I32Eqz);
            c.BranchIf(done);
            c.Load(MemoryOp.I32Load8U, c.Src, 1);
            c.I32(0x80, PlainOp.I32Xor);
            var next = b.TeeNew(CoreValType.I32, "byte");
            c.I32(0x3F, PlainOp.I32GtU);
            c.BranchIf(done);
            b.Get(c.Dst);
            b.Get(lead);
            c.I32(6, PlainOp.I32Shl);
            b.Get(next);
            b.Op(PlainOp.I32Or);
            c.Store(MemoryOp.I32Store8);
            c.Advance(2, 2, 1);
            b.End();
        });
        PushResults(c, all, start);
    }

    private static void PushResults(RoutineCode c, LocalId all, LocalId start)
    {
        c.PushSince(c.SourcePtr, all, c.Len);
        c.PushSince(c.TargetPtr, c.Dst, start);
    }

    /// <summary>
    /// The destination begins in the source. A code unit is written over one behind it as long as its distance from the first is less than that of the two
    /// strings; those come last, from back to front. The others are before, from front to back, and are written behind all of these.
    /// </summary>
    private static void Overlapping(RoutineCode c, Unfit unfit, int end)
    {
        var b = c.B;
        var ptr = c.SourcePtr;
        LocalId start = c.Keep(c.Src, "start");
        Runs.Each(c, UnitChange.Narrow, unfit, done =>
        {
            c.Load(MemoryOp.I32Load16U, c.Src);
            c.I32(end, PlainOp.I32GeU);
            c.BranchIf(done);
            c.Advance(2, 1, 0);
        }, stores: false);
        c.PushSince(ptr, c.Src, start);
        ptr.Const(b, 1);
        ptr.ShrU(b);
        b.Set(c.Len);

        c.PushSince(ptr, c.Dst, start);
        var last = b.TeeNew(ptr.Type, "last");
        b.Get(c.Len);
        b.Get(last);
        b.Get(c.Len);
        ptr.LtU(b);
        b.Op(PlainOp.Select);
        b.Tee(last);
        var at = b.SetNew(ptr.Type, "at");
        var again = b.Loop(CoreFuncType.Empty);
        b.Get(at);
        b.Get(c.Len);
        ptr.LtU(b);
        c.If();
        Move();
        c.Add(ptr, at, 1);
        c.Branch(again);
        b.End();
        b.End();
        again = b.Loop(CoreFuncType.Empty);
        b.Get(last);
        ptr.ToBool(b);
        c.If();
        b.Get(last);
        ptr.Const(b, 1);
        ptr.Sub(b);
        b.Tee(last);
        b.Set(at);
        Move();
        c.Branch(again);
        b.End();
        b.End();
        c.PushLen(1);
        c.PushLen(1);
        c.Return();

        void Move()
        {
            b.Get(c.Dst);
            b.Get(at);
            ptr.Add(b);
            b.Get(start);
            b.Get(at);
            ptr.MulConst(b, 2);
            ptr.Add(b);
            b.Access(MemoryOp.I32Load16U, new(0, 0), c.From);
            c.Store(MemoryOp.I32Store8);
        }
    }
}
