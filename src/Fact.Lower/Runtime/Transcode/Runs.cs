using System;
using Fact.Ir;

namespace Fact.Lower.Runtime.Transcode;

/// <summary>Code units converted from front to back: by chunks while chunks can be converted, the others singly.</summary>
internal static class Runs
{
    /// <summary>
    /// Converts all code units, or those before one that ends it. Where a chunk cannot be converted, the units that it has are, by smaller chunks and then singly,
    /// before a chunk is tried again.
    /// <code>
    /// (loop $again
    ///   (if (len >= units) (then
    ///       (if (fits chunk) (then … (br $again)))
    ///       (stop = len - units))
    ///     (else (stop = 0)))
    ///   (loop … while (len > stop), by smaller chunks or singly)
    ///   (br_if $again len))
    /// </code>
    /// </summary>
    /// <param name="c">The routine.</param>
    /// <param name="change">What becomes of code units.</param>
    /// <param name="unfit">Which of them it cannot be done to in chunks.</param>
    /// <param name="single">Converts what is next, at least one code unit, and goes on behind it; or branches to the label that it is given, which is behind all of
    /// it.</param>
    /// <param name="stores">Whether chunks are written, and not only looked at.</param>
    public static void Each(RoutineCode c, UnitChange change, Unfit unfit, Action<LabelId> single, bool stores = true)
    {
        var done = c.B.Block(CoreFuncType.Empty);
        uint most = Chunk.Most(c, change), least = Chunk.Word(change);
        Level(c, new(c, change, unfit, most, stores), new(c, change, unfit, least, stores), done, null, single);
        c.B.End();
    }

    private static void Level(RoutineCode c, Chunk chunk, Chunk? smaller, LabelId done, LocalId? until, Action<LabelId> single)
    {
        var b = c.B;
        var again = b.Loop(CoreFuncType.Empty);
        if (until is { } end)
            IfBefore(c, end);
        var stop = b.Local(c.SourcePtr.Type, "stop");
        c.IfUnits(chunk.Units);
        chunk.Load(c.Src);
        if (!chunk.FitsAlways)
        {
            chunk.PushUnfit();
            b.Op(PlainOp.I32Eqz);
            c.If();
        }
        chunk.Store(c.Dst);
        c.Advance(chunk.SourceBytes, chunk.Units, chunk.TargetBytes);
        c.Branch(again);
        if (!chunk.FitsAlways)
        {
            b.End();
            b.Get(c.Len);
            c.SourcePtr.Const(b, chunk.Units);
            c.SourcePtr.Sub(b);
            b.Set(stop);
        }
        b.Else();
        c.SourcePtr.Const(b, 0);
        b.Set(stop);
        b.End();
        if (smaller is not null)
            Level(c, smaller, null, done, stop, single);
        else
            Singly(c, done, stop, single);
        if (until is null)
        {
            b.Get(c.Len);
            c.SourcePtr.ToBool(b);
            c.BranchIf(again);
        }
        else
        {
            c.Branch(again);
            b.End();
        }
        b.End();
    }

    private static void Singly(RoutineCode c, LabelId done, LocalId stop, Action<LabelId> single)
    {
        var again = c.B.Loop(CoreFuncType.Empty);
        IfBefore(c, stop);
        single(done);
        c.Branch(again);
        c.B.End();
        c.B.End();
    }

    private static void IfBefore(RoutineCode c, LocalId stop)
    {
        c.B.Get(c.Len);
        c.B.Get(stop);
        c.SourcePtr.GtU(c.B);
        c.If();
    }
}
