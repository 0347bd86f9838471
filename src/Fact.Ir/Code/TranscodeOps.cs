using System;
using System.Diagnostics;

namespace Fact.Ir;

/// <summary>What is known of transcoders.</summary>
internal static class TranscodeOps
{
    extension(TranscodeOp op)
    {
        /// <summary>The type of a transcoder between memories with addresses of these types.</summary>
        public CoreFuncType Type(CoreValType from, CoreValType to) =>
            Types[((int)op * 4) + (from == CoreValType.I64 ? 2 : 0) + (to == CoreValType.I64 ? 1 : 0)];

        private CoreFuncType MakeType(CoreValType from, CoreValType to) => op switch
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

    // There are few, and adapters with strings ask for them again and again.
    private static readonly CoreFuncType[] Types = MakeTypes();

    private static CoreFuncType[] MakeTypes()
    {
        var types = new CoreFuncType[4 * Enum.GetValues<TranscodeOp>().Length];
        for (int i = 0; i < types.Length; i++)
            types[i] = ((TranscodeOp)(i / 4)).MakeType(Pointer((i & 2) != 0), Pointer((i & 1) != 0));
        return types;

        static CoreValType Pointer(bool is64) => is64 ? CoreValType.I64 : CoreValType.I32;
    }
}
