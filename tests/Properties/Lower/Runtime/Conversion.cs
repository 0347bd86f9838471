using System;
using System.Linq;
using Fact.Lower.Runtime.Transcode;
using Fact.Model;

namespace Fact.Properties.Lower.Runtime;

/// <summary>What a routine does by its definition, over bytes: its results, and what it writes; null where it traps.</summary>
/// <param name="Results">The core results.</param>
/// <param name="Written">The bytes from the start of the destination on.</param>
/// <param name="Room">The bytes that the destination has.</param>
internal sealed record Conversion(ulong[]? Results, byte[] Written, int Room)
{
    private const int InflatedFirst = 5;

    /// <summary>The bytes of a code unit of the source.</summary>
    public static int UnitBytes(StringRoutine routine) => From(routine).UnitSize;

    public static Codec From(StringRoutine routine) => routine switch
    {
        StringRoutine.Utf8ToUtf8 or StringRoutine.Utf8ToUtf16 or StringRoutine.Utf8ToLatin1 or StringRoutine.Utf8ToCompactUtf16 => Codec.Utf8,
        StringRoutine.Latin1ToLatin1 or StringRoutine.Latin1ToUtf16 or StringRoutine.Latin1ToUtf8 or StringRoutine.AsciiOfLatin1 or StringRoutine.InflateLatin1 =>
            Codec.Latin1,
        _ => Codec.Utf16,
    };

    /// <summary>The arguments behind source and length.</summary>
    public ulong[] Arguments(StringRoutine routine, int dp, int units) => routine switch
    {
        StringRoutine.AsciiOfLatin1 or StringRoutine.AsciiOfUtf16 or StringRoutine.Latin1ToUtf8 or StringRoutine.Utf16ToUtf8 => [(ulong)dp, (ulong)Room],
        StringRoutine.Utf8ToCompactUtf16 or StringRoutine.Utf16ToCompactUtf16 => [(ulong)dp, (ulong)(units + InflatedFirst), InflatedFirst],
        _ => [(ulong)dp],
    };

    /// <summary>Bytes that are in the destination before: Latin-1 that is inflated.</summary>
    public static byte[] Before(StringRoutine routine) =>
        routine is StringRoutine.Utf8ToCompactUtf16 or StringRoutine.Utf16ToCompactUtf16 ? [.. Enumerable.Range(0, InflatedFirst).Select(i => (byte)(0xE0 + i))] : [];

    public static Conversion Of(StringRoutine routine, byte[] source, ulong tag)
    {
        var from = From(routine);
        int units = source.Length / from.UnitSize;
        switch (routine)
        {
            case StringRoutine.Utf8ToUtf8 or StringRoutine.Utf16ToUtf16 or StringRoutine.Latin1ToLatin1:
                return All(from, from, source.Length, _ => []);
            case StringRoutine.Latin1ToUtf16:
                return All(from, Codec.Utf16, 2 * units, _ => []);
            case StringRoutine.Utf8ToUtf16:
                return All(from, Codec.Utf16, 2 * units, written => [(ulong)written / 2]);
            case StringRoutine.Latin1ToUtf8:
                return All(from, Codec.Utf8, 2 * units, written => [(ulong)units, (ulong)written]);
            case StringRoutine.Utf16ToUtf8:
                return All(from, Codec.Utf8, 3 * units, written => [(ulong)units, (ulong)written]);
            case StringRoutine.AsciiOfLatin1 or StringRoutine.AsciiOfUtf16:
                return Start(0x80);
            case StringRoutine.Utf8ToLatin1 or StringRoutine.Utf16ToLatin1:
                return Start(0x100);
            case StringRoutine.Utf8ToCompactUtf16 or StringRoutine.Utf16ToCompactUtf16:
                var rest = All(from, Codec.Utf16, 0, written => [(ulong)((written / 2) + InflatedFirst)]);
                return rest with { Written = [.. Before(routine).SelectMany(b => new byte[] { b, 0 }), .. rest.Written], Room = 2 * (units + InflatedFirst) };
            case StringRoutine.Utf16ToCompactProbablyUtf16:
                var copy = All(from, from, source.Length, _ => [(uint)units | tag]);
                if (copy.Results is null || from.Scalars(source)!.Any(scalar => scalar > 0xFF))
                    return copy;
                return copy with { Results = [(ulong)units], Written = [.. source.Where((_, i) => i % 2 == 0), .. source.Skip(units)] };
            case StringRoutine.InflateLatin1:
                return new([], Codec.Utf16.Encode(Codec.Latin1.Decode(source)!), 2 * units);
            default:
                throw new ArgumentOutOfRangeException(nameof(routine));
        }

        Conversion All(Codec source1, Codec to, int room, Func<int, ulong[]> results)
        {
            var (invalid, _, written) = Codec.Convert(source, source1, to, int.MaxValue);
            return invalid ? new(null, [], room) : new(results(written.Length), written, room);
        }

        Conversion Start(uint end)
        {
            var (_, read, written) = Codec.Convert(source, from, Codec.Latin1, int.MaxValue, scalar => scalar < end);
            return new([(ulong)(read / from.UnitSize), (ulong)written.Length], written, units);
        }
    }
}
