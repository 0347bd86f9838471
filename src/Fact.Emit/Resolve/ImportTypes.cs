using System;
using System.Diagnostics;
using Fact.Ir;
using static Fact.Ir.CoreValType;

namespace Fact.Emit;

/// <summary>The core types of the imported functions.</summary>
internal static class ImportTypes
{
    private static readonly CoreFuncType Realloc32 = new([I32, I32, I32, I32], [I32]);
    private static readonly CoreFuncType Realloc64 = new([I64, I64, I64, I64], [I64]);
    private static readonly CoreFuncType Callback = new([I32, I32, I32], [I32]);
    private static readonly CoreFuncType Transfer = new([I32, I32, I32], [I32]);
    private static readonly CoreFuncType AsyncStartCall = new([CoreValType.FuncRef, I32, I32, I32], [I32]);

    /// <summary>The type of an imported function; null for what is not a function.</summary>
    public static CoreFuncType? Of(Import import) => import switch
    {
        Import.InstanceFlags or Import.Memory => null,
        Import.Realloc realloc => realloc.Ptr == I64 ? Realloc64 : Realloc32,
        Import.Callback => Callback,
        Import.Callee callee => callee.Type,
        Import.PostReturn postReturn => postReturn.Type,
        Import.Transcode transcode => Transcode(transcode.Op, transcode.From.Type.IndexType, transcode.To.Type.IndexType),
        Import.Transfer => Transfer,
        Import.ResourceEnterCall or Import.ResourceExitCall => CoreFuncType.Empty,
        Import.PrepareCall prepare => new([CoreValType.FuncRef, CoreValType.FuncRef, I32, I32, I32, I32, I32, .. prepare.LowerParams.AsSpan()], []),
        Import.SyncStartCall start => new([CoreValType.FuncRef, I32], start.LowerResults),
        Import.AsyncStartCall => AsyncStartCall,
    };

    private static CoreFuncType Transcode(TranscodeOp op, CoreValType from, CoreValType to) => op switch
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
