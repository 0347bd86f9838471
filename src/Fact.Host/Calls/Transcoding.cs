using System;
using Fact.Host.Engine;
using Fact.Host.Transcode;
using Fact.Ir;

namespace Fact.Host.Calls;

/// <summary>
/// The transcoders as core functions between two memories. Adapters check bounds and alignment before they call; a host does not rely on it.
/// </summary>
internal static class Transcoding
{
    private delegate Transcoded Op(ReadOnlySpan<byte> source, Span<byte> destination);

    /// <summary>The body of a transcoder; its arguments are those of the contract: source address and code units, destination address and, for some, more.</summary>
    public static Func<ulong[], ulong[]> Make(TranscodeOp op, EngineMemory from, EngineMemory to)
    {
        ulong tag = 1UL << (to.Is64 ? 63 : 31);
        var run = new Between(from, to, SourceEncoding(op));
        return op switch
        {
            TranscodeOp.Utf8ToUtf8 => a => Nothing(run.Do(Transcoder.Utf8ToUtf8, a[0], a[1], a[2], a[1])),
            TranscodeOp.Utf16ToUtf16 => a => Nothing(run.Do(Transcoder.Utf16ToUtf16, a[0], Twice(a[1]), a[2], Twice(a[1]))),
            TranscodeOp.Latin1ToLatin1 => a => Nothing(run.Do(Transcoder.Latin1ToLatin1, a[0], a[1], a[2], a[1])),
            TranscodeOp.Latin1ToUtf16 => a => Nothing(run.Do(Transcoder.Latin1ToUtf16, a[0], a[1], a[2], Twice(a[1]))),
            TranscodeOp.Utf8ToUtf16 => a => [(ulong)run.Do(Transcoder.Utf8ToUtf16, a[0], a[1], a[2], Twice(a[1])).Written],
            TranscodeOp.Utf16ToUtf8 => a => Both(run.Do(Transcoder.Utf16ToUtf8, a[0], Twice(a[1]), a[2], a[3])),
            TranscodeOp.Latin1ToUtf8 => a => Both(run.Do(Transcoder.Latin1ToUtf8, a[0], a[1], a[2], a[3])),
            TranscodeOp.Utf8ToLatin1 => a => Both(run.Do(Transcoder.Utf8ToLatin1, a[0], a[1], a[2], a[1])),
            TranscodeOp.Utf16ToLatin1 => a => Both(run.Do(Transcoder.Utf16ToLatin1, a[0], Twice(a[1]), a[2], a[1])),
            TranscodeOp.Utf8ToCompactUtf16 => a =>
                [(ulong)run.Do((s, d) => Transcoder.Utf8ToCompactUtf16(s, d, Int(a[4])), a[0], a[1], a[2], Twice(a[3])).Written],
            TranscodeOp.Utf16ToCompactUtf16 => a =>
                [(ulong)run.Do((s, d) => Transcoder.Utf16ToCompactUtf16(s, d, Int(a[4])), a[0], Twice(a[1]), a[2], Twice(a[3])).Written],
            TranscodeOp.Utf16ToCompactProbablyUtf16 => a => Tagged(run.Do(Transcoder.Utf16ToCompactProbablyUtf16, a[0], Twice(a[1]), a[2], Twice(a[1])), tag),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static ulong[] Tagged(Transcoded result, ulong tag) => [(uint)result.Written | (result.IsUtf16 ? tag : 0)];

    private static string SourceEncoding(TranscodeOp op) => op switch
    {
        TranscodeOp.Utf8ToUtf8 or TranscodeOp.Utf8ToUtf16 or TranscodeOp.Utf8ToLatin1 or TranscodeOp.Utf8ToCompactUtf16 => "utf8",
        TranscodeOp.Latin1ToLatin1 or TranscodeOp.Latin1ToUtf16 or TranscodeOp.Latin1ToUtf8 => "latin1",
        _ => "utf16",
    };

    private sealed class Between(EngineMemory from, EngineMemory to, string encoding)
    {
        public Transcoded Do(Op op, ulong sourceAddress, ulong sourceBytes, ulong address, ulong bytes)
        {
            int sourceLength = Checked(from, sourceAddress, sourceBytes), length = Checked(to, address, bytes);
            ReadOnlySpan<byte> source = from.Slice(sourceAddress, sourceLength);
            var destination = to.Slice(address, length);
            // A component can share a memory with itself, and a hostile allocator can give out what is in use: the text is what it was before.
            if (source.Overlaps(destination))
                source = source.ToArray();
            var result = op(source, destination);
            return result.Status switch
            {
                TranscodeStatus.Done => result,
                TranscodeStatus.Invalid => throw new TrapSignal($"invalid {encoding} encoding"),
                _ => throw new TrapSignal("string content out-of-bounds"),
            };
        }

        private static int Checked(EngineMemory memory, ulong address, ulong bytes)
        {
            ulong length = memory.Length;
            if (bytes > int.MaxValue || address > length || bytes > length - address)
                throw new TrapSignal("string content out-of-bounds");
            return (int)bytes;
        }
    }

    private static ulong Twice(ulong units) => units > int.MaxValue ? ulong.MaxValue : 2 * units;

    private static int Int(ulong value) => value > int.MaxValue ? int.MaxValue : (int)value;

    private static ulong[] Nothing(Transcoded _) => [];

    private static ulong[] Both(Transcoded result) => [(ulong)result.Read, (ulong)result.Written];
}
