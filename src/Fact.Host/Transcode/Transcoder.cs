using System;
using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Fact.Ir;

namespace Fact.Host.Transcode;

/// <summary>
/// The transcoders that adapter modules import, on spans. Nothing is ever replaced: text that is not valid is refused.
/// Nothing is written outside the destination, and nothing is promised of it after a refusal. Source and destination must not overlap.
/// </summary>
internal static class Transcoder
{
    /// <summary><c>utf8-to-utf8</c>.</summary>
    public static Transcoded Utf8ToUtf8(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (destination.Length < source.Length)
            return Transcoded.TooSmall;
        if (!Utf8.IsValid(source))
            return Transcoded.Invalid;
        source.CopyTo(destination);
        return Transcoded.Done(source.Length, source.Length);
    }

    /// <summary><c>utf16-to-utf16</c>.</summary>
    public static Transcoded Utf16ToUtf16(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        var chars = Utf16.Chars(source);
        var result = Utf16.Chars(destination);
        if (result.Length < chars.Length)
            return Transcoded.TooSmall;
        if (!UnicodeText.IsWellFormed(chars))
            return Transcoded.Invalid;
        chars.CopyTo(result);
        return Transcoded.Done(chars.Length, chars.Length, isUtf16: true);
    }

    /// <summary><c>latin1-to-latin1</c>.</summary>
    public static Transcoded Latin1ToLatin1(ReadOnlySpan<byte> source, Span<byte> destination) =>
        source.TryCopyTo(destination) ? Transcoded.Done(source.Length, source.Length) : Transcoded.TooSmall;

    /// <summary><c>latin1-to-utf16</c>.</summary>
    public static Transcoded Latin1ToUtf16(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        var result = Utf16.Chars(destination);
        if (result.Length < source.Length)
            return Transcoded.TooSmall;
        Encoding.Latin1.GetChars(source, result);
        return Transcoded.Done(source.Length, source.Length, isUtf16: true);
    }

    /// <summary><c>latin1-to-utf8</c>: with room for less than two bytes a character, stops at what is not ASCII. Spec: <c>store_string_to_utf8</c>.</summary>
    public static Transcoded Latin1ToUtf8(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (destination.Length < 2L * source.Length)
        {
            int ascii = source.IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
            ascii = Math.Min(ascii < 0 ? source.Length : ascii, destination.Length);
            source[..ascii].CopyTo(destination);
            return Transcoded.Done(ascii, ascii);
        }
        Span<char> chars = stackalloc char[512];
        int read = 0, written = 0;
        while (read < source.Length)
        {
            int count = Encoding.Latin1.GetChars(source.Slice(read, Math.Min(chars.Length, source.Length - read)), chars);
            Utf8.FromUtf16(chars[..count], destination[written..], out int charsRead, out int bytesWritten, replaceInvalidSequences: false);
            read += charsRead;
            written += bytesWritten;
        }
        return Transcoded.Done(read, written);
    }

    /// <summary><c>utf16-to-utf8</c>: with room for less than three bytes a code unit, stops at what is not ASCII. Spec: <c>store_string_to_utf8</c>.</summary>
    public static Transcoded Utf16ToUtf8(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        var chars = Utf16.Chars(source);
        if (destination.Length < 3L * chars.Length)
        {
            int ascii = chars.IndexOfAnyExceptInRange('\0', '\u007F');
            chars = chars[..Math.Min(ascii < 0 ? chars.Length : ascii, destination.Length)];
        }
        var status = Utf8.FromUtf16(chars, destination, out int read, out int written, replaceInvalidSequences: false);
        return status is OperationStatus.Done ? Transcoded.Done(read, written) : Transcoded.Invalid;
    }

    /// <summary><c>utf8-to-utf16</c>: the destination has as many code units as the source has bytes.</summary>
    public static Transcoded Utf8ToUtf16(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        var status = Utf8.ToUtf16(source, Utf16.Chars(destination), out int read, out int written, replaceInvalidSequences: false);
        return status switch
        {
            OperationStatus.Done => Transcoded.Done(read, written, isUtf16: true),
            OperationStatus.DestinationTooSmall => Transcoded.TooSmall,
            _ => Transcoded.Invalid,
        };
    }

    /// <summary><c>utf8-to-latin1</c>: stops at what is not Latin-1, be it text or not; the operation that goes on from there refuses what is not.</summary>
    public static Transcoded Utf8ToLatin1(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        int read = 0, written = 0;
        while (read < source.Length)
        {
            var rest = source[read..];
            int ascii = rest.IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
            if (ascii < 0)
                ascii = rest.Length;
            if (!rest[..ascii].TryCopyTo(destination[written..]))
                return Transcoded.TooSmall;
            read += ascii;
            written += ascii;
            // U+0080 to U+00FF are C2 80 to C3 BF.
            while (read + 1 < source.Length && source[read] is 0xC2 or 0xC3 && source[read + 1] is >= 0x80 and <= 0xBF)
            {
                if (written == destination.Length)
                    return Transcoded.TooSmall;
                destination[written++] = (byte)((source[read] << 6) | (source[read + 1] & 0x3F));
                read += 2;
            }
            if (read < source.Length && source[read] > 0x7F)
                break;
        }
        return Transcoded.Done(read, written);
    }

    /// <summary><c>utf16-to-latin1</c>: stops at the first code unit that is not Latin-1.</summary>
    public static Transcoded Utf16ToLatin1(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        var chars = Utf16.Chars(source);
        int count = chars.IndexOfAnyExceptInRange('\0', '\u00FF');
        if (count < 0)
            count = chars.Length;
        if (count > destination.Length)
            return Transcoded.TooSmall;
        Encoding.Latin1.GetBytes(chars[..count], destination);
        return Transcoded.Done(count, count);
    }

    /// <summary><c>utf8-to-compact-utf16</c>: makes the Latin-1 at the start of the destination UTF-16, and appends the source.</summary>
    /// <param name="source">What is left of the text.</param>
    /// <param name="destination">The whole of it.</param>
    /// <param name="latin1">How many bytes of it are Latin-1 already.</param>
    public static Transcoded Utf8ToCompactUtf16(ReadOnlySpan<byte> source, Span<byte> destination, int latin1)
    {
        if (!InflateLatin1(destination, latin1))
            return Transcoded.TooSmall;
        return Append(Utf8ToUtf16(source, destination[(2 * latin1)..]), latin1);
    }

    /// <summary><c>utf16-to-compact-utf16</c>: makes the Latin-1 at the start of the destination UTF-16, and appends the source.</summary>
    /// <inheritdoc cref="Utf8ToCompactUtf16"/>
    public static Transcoded Utf16ToCompactUtf16(ReadOnlySpan<byte> source, Span<byte> destination, int latin1)
    {
        if (!InflateLatin1(destination, latin1))
            return Transcoded.TooSmall;
        return Append(Utf16ToUtf16(source, destination[(2 * latin1)..]), latin1);
    }

    /// <summary><c>utf16-to-compact-probably-utf16</c>: copies, and makes Latin-1 of the copy in place where all of it is.</summary>
    public static Transcoded Utf16ToCompactProbablyUtf16(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        // The copy is made in any case: guests can see what is left of it behind the Latin-1.
        var copied = Utf16ToUtf16(source, destination);
        if (copied.Status != TranscodeStatus.Done || Utf16.Chars(source).ContainsAnyExceptInRange('\0', '\u00FF'))
            return copied;
        return Utf16ToLatin1(source, destination);
    }

    private static Transcoded Append(Transcoded rest, int latin1) => rest with { Written = rest.Written + latin1, IsUtf16 = true };

    /// <summary>Widens bytes in place, back to front, a block at a time.</summary>
    private static bool InflateLatin1(Span<byte> destination, int latin1)
    {
        if (latin1 < 0 || latin1 > destination.Length / 2)
            return false;
        Span<byte> block = stackalloc byte[512];
        var chars = Utf16.Chars(destination);
        for (int end = latin1; end > 0;)
        {
            int count = Math.Min(block.Length, end);
            end -= count;
            destination.Slice(end, count).CopyTo(block);
            Encoding.Latin1.GetChars(block[..count], chars.Slice(end, count));
        }
        return true;
    }
}
