using System;
using System.Linq;
using Fact.Host.Transcode;
using Fact.Model;
using Fact.Model.Laws;
using FsCheck.Xunit;
using Xunit;

namespace Fact.Properties.Host;

/// <summary>Every transcoder agrees with the definition of its encodings, and stays in its destination.</summary>
[Properties(Arbitrary = [typeof(TextGenerators)])]
public sealed class TranscoderProperties
{
    private delegate Transcoded Op(ReadOnlySpan<byte> source, Span<byte> destination);

    [Law(2_000)]
    public void Utf8_to_utf8_copies_what_is_valid(MaybeUtf8 s) =>
        Copies(Transcoder.Utf8ToUtf8, s.Text.Bytes, s.Text.Bytes, Codec.Utf8.Scalars(s.Text.Bytes) is not null, 1);

    [Law(2_000)]
    public void Utf16_to_utf16_copies_what_is_valid(MaybeUtf16 s) =>
        Copies(Transcoder.Utf16ToUtf16, s.Text.Bytes, s.Text.Bytes, Codec.Utf16.Scalars(s.Text.Bytes) is not null, 2);

    [Law(2_000)]
    public void Latin1_to_latin1_copies(Latin1 s) => Copies(Transcoder.Latin1ToLatin1, s.Text.Bytes, s.Text.Bytes, true, 1);

    [Law(2_000)]
    public void Latin1_to_utf16_widens(Latin1 s) => Copies(Transcoder.Latin1ToUtf16, s.Text.Bytes, [.. s.Text.Bytes.SelectMany(b => new byte[] { b, 0 })], true, 2);

    [Law(2_000)]
    public void Utf8_to_utf16_encodes_what_is_valid(MaybeUtf8 s)
    {
        var (invalid, _, expected) = Codec.Convert(s.Text.Bytes, Codec.Utf8, Codec.Utf16, int.MaxValue);
        var (result, written) = Call(Transcoder.Utf8ToUtf16, s.Text.Bytes, 2 * s.Text.Bytes.Length);
        Assert.Equal(invalid ? TranscodeStatus.Invalid : TranscodeStatus.Done, result.Status);
        if (!invalid)
            AssertWritten(expected, result.Written * 2, written);
    }

    [Law(2_000)]
    public void Utf16_to_utf8_with_room_for_the_worst_case_converts_all(MaybeUtf16 s, byte more) =>
        Deflates(Transcoder.Utf16ToUtf8, s.Text.Bytes, Codec.Utf16, (3 * s.Text.Bytes.Length / 2) + more);

    [Law(2_000)]
    public void Latin1_to_utf8_with_room_for_the_worst_case_converts_all(Latin1 s, byte more) =>
        Deflates(Transcoder.Latin1ToUtf8, s.Text.Bytes, Codec.Latin1, (2 * s.Text.Bytes.Length) + more);

    [Law(2_000)]
    public void Utf16_to_utf8_with_less_room_stops_at_what_is_not_ascii(MaybeUtf16 s, byte cut) =>
        StopsAtNonAscii(Transcoder.Utf16ToUtf8, s.Text.Bytes, Codec.Utf16, Math.Min((s.Text.Bytes.Length / 2) + (cut / 4) - 32, (3 * s.Text.Bytes.Length / 2) - 1));

    [Law(2_000)]
    public void Latin1_to_utf8_with_less_room_stops_at_what_is_not_ascii(Latin1 s, byte cut) =>
        StopsAtNonAscii(Transcoder.Latin1ToUtf8, s.Text.Bytes, Codec.Latin1, Math.Min(s.Text.Bytes.Length + (cut / 4) - 32, (2 * s.Text.Bytes.Length) - 1));

    [Law(2_000)]
    public void Utf8_to_latin1_stops_at_what_is_not_latin1(MaybeUtf8 s) => Narrows(Transcoder.Utf8ToLatin1, s.Text.Bytes, Codec.Utf8);

    [Law(2_000)]
    public void Utf16_to_latin1_stops_at_what_is_not_latin1(MaybeUtf16 s) => Narrows(Transcoder.Utf16ToLatin1, s.Text.Bytes, Codec.Utf16);

    [Law(2_000)]
    public void Utf8_to_compact_utf16_goes_on_where_utf8_to_latin1_stopped(MaybeUtf8 s) =>
        Continues(Transcoder.Utf8ToLatin1, Transcoder.Utf8ToCompactUtf16, s.Text.Bytes, Codec.Utf8);

    [Law(2_000)]
    public void Utf16_to_compact_utf16_goes_on_where_utf16_to_latin1_stopped(MaybeUtf16 s) =>
        Continues(Transcoder.Utf16ToLatin1, Transcoder.Utf16ToCompactUtf16, s.Text.Bytes, Codec.Utf16);

    [Law(2_000)]
    public void Utf16_to_compact_probably_utf16_is_latin1_where_all_of_it_is(MaybeUtf16 s)
    {
        byte[] source = s.Text.Bytes;
        var scalars = Codec.Utf16.Scalars(source);
        var (result, written) = Call(Transcoder.Utf16ToCompactProbablyUtf16, source, source.Length);
        if (scalars is null)
        {
            Assert.Equal(TranscodeStatus.Invalid, result.Status);
            return;
        }
        bool latin1 = scalars.TrueForAll(c => c <= 0xFF);
        Assert.Equal(TranscodeStatus.Done, result.Status);
        Assert.Equal(!latin1, result.IsUtf16);
        Assert.Equal(source.Length / 2, result.Written);
        // In place: behind the Latin-1 there is still the second half of the copy.
        byte[] expected = latin1 ? [.. scalars.Select(c => (byte)c), .. source[(source.Length / 2)..]] : source;
        Assert.Equal(expected, written);
    }

    [Law(2_000)]
    public void A_destination_that_is_too_small_is_an_error_not_an_overrun(MaybeUtf8 utf8, MaybeUtf16 utf16, Latin1 latin1, byte room)
    {
        foreach (var (op, source) in new (Op, byte[])[]
        {
            (Transcoder.Utf8ToUtf8, utf8.Text.Bytes), (Transcoder.Utf8ToUtf16, utf8.Text.Bytes), (Transcoder.Utf8ToLatin1, utf8.Text.Bytes),
            (Transcoder.Utf16ToUtf16, utf16.Text.Bytes), (Transcoder.Utf16ToLatin1, utf16.Text.Bytes), (Transcoder.Utf16ToCompactProbablyUtf16, utf16.Text.Bytes),
            (Transcoder.Latin1ToLatin1, latin1.Text.Bytes), (Transcoder.Latin1ToUtf16, latin1.Text.Bytes),
            ((s, d) => Transcoder.Utf8ToCompactUtf16(s, d, latin1.Text.Bytes.Length), utf8.Text.Bytes),
            ((s, d) => Transcoder.Utf16ToCompactUtf16(s, d, latin1.Text.Bytes.Length), utf16.Text.Bytes),
        })
        {
            Call(op, source, room);
        }
    }

    private static void Copies(Op op, byte[] source, byte[] expected, bool valid, int unit)
    {
        var (result, written) = Call(op, source, expected.Length);
        Assert.Equal(valid ? TranscodeStatus.Done : TranscodeStatus.Invalid, result.Status);
        if (!valid)
            return;
        Assert.Equal(expected, written);
        Assert.Equal(expected.Length / unit, result.Written);
    }

    private static void Deflates(Op op, byte[] source, Codec from, int room)
    {
        var (invalid, read, expected) = Codec.Convert(source, from, Codec.Utf8, room);
        var (result, written) = Call(op, source, room);
        if (invalid)
        {
            Assert.Equal(TranscodeStatus.Invalid, result.Status);
            return;
        }
        Assert.Equal(TranscodeStatus.Done, result.Status);
        Assert.Equal(read, result.Read * from.UnitSize);
        AssertWritten(expected, result.Written, written);
    }

    private static void StopsAtNonAscii(Op op, byte[] source, Codec from, int room)
    {
        if (room < 0)
            return;
        var (_, read, expected) = Codec.Convert(source, from, Codec.Utf8, room, c => c <= 0x7F);
        var (result, written) = Call(op, source, room);
        Assert.Equal(TranscodeStatus.Done, result.Status);
        Assert.Equal(read, result.Read * from.UnitSize);
        AssertWritten(expected, result.Written, written);
        // Guests can see what a first attempt leaves in memory that is given up for more.
        Assert.All(written[result.Written..], b => Assert.Equal(0, b));
    }

    private static void Narrows(Op op, byte[] source, Codec from)
    {
        var (_, read, expected) = Codec.Convert(source, from, Codec.Latin1, int.MaxValue, c => c <= 0xFF);
        var (result, written) = Call(op, source, source.Length / from.UnitSize);
        Assert.Equal(TranscodeStatus.Done, result.Status);
        Assert.Equal(read, result.Read * from.UnitSize);
        AssertWritten(expected, result.Written, written);
    }

    private delegate Transcoded CompactOp(ReadOnlySpan<byte> source, Span<byte> destination, int latin1);

    private static void Continues(Op first, CompactOp second, byte[] source, Codec from)
    {
        byte[] destination = new byte[source.Length / from.UnitSize * 2];
        var narrow = first(source, destination.AsSpan(0, source.Length / from.UnitSize));
        var (result, written) = Call((s, d) => second(s, d, narrow.Written), source[(narrow.Read * from.UnitSize)..], destination);
        var (invalid, _, expected) = Codec.Convert(source, from, Codec.Utf16, int.MaxValue);
        Assert.Equal(invalid ? TranscodeStatus.Invalid : TranscodeStatus.Done, result.Status);
        if (!invalid)
            AssertWritten(expected, result.Written * 2, written);
    }

    private static void AssertWritten(byte[] expected, int length, byte[] destination)
    {
        Assert.Equal(expected.Length, length);
        Assert.Equal(expected, destination[..length]);
    }

    private static (Transcoded Result, byte[] Written) Call(Op op, byte[] source, int room) => Call(op, source, new byte[room]);

    /// <summary>Calls with a destination in the midst of other bytes, which must stay as they are.</summary>
    private static (Transcoded Result, byte[] Written) Call(Op op, byte[] source, byte[] destination)
    {
        const int Margin = 64;
        byte[] memory = new byte[destination.Length + (2 * Margin)];
        Array.Fill(memory, (byte)0xA5);
        destination.CopyTo(memory, Margin);
        var result = op(source, memory.AsSpan(Margin, destination.Length));
        Assert.All(memory[..Margin], b => Assert.Equal(0xA5, b));
        Assert.All(memory[^Margin..], b => Assert.Equal(0xA5, b));
        return (result, memory[Margin..^Margin]);
    }
}
