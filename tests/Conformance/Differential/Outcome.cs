using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Fact.Ir;

namespace Fact.Conformance.Differential;

/// <summary>How a run ended.</summary>
public closed record Outcome
{
    private Outcome()
    {
    }

    /// <summary>All calls returned.</summary>
    public sealed record Completed(GuestState Caller, GuestState Callee) : Outcome;

    /// <summary>A call trapped. What the guests' memories hold then is nobody's business.</summary>
    /// <param name="Message">Why.</param>
    /// <param name="Returned">How many calls had returned before.</param>
    public sealed record Trapped(string Message, int Returned) : Outcome;
}

/// <summary>What a guest holds after a run.</summary>
/// <param name="Log">What its functions were given and returned, in order.</param>
/// <param name="Memory">Its memory.</param>
/// <param name="Blurred">Of a prediction: which bytes of the memory could be anything; empty for none.</param>
public sealed record GuestState(EquatableArray<LogLine> Log, EquatableArray<byte> Memory, EquatableArray<bool> Blurred = default)
{
    private const int Block = 64;

    /// <summary>Reads what the guest's <c>dump</c> function returned: a character is a byte.</summary>
    public static GuestState Parse(string dump)
    {
        var bytes = new byte[dump.Length];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = checked((byte)dump[i]);
        int count = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(8));
        int kept = Math.Min(count, GuestText.MaxLog);
        var log = new List<LogLine>();
        for (int i = 0; i < kept; i++)
        {
            ulong[] slots = [.. Enumerable.Range(0, GuestText.LogEntry / 8).Select(s => Slot(bytes, GuestText.Log + (i * GuestText.LogEntry) + (s * 8)))];
            log.Add(new((int)slots[0], slots[1], slots[2], slots[3], slots[4], slots[5]));
        }
        int at = GuestText.Log + (kept * GuestText.LogEntry);
        var memory = new byte[Slot(bytes, at)];
        memory.AsSpan().Fill(bytes[GuestText.Background]);
        for (at += 8; at < bytes.Length; at += 8 + Block)
            bytes.AsSpan(at + 8, Block).CopyTo(memory.AsSpan((int)Slot(bytes, at)));
        return new(Log: [.. log, new LogLine(0, (ulong)count, 0, 0, 0, 0)], Memory: [.. memory]);
    }

    private static ulong Slot(byte[] bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
}

/// <summary>An entry of a guest's log.</summary>
public readonly record struct LogLine(int Kind, ulong A, ulong B, ulong C, ulong D, ulong Result)
{
    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        GuestText.LogRealloc => $"realloc({Hex(A)}, {Hex(B)}, {Hex(C)}, {Hex(D)}) = {Hex(Result)}",
        GuestText.LogValue => $"value {(long)A}: {Hex(B)}",
        GuestText.LogPostReturn => $"post-return {(long)A}: {Hex(B)}",
        GuestText.LogContext => $"context: {Hex(B)}",
        GuestText.LogBack => "called back",
        GuestText.LogHandle => $"{(HandleOp)A}({B}) = {Hex(Result)}",
        _ => $"{A} entries",
    };

    private static string Hex(ulong value) => "0x" + value.ToString("x", CultureInfo.InvariantCulture);
}
