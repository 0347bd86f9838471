using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using static Fact.Ir.CoreValType;

namespace Fact.Properties.Emit;

/// <summary>The table of imports that hosts rely on, written down a second time.</summary>
internal static class Contract
{
    public static CoreFuncType TypeOf(Import import) => import switch
    {
        Import.Realloc(_, var ptr) => new([ptr, ptr, ptr, ptr], [ptr]),
        Import.Callback => new([I32, I32, I32], [I32]),
        Import.Callee(_, _, var type) => type,
        Import.PostReturn(_, _, var type) => type,
        Import.Transcode(var op, var from, var to) => Transcoder(op.ToString(), from.Type.Is64 ? I64 : I32, to.Type.Is64 ? I64 : I32),
        Import.Transfer => new([I32, I32, I32], [I32]),
        Import.ResourceEnterCall or Import.ResourceExitCall => new([], []),
        Import.ResourceDrop => new([I32], []),
        Import.PrepareCall(_, var lower, _) => new([CoreValType.FuncRef, CoreValType.FuncRef, I32, I32, I32, I32, I32, .. lower], []),
        Import.SyncStartCall(_, _, var results) => new([CoreValType.FuncRef, I32], results),
        Import.AsyncStartCall => new([CoreValType.FuncRef, I32, I32, I32], [I32]),
        _ => throw new ArgumentException("not a function", nameof(import)),
    };

    /// <summary>What an import denotes, as text: two imports are one when it is the same.</summary>
    public static string Denotation(Import import) => import switch
    {
        Import.InstanceFlags(var instance) => $"flags {instance}",
        Import.Memory(var id, _) => $"memory {id}",
        Import.Realloc(var func, _) => $"func {func} {TypeOf(import)}",
        Import.Callback(var func) => $"func {func} {TypeOf(import)}",
        Import.Callee(_, var func, _) => $"func {func} {TypeOf(import)}",
        Import.PostReturn(_, var func, _) => $"func {func} {TypeOf(import)}",
        Import.Transcode(var op, var from, var to) => $"transcode {op} {from.Id} {to.Id}",
        Import.AsyncStartCall(_, var callback, var postReturn) => $"async start {callback} {postReturn}",
        _ => import.ToString(),
    };

    /// <summary>The two names of an import, given how many functions and memories were imported before it, and the indices of its memories.</summary>
    public static (string Module, string Name) Names(Import import, int funcs, int memories, Func<Import.Memory, int> index) => import switch
    {
        Import.InstanceFlags(var instance) => ("flags", $"instance{instance.Value}"),
        Import.Memory => ("memory", $"m{memories}"),
        Import.Realloc => ("realloc", $"f{funcs}"),
        Import.Callback => ("callback", $"f{funcs}"),
        Import.Callee(var adapter, _, _) => ("callee", adapter),
        Import.PostReturn(var adapter, _, _) => ("post_return", adapter),
        Import.Transcode(var op, var from, var to) => ("transcode", $"{OpName(op)} (mem{index(from)} => mem{index(to)})"),
        Import.Transfer(TransferKind.Own) => ("resource", "transfer-own"),
        Import.Transfer(TransferKind.Borrow) => ("resource", "transfer-borrow"),
        Import.Transfer(TransferKind.Stream) => ("stream", "transfer"),
        Import.Transfer(TransferKind.Future) => ("future", "transfer"),
        Import.Transfer(TransferKind.ErrorContext) => ("error-context", "transfer"),
        Import.ResourceEnterCall => ("resource", "enter-call"),
        Import.ResourceExitCall => ("resource", "exit-call"),
        Import.ResourceDrop(var resource) => ("resource", $"[drop]{resource.Value}"),
        Import.PrepareCall(var adapter, _, _) => ("sync", $"[prepare-call]{adapter}"),
        Import.SyncStartCall(var adapter, _, _) => ("sync", $"[start-call]{adapter}"),
        Import.AsyncStartCall(var adapter, _, _) => ("async", $"[start-call]{adapter}"),
        _ => throw new ArgumentException("no such import", nameof(import)),
    };

    private static readonly Dictionary<TranscodeOp, string> OpNames = Enum.GetValues<TranscodeOp>().ToDictionary(op => op, op => op switch
    {
        TranscodeOp.Utf8ToUtf8 => "utf8-to-utf8",
        TranscodeOp.Utf16ToUtf16 => "utf16-to-utf16",
        TranscodeOp.Latin1ToLatin1 => "latin1-to-latin1",
        TranscodeOp.Latin1ToUtf16 => "latin1-to-utf16",
        TranscodeOp.Latin1ToUtf8 => "latin1-to-utf8",
        TranscodeOp.Utf16ToCompactProbablyUtf16 => "utf16-to-compact-probably-utf16",
        TranscodeOp.Utf16ToCompactUtf16 => "utf16-to-compact-utf16",
        TranscodeOp.Utf16ToLatin1 => "utf16-to-latin1",
        TranscodeOp.Utf16ToUtf8 => "utf16-to-utf8",
        TranscodeOp.Utf8ToCompactUtf16 => "utf8-to-compact-utf16",
        TranscodeOp.Utf8ToLatin1 => "utf8-to-latin1",
        _ => "utf8-to-utf16",
    });

    private static string OpName(TranscodeOp op) => OpNames[op];

    // s, d: the pointer types of the source and the destination
    private static CoreFuncType Transcoder(string op, CoreValType s, CoreValType d) => op switch
    {
        "Utf8ToUtf8" or "Utf16ToUtf16" or "Latin1ToLatin1" or "Latin1ToUtf16" => new([s, s, d], []),
        "Utf8ToUtf16" or "Utf16ToCompactProbablyUtf16" => new([s, s, d], [d]),
        "Utf16ToUtf8" or "Latin1ToUtf8" => new([s, s, d, d], [s, d]),
        "Utf8ToLatin1" or "Utf16ToLatin1" => new([s, s, d], [s, d]),
        "Utf8ToCompactUtf16" or "Utf16ToCompactUtf16" => new([s, s, d, d, d], [d]),
        _ => throw new ArgumentException("no such transcoder", nameof(op)),
    };
}
