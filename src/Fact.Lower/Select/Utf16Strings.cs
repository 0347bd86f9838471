using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Code;

namespace Fact.Lower.Select;

/// <summary>Strings that become UTF-16. Spec: <c>store_utf8_to_utf16</c>.</summary>
internal static class Utf16Strings
{
    /// <summary>Two bytes for each byte of the source: the worst case; then without what is left over.</summary>
    public static void FromUtf8(StringConversion c)
    {
        var b = c.Scope.Code;
        var dp = c.TargetPtr;
        var bytes = c.AllocateAndTranscode(2, 2, TranscodeOp.Utf8ToUtf16);
        b.Tee(c.DstLen);
        c.PushSrcLen(1);
        dp.Ne(b);
        b.If(CoreFuncType.Empty);
        if (c.Scope.Options.Assertions)
        {
            b.Get(c.DstLen);
            c.PushSrcLen(1);
            dp.GtU(b);
            c.AssertNot();
        }
        c.BeginReallocate(bytes, 2);
        b.Get(c.DstLen);
        dp.MulConst(b, 2);
        c.EndReallocate();
        b.End();
    }
}
