using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Code;

namespace Fact.Lower.Select;

/// <summary>Strings that become UTF-8. Spec: <c>store_string_to_utf8</c>.</summary>
internal static class Utf8Strings
{
    /// <summary>
    /// First as many bytes as the source has code units: enough where all is ASCII. Otherwise once more, for the worst
    /// case, and then without what is left over.
    /// </summary>
    public static void Store(StringConversion c, uint unitSize, uint worstFactor, TranscodeOp op)
    {
        var b = c.Scope.Code;
        Code.Ptr sp = c.SourcePtr, dp = c.TargetPtr;
        c.PushSrcLen(1);
        var bytes = c.Allocate(1);
        c.TranscodeSource(op, bytes);
        b.Set(c.DstLen);
        var read = b.TeeNew(sp.Type, "read");
        b.Get(c.SrcLen);
        sp.Ne(b);
        b.If(CoreFuncType.Empty);

        c.BeginReallocate(bytes, 1);
        c.PushSrcLen(worstFactor);
        b.Tee(bytes);
        c.EndReallocate();
        c.PushRestOfSource(read, unitSize);
        b.Get(c.Dst);
        b.Get(c.DstLen);
        dp.Add(b);
        b.Get(bytes);
        b.Get(c.DstLen);
        dp.Sub(b);
        c.Transcode(op);
        b.Get(c.DstLen);
        dp.Add(b);
        b.Set(c.DstLen);
        AssertAllRead(c, read);

        b.Get(c.DstLen);
        b.Get(bytes);
        dp.Ne(b);
        b.If(CoreFuncType.Empty);
        c.BeginReallocate(bytes, 1);
        b.Get(c.DstLen);
        c.EndReallocate();
        b.End();
        b.End();
        AssertFits(c, bytes);
    }

    /// <summary>Drops the number of units that were read, which in debug builds must be what was left.</summary>
    private static void AssertAllRead(StringConversion c, LocalId read)
    {
        var b = c.Scope.Code;
        if (!c.Scope.Options.Assertions)
        {
            b.Op(PlainOp.Drop);
            return;
        }
        b.Get(read);
        c.SourcePtr.Add(b);
        b.Get(c.SrcLen);
        c.SourcePtr.Ne(b);
        c.AssertNot();
    }

    private static void AssertFits(StringConversion c, LocalId bytes)
    {
        if (!c.Scope.Options.Assertions)
            return;
        var b = c.Scope.Code;
        b.Get(c.DstLen);
        b.Get(bytes);
        c.TargetPtr.GtU(b);
        c.AssertNot();
    }
}
