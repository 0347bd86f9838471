using System;
using System.Diagnostics;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>The two names of each import, as hosts of the reference compiler expect them.</summary>
internal static class ImportNames
{
    private static readonly string[] Funcs = Numbered("f"), Memories = Numbered("m"), Flags = Numbered("instance"), OfTranscoders = Numbered("mem");

    /// <summary>The first name.</summary>
    public static string Module(Import import) => import switch
    {
        Import.InstanceFlags => "flags",
        Import.Memory => "memory",
        Import.Realloc => "realloc",
        Import.Callback => "callback",
        Import.Callee => "callee",
        Import.PostReturn => "post_return",
        Import.Transcode => "transcode",
        Import.Transfer transfer => transfer.Kind switch
        {
            TransferKind.Own or TransferKind.Borrow => "resource",
            TransferKind.Stream => "stream",
            TransferKind.Future => "future",
            TransferKind.ErrorContext => "error-context",
            _ => throw new UnreachableException(),
        },
        Import.ResourceEnterCall or Import.ResourceExitCall or Import.ResourceDrop => "resource",
        Import.PrepareCall or Import.SyncStartCall => "sync",
        Import.AsyncStartCall => "async",
    };

    /// <summary>The second name of an import that is not named by what was imported before it.</summary>
    public static string Name(Import import, int funcs, int memories) => import switch
    {
        Import.InstanceFlags flags => Number(Flags, "instance", flags.Instance.Value),
        Import.Memory => Number(Memories, "m", (uint)memories),
        Import.Realloc or Import.Callback => Number(Funcs, "f", (uint)funcs),
        Import.Callee callee => callee.Adapter,
        Import.PostReturn postReturn => postReturn.Adapter,
        Import.Transcode => throw new UnreachableException("a transcoder is named by its memories"),
        Import.Transfer transfer => transfer.Kind switch
        {
            TransferKind.Own => "transfer-own",
            TransferKind.Borrow => "transfer-borrow",
            TransferKind.Stream or TransferKind.Future or TransferKind.ErrorContext => "transfer",
            _ => throw new UnreachableException(),
        },
        Import.ResourceEnterCall => "enter-call",
        Import.ResourceExitCall => "exit-call",
        Import.ResourceDrop drop => "[drop]" + drop.Resource.Value,
        Import.PrepareCall prepare => "[prepare-call]" + prepare.Adapter,
        Import.SyncStartCall start => "[start-call]" + start.Adapter,
        Import.AsyncStartCall start => "[start-call]" + start.Adapter,
    };

    /// <summary>The second name of a transcoder.</summary>
    public static string Name(TranscodeOp op, CoreMemoryIdx from, CoreMemoryIdx to) =>
        string.Concat([Op(op), " (", Number(OfTranscoders, "mem", from.Value), " => ", Number(OfTranscoders, "mem", to.Value), ")"]);

    private static string Op(TranscodeOp op) => op switch
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
        TranscodeOp.Utf8ToUtf16 => "utf8-to-utf16",
        _ => throw new UnreachableException(),
    };

    private static string Number(string[] shared, string prefix, uint number) =>
        number < (uint)shared.Length ? shared[number] : prefix + number;

    private static string[] Numbered(string prefix)
    {
        var names = new string[256];
        for (int i = 0; i < names.Length; i++)
            names[i] = prefix + i;
        return names;
    }
}
