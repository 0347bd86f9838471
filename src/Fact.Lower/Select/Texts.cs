using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Code;

namespace Fact.Lower.Select;

/// <summary>Strings: which of the conversions applies. Spec: <c>load_string_from_range</c>, <c>store_string_into_range</c>.</summary>
internal static class Texts
{
    /// <summary>Takes pointer and length from their place for a conversion on the operand stack, and puts what it leaves there into its place.</summary>
    public static void Pair(Scope s, Copy.Pair copy, in Source source, in Target target)
    {
        if (copy.Conversion is not Copy.Helper helper || s.IsInPlace(helper))
        {
            Copies.Write(s, copy.Conversion, source, target);
            return;
        }
        var b = s.Code;
        Ptr sp = source.Side.Ptr, dp = target.Side.Ptr;
        Operand.Push(s, source, sp.LoadOp, sp.AlignLog2, sp.Type);
        Operand.Push(s, source.At(sp.Size, 1), sp.LoadOp, sp.AlignLog2, sp.Type);
        s.Helpers.CallOnStack(s, helper, source.Side, target.Side);
        if (!target.InMemory)
            return;
        var len = b.SetNew(dp.Type, "len");
        Pairs.Put(s, b.SetNew(dp.Type, "dst"), len, target);
    }

    /// <summary>Checks, allocates and transcodes.</summary>
    public static void Write(Scope s, in Source source, in Target target)
    {
        var b = s.Code;
        Ptr dp = target.Side.Ptr;
        var (src, len) = Pairs.Take(s, source);
        var conversion = new StringConversion(
            s,
            source.Side,
            target.Side,
            src,
            len,
            b.Local(dp.Type, "dst"),
            b.Local(dp.Type, "dst_len"));
        switch (source.Side.Encoding)
        {
            case StringEncoding.Utf8:
                conversion.CheckSource(1, 1);
                FromUtf8(conversion, target.Side.Encoding);
                break;
            case StringEncoding.Utf16:
                conversion.CheckSource(2, 2);
                FromUtf16(conversion, target.Side.Encoding);
                break;
            case StringEncoding.Latin1OrUtf16:
                conversion.SourceIsTagged();
                b.If(CoreFuncType.Empty);
                conversion.UntagSource();
                conversion.CheckSource(2, 2);
                if (target.Side.Encoding == StringEncoding.Latin1OrUtf16)
                    CompactStrings.FromProbablyUtf16(conversion);
                else
                    FromUtf16(conversion, target.Side.Encoding);
                b.Else();
                conversion.CheckSource(1, 2);
                FromLatin1(conversion, target.Side.Encoding);
                b.End();
                break;
        }
        Pairs.Put(s, conversion.Dst, conversion.DstLen, target);
    }

    private static void FromUtf8(StringConversion c, StringEncoding to)
    {
        switch (to)
        {
            case StringEncoding.Utf8:
                c.Copy(TranscodeOp.Utf8ToUtf8, 1, 1);
                break;
            case StringEncoding.Utf16:
                Utf16Strings.FromUtf8(c);
                break;
            case StringEncoding.Latin1OrUtf16:
                CompactStrings.FromUnicode(c, 1, TranscodeOp.Utf8ToLatin1, TranscodeOp.Utf8ToCompactUtf16);
                break;
        }
    }

    private static void FromUtf16(StringConversion c, StringEncoding to)
    {
        switch (to)
        {
            case StringEncoding.Utf8:
                Utf8Strings.Store(c, 2, 3, TranscodeOp.Utf16ToUtf8);
                break;
            case StringEncoding.Utf16:
                c.Copy(TranscodeOp.Utf16ToUtf16, 2, 2);
                break;
            case StringEncoding.Latin1OrUtf16:
                CompactStrings.FromUnicode(c, 2, TranscodeOp.Utf16ToLatin1, TranscodeOp.Utf16ToCompactUtf16);
                break;
        }
    }

    private static void FromLatin1(StringConversion c, StringEncoding to)
    {
        switch (to)
        {
            case StringEncoding.Utf8:
                Utf8Strings.Store(c, 1, 2, TranscodeOp.Latin1ToUtf8);
                break;
            case StringEncoding.Utf16:
                c.Copy(TranscodeOp.Latin1ToUtf16, 2, 2);
                break;
            case StringEncoding.Latin1OrUtf16:
                c.Copy(TranscodeOp.Latin1ToLatin1, 1, 2);
                break;
        }
    }
}
