using System;
using Fact.Ir;

namespace Fact.Lower.Runtime.Transcode;

/// <summary>
/// Strings of a few code units: all of them are read, by two chunks that may have units in common, then looked at, then written. So nothing depends on where source
/// and destination are.
/// </summary>
internal static class ShortStrings
{
    /// <summary>
    /// Converts strings that are short enough and have no code unit that is unfit, and returns; goes on behind it with all others, of which nothing is written yet.
    /// <code>
    /// (block $long
    ///   (br_if $long (len &gt; 2 · 8))
    ///   (if (len &gt;= 8) (then
    ///     (a = the first 8) (b = the last 8) (br_if $long (unfit (a | b))) (the first 8 = a) (the last 8 = b) (return …)))
    ///   … with 4, 2, 1
    ///   (return …))
    /// </code>
    /// </summary>
    /// <param name="c">The routine.</param>
    /// <param name="change">What becomes of code units.</param>
    /// <param name="unfit">Which of them are unfit.</param>
    /// <param name="result">Pushes the results.</param>
    public static void Write(RoutineCode c, UnitChange change, Unfit unfit, Action result)
    {
        var b = c.B;
        uint most = Chunk.Most(c, change) / (c.Simd ? 1u : 2);
        var @long = b.Block(CoreFuncType.Empty);
        b.Get(c.Len);
        c.SourcePtr.Const(b, 2 * most);
        c.SourcePtr.GtU(b);
        c.BranchIf(@long);
        for (uint units = most; units > 0; units /= 2)
        {
            c.IfUnits(units);
            Both(c, change, unfit, units, @long);
            result();
            c.Return();
            b.End();
        }
        result();
        c.Return();
        b.End();
    }

    /// <summary>
    /// Converts strings of at least one chunk and at most two in place, and has all others converted by a call. Either leaves the results of the transcoder on the stack.
    /// </summary>
    /// <param name="c">Where it is done.</param>
    /// <param name="op">The transcoder; where it stops at what is not ASCII while it has little room, its step with little room.</param>
    /// <param name="call">Converts in any case.</param>
    public static void OrCall(RoutineCode c, TranscodeOp op, Action call)
    {
        if (ChangeBy(op) is not var (change, unfit))
        {
            call();
            return;
        }
        var b = c.B;
        var results = op.Type(c.From.Type.IndexType, c.To.Type.IndexType).Results;
        uint units = c.Simd ? Math.Max(Chunk.Word(change), 8) : Chunk.Word(change);
        var done = b.Block(new([], results));
        var @long = b.Block(CoreFuncType.Empty);
        b.Get(c.Len);
        c.SourcePtr.Const(b, units);
        c.SourcePtr.Sub(b);
        c.SourcePtr.Const(b, units);
        c.SourcePtr.GtU(b);
        c.BranchIf(@long);
        Both(c, change, unfit, units, @long);
        if (results.Length == 2)
            c.PushLen(1);
        if (results.Length > 0)
            c.PushLenOfTarget(1);
        c.Branch(done);
        b.End();
        call();
        b.End();
    }

    /// <summary>What a transcoder does to strings without code units that are unfit; null where it does more than that.</summary>
    private static (UnitChange Change, Unfit Unfit)? ChangeBy(TranscodeOp op) => op switch
    {
        TranscodeOp.Utf8ToUtf8 or TranscodeOp.Utf8ToLatin1 or TranscodeOp.Latin1ToUtf8 => (UnitChange.Bytes, Unfit.NotAscii),
        TranscodeOp.Utf16ToUtf16 => (UnitChange.Pairs, Unfit.Surrogate),
        TranscodeOp.Latin1ToLatin1 => (UnitChange.Bytes, Unfit.None),
        TranscodeOp.Latin1ToUtf16 => (UnitChange.Widen, Unfit.None),
        TranscodeOp.Utf8ToUtf16 => (UnitChange.Widen, Unfit.NotAscii),
        TranscodeOp.Utf16ToUtf8 => (UnitChange.Narrow, Unfit.NotAscii),
        TranscodeOp.Utf16ToLatin1 => (UnitChange.Narrow, Unfit.NotLatin1),
        _ => null,
    };

    private static void Both(RoutineCode c, UnitChange change, Unfit unfit, uint units, LabelId @long)
    {
        var b = c.B;
        Chunk one = new(c, change, unfit, units), other = one;
        one.Load(c.Src);
        if (units > 1)
        {
            other = new(c, change, unfit, units);
            PushAddressOfLast(c, c.SourcePtr, c.Src, units, one.SourceBytes, target: false);
            other.Load(b.SetNew(c.SourcePtr.Type, "last"));
        }
        if (unfit != Unfit.None)
        {
            one.PushUnfit(units > 1 ? other : null);
            c.BranchIf(@long);
        }
        one.Store(c.Dst);
        if (units == 1)
            return;
        PushAddressOfLast(c, c.TargetPtr, c.Dst, units, one.TargetBytes, target: true);
        other.Store(b.SetNew(c.TargetPtr.Type, "last"));
    }

    private static void PushAddressOfLast(RoutineCode c, Code.Ptr ptr, LocalId start, uint units, uint bytes, bool target)
    {
        var b = c.B;
        b.Get(start);
        if (target)
            c.PushLenOfTarget(bytes / units);
        else
            c.PushLen(bytes / units);
        ptr.Add(b);
        ptr.Const(b, bytes);
        ptr.Sub(b);
    }
}
