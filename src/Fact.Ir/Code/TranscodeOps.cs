using System.Diagnostics;

namespace Fact.Ir;

/// <summary>What is known of transcoders.</summary>
internal static class TranscodeOps
{
    extension(TranscodeOp op)
    {
        /// <summary>The type of a transcoder between memories with addresses of these types.</summary>
        public CoreFuncType Type(CoreValType from, CoreValType to) => op switch
        {
            TranscodeOp.Utf8ToUtf8 or TranscodeOp.Utf16ToUtf16 or TranscodeOp.Latin1ToLatin1 or TranscodeOp.Latin1ToUtf16 =>
                new([from, from, to], []),
            TranscodeOp.Utf8ToUtf16 or TranscodeOp.Utf16ToCompactProbablyUtf16 =>
                new([from, from, to], [to]),
            TranscodeOp.Utf16ToUtf8 or TranscodeOp.Latin1ToUtf8 =>
                new([from, from, to, to], [from, to]),
            TranscodeOp.Utf8ToLatin1 or TranscodeOp.Utf16ToLatin1 =>
                new([from, from, to], [from, to]),
            TranscodeOp.Utf8ToCompactUtf16 or TranscodeOp.Utf16ToCompactUtf16 =>
                new([from, from, to, to, to], [to]),
            _ => throw new UnreachableException(),
        };
    }
}
