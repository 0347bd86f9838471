using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Code;

namespace Fact.Lower.Select;

/// <summary>Strings that become <c>latin1+utf16</c>.</summary>
internal static class CompactStrings
{
    /// <summary>
    /// One byte for each code unit of the source; where something is not Latin-1, two, what there is becomes UTF-16 and
    /// the rest follows. Then without what is left over. Spec: <c>store_string_to_latin1_or_utf16</c>.
    /// </summary>
    public static void FromUnicode(StringConversion c, uint unitSize, TranscodeOp toLatin1, TranscodeOp toUtf16)
    {
        var b = c.Scope.Code;
        Code.Ptr sp = c.SourcePtr, dp = c.TargetPtr;
        var bytes = c.AllocateAndTranscode(1, 2, toLatin1);
        b.Set(c.DstLen);
        var read = b.TeeNew(sp.Type, "read");
        b.Get(c.SrcLen);
        sp.Eq(b);
        b.If(CoreFuncType.Empty);
        ShrinkTo(c, bytes, 1);
        b.Else();

        c.BeginReallocate(bytes, 2);
        c.PushSrcLen(2);
        b.Tee(bytes);
        c.EndReallocate();
        c.PushRestOfSource(read, unitSize);
        b.Get(c.Dst);
        c.PushSrcLen(1);
        b.Get(c.DstLen);
        c.Transcode(toUtf16);
        b.Set(c.DstLen);
        ShrinkTo(c, bytes, 2);
        c.TagTarget();
        b.End();
    }

    /// <summary>
    /// Two bytes for each code unit; where all of it is Latin-1 the transcoder leaves it as that, and the allocation
    /// shrinks, aligned to one byte now. Spec: <c>store_probably_utf16_to_latin1_or_utf16</c>.
    /// </summary>
    public static void FromProbablyUtf16(StringConversion c)
    {
        var b = c.Scope.Code;
        var dp = c.TargetPtr;
        var bytes = c.AllocateAndTranscode(2, 2, TranscodeOp.Utf16ToCompactProbablyUtf16);
        b.Set(c.DstLen);
        if (c.Scope.Options.Assertions)
        {
            b.Get(c.DstLen);
            b.Emit(dp.Is64 ? Instr.Const(long.MaxValue) : Instr.Const(int.MaxValue));
            dp.And(b);
            c.PushSrcLen(1);
            dp.Ne(b);
            c.AssertNot();
        }
        c.TargetIsTagged();
        b.Op(PlainOp.I32Eqz);
        b.If(CoreFuncType.Empty);
        c.BeginReallocate(bytes, 1);
        b.Get(c.DstLen);
        c.EndReallocate();
        b.End();
    }

    /// <summary>Gives back what the units of the target leave over, if anything.</summary>
    private static void ShrinkTo(StringConversion c, LocalId bytes, uint unitSize)
    {
        var b = c.Scope.Code;
        var dp = c.TargetPtr;
        if (c.Scope.Options.Assertions)
        {
            b.Get(c.DstLen);
            dp.MulConst(b, unitSize);
            b.Get(bytes);
            dp.GtU(b);
            c.AssertNot();
        }
        b.Get(c.DstLen);
        dp.MulConst(b, unitSize);
        b.Get(bytes);
        dp.Ne(b);
        b.If(CoreFuncType.Empty);
        c.BeginReallocate(bytes, 2);
        b.Get(c.DstLen);
        dp.MulConst(b, unitSize);
        c.EndReallocate();
        b.End();
    }
}
