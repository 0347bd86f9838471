using Fact.Ir;

namespace Fact.Lower.Runtime.Transcode;

/// <summary>Strings that become UTF-16 in <c>latin1+utf16</c>, or may do so.</summary>
internal static class Compacting
{
    private static LocalId Room => new(3);

    private static LocalId Latin1 => new(4);

    /// <summary>Inflates the Latin-1 that is there, and appends. The result is the number of code units.</summary>
    public static void Utf8(RoutineCode c, RoutineCall call)
    {
        var b = c.B;
        if (c.OneMemory)
        {
            b.Get(Room);
            c.TargetPtr.MulConst(b, 2);
            Overlaps.MoveSourceToEnd(c, 1, b.SetNew(c.TargetPtr.Type, "room_bytes"));
        }
        Inflate(c, call);
        PushRest(c);
        b.Emit(call(StringRoutine.Utf8ToUtf16, inDestination: false));
        b.Get(Latin1);
        c.TargetPtr.Add(b);
    }

    /// <summary>Appends, and inflates the Latin-1 that is there. The result is the number of code units.</summary>
    public static void Utf16(RoutineCode c, RoutineCall call)
    {
        PushRest(c);
        c.B.Emit(call(StringRoutine.Utf16ToUtf16, inDestination: false));
        Inflate(c, call);
        c.B.Get(Latin1);
        c.PushLenOfTarget(1);
        c.TargetPtr.Add(c.B);
    }

    /// <summary>
    /// Copies; where all is Latin-1, narrows the copy in place: guests can see what is left of it behind the Latin-1. The result is the number of code units, tagged
    /// where it is UTF-16.
    /// </summary>
    public static void ProbablyUtf16(RoutineCode c, RoutineCall call)
    {
        var b = c.B;
        LocalId start = c.Keep(c.Src, "start"), all = c.Keep(c.Len, "all");
        Runs.Each(c, UnitChange.Narrow, Unfit.NotLatin1, done =>
        {
            c.Load(MemoryOp.I32Load16U, c.Src);
            c.I32(0x100, PlainOp.I32GeU);
            c.BranchIf(done);
            c.Advance(2, 1, 0);
        }, stores: false);
        b.Get(start);
        b.Set(c.Src);
        c.IfUnits(1);
        b.Get(all);
        b.Set(c.Len);
        PushAll();
        b.Emit(call(StringRoutine.Utf16ToUtf16, inDestination: false));
        c.PushLenOfTarget(1);
        b.Emit(c.TargetPtr.Is64 ? Instr.Const(long.MinValue) : Instr.Const(int.MinValue));
        c.TargetPtr.Or(b);
        c.Return();
        b.End();
        b.Get(all);
        b.Set(c.Len);
        c.CopyRest(2);
        b.Get(c.Dst);
        c.PushLenOfTarget(1);
        b.Get(c.Dst);
        b.Emit(call(StringRoutine.Utf16ToLatin1, inDestination: true));
        b.Op(PlainOp.Drop);

        void PushAll()
        {
            b.Get(c.Src);
            b.Get(c.Len);
            b.Get(c.Dst);
        }
    }

    private static void Inflate(RoutineCode c, RoutineCall call)
    {
        c.B.Get(c.Dst);
        c.B.Get(Latin1);
        c.B.Emit(call(StringRoutine.InflateLatin1, inDestination: true));
    }

    private static void PushRest(RoutineCode c)
    {
        var b = c.B;
        b.Get(c.Src);
        b.Get(c.Len);
        b.Get(c.Dst);
        b.Get(Latin1);
        c.TargetPtr.MulConst(b, 2);
        c.TargetPtr.Add(b);
    }
}
