using Fact.Ir;

namespace Fact.Lower.Runtime.Transcode;

/// <summary>Traps where a string is not UTF-8; uses up the string.</summary>
internal static class Utf8Check
{
    public static void Write(RoutineCode c)
    {
        if (!c.Simd)
        {
            Singly(c);
            return;
        }
        c.IfUnits(2 * Utf8Vectors.Block);
        Utf8Vectors.Check(c);
        c.B.Else();
        Singly(c);
        c.B.End();
    }

    /// <summary>Goes on to the first byte that is not ASCII, or to the end.</summary>
    public static void SkipAscii(RoutineCode c) => Runs.Each(
        c,
        UnitChange.Bytes,
        Unfit.NotAscii,
        done =>
        {
            c.Load(MemoryOp.I32Load8U, c.Src);
            c.I32(0x80, PlainOp.I32GeU);
            c.BranchIf(done);
            c.Advance(1, 1, 0);
        },
        stores: false);

    private static void Singly(RoutineCode c) => Runs.Each(
        c,
        UnitChange.Bytes,
        Unfit.NotAscii,
        _ =>
        {
            c.Load(MemoryOp.I32Load8U, c.Src);
            var lead = c.B.TeeNew(CoreValType.I32, "lead");
            c.I32(0x80, PlainOp.I32LtU);
            c.If();
            c.Advance(1, 1, 0);
            c.B.Else();
            Utf8Decoder.Write(c, lead, (_, bytes) => c.Advance(bytes, bytes, 0));
            c.B.End();
        },
        stores: false);
}
