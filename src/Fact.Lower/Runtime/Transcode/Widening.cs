using Fact.Ir;

namespace Fact.Lower.Runtime.Transcode;

/// <summary>Strings of bytes that become UTF-16.</summary>
internal static class Widening
{
    public static void Latin1(RoutineCode c)
    {
        ShortStrings.Write(c, UnitChange.Widen, Unfit.None, () => { });
        Overlaps.MoveSourceToEnd(c, 1, 2);
        Runs.Each(c, UnitChange.Widen, Unfit.None, _ =>
        {
            PushByte(c);
            StoreUnit(c, 1);
        });
    }

    /// <summary>The result is the number of code units.</summary>
    public static void Utf8(RoutineCode c)
    {
        var b = c.B;
        ShortStrings.Write(c, UnitChange.Widen, Unfit.NotAscii, () => c.PushLenOfTarget(1));
        Overlaps.MoveSourceToEnd(c, 1, 2);
        var start = c.Keep(c.Dst, "start");
        Runs.Each(c, UnitChange.Widen, Unfit.NotAscii, _ =>
        {
            c.Load(MemoryOp.I32Load8U, c.Src);
            var lead = b.TeeNew(CoreValType.I32, "lead");
            c.I32(0x80, PlainOp.I32LtU);
            c.If();
            b.Get(c.Dst);
            b.Get(lead);
            StoreUnit(c, 1);
            b.Else();
            Utf8Decoder.Write(c, lead, (scalar, bytes) => Store(c, scalar, bytes));
            b.End();
        });
        c.PushSince(c.TargetPtr, c.Dst, start);
        c.TargetPtr.Const(b, 1);
        c.TargetPtr.ShrU(b);
    }

    /// <summary>Widens from back to front, so that nothing is written over before it was read.</summary>
    public static void InPlace(RoutineCode c)
    {
        var b = c.B;
        LocalId start = new(0), left = new(1);
        uint units = Chunk.Most(c, UnitChange.Widen);
        var chunk = new Chunk(c, UnitChange.Widen, Unfit.None, units);
        var again = b.Loop(CoreFuncType.Empty);
        c.IfUnits(units);
        Back(units);
        chunk.Load(PushAt(1));
        chunk.Store(PushAt(2));
        c.Branch(again);
        b.End();
        b.End();
        again = b.Loop(CoreFuncType.Empty);
        c.IfUnits(1);
        Back(1);
        var to = PushAt(2);
        var from = PushAt(1);
        b.Get(to);
        c.Load(MemoryOp.I32Load8U, from);
        c.Store(MemoryOp.I32Store16);
        c.Branch(again);
        b.End();
        b.End();

        void Back(uint by)
        {
            b.Get(left);
            c.TargetPtr.Const(b, by);
            c.TargetPtr.Sub(b);
            b.Set(left);
        }

        LocalId PushAt(uint factor)
        {
            b.Get(start);
            b.Get(left);
            c.TargetPtr.MulConst(b, factor);
            c.TargetPtr.Add(b);
            return b.SetNew(c.TargetPtr.Type, "at");
        }
    }

    private static void PushByte(RoutineCode c)
    {
        c.B.Get(c.Dst);
        c.Load(MemoryOp.I32Load8U, c.Src);
    }

    /// <summary>Stores the code unit on the stack, which so many bytes of the source are.</summary>
    private static void StoreUnit(RoutineCode c, uint bytes)
    {
        c.Store(MemoryOp.I32Store16);
        c.Advance(bytes, bytes, 2);
    }

    private static void Store(RoutineCode c, LocalId scalar, uint bytes)
    {
        var b = c.B;
        b.Get(c.Dst);
        if (bytes < 4)
        {
            b.Get(scalar);
            StoreUnit(c, bytes);
            return;
        }
        // The low surrogate above the high one: 0xD800 + ((scalar - 0x10000) >> 10), 0xDC00 + (scalar & 0x3FF).
        b.Get(scalar);
        c.I32(0x3FF, PlainOp.I32And);
        c.I32(16, PlainOp.I32Shl);
        b.Get(scalar);
        c.I32(10, PlainOp.I32ShrU);
        b.Op(PlainOp.I32Add);
        c.I32(unchecked((int)0xDC00_D7C0), PlainOp.I32Add);
        c.Store(MemoryOp.I32Store);
        c.Advance(4, 4, 4);
    }
}
