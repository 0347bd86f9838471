using System;
using System.Text;
using Fact.Ir;

namespace Fact.Conformance.Behaviour.Rig;

/// <summary>The adapter broke its promises to the host: a test fails, whatever it expected.</summary>
internal sealed class HostFault(string message) : Exception(message);

/// <summary>The transcoding intrinsics, one character after another, and as suspicious of the adapter as can be.</summary>
internal sealed class Transcoders(Guest from, Guest to)
{
    private ulong Tag => to.Is64 ? 1UL << 63 : 1UL << 31;

    public ulong[] Run(TranscodeOp op, ulong[] args)
    {
        ulong sp = args[0], sl = args[1], dp = args[2], dl = args.Length > 3 ? args[3] : 0;
        switch (op)
        {
            case TranscodeOp.Utf8ToUtf8:
                Write8(dp, Utf8.GetBytes(Text8(sp, sl)), sl, exact: true);
                return [];
            case TranscodeOp.Utf16ToUtf16:
                Write16(dp, Text16(sp, sl), sl, exact: true);
                return [];
            case TranscodeOp.Latin1ToLatin1:
                Write8(dp, Source(sp, sl, 1), sl, exact: true);
                return [];
            case TranscodeOp.Latin1ToUtf16:
                Write16(dp, Latin1(sp, sl), sl, exact: true);
                return [];
            case TranscodeOp.Utf8ToUtf16:
                return [Write16(dp, Text8(sp, sl), sl, exact: false)];
            case TranscodeOp.Utf16ToUtf8:
                return ToUtf8(Text16(sp, sl), dp, dl);
            case TranscodeOp.Latin1ToUtf8:
                return ToUtf8(Latin1(sp, sl), dp, dl);
            case TranscodeOp.Utf8ToLatin1:
                return Utf8ToLatin1(sp, sl, dp);
            case TranscodeOp.Utf16ToLatin1:
                string latin1 = LongestLatin1(Units16(sp, sl));
                Write8(dp, Encoding.Latin1.GetBytes(latin1), sl, exact: false);
                return [(ulong)latin1.Length, (ulong)latin1.Length];
            case TranscodeOp.Utf8ToCompactUtf16:
                return [Inflate(Text8(sp, sl), dp, dl, args[4])];
            case TranscodeOp.Utf16ToCompactUtf16:
                return [Inflate(Text16(sp, sl), dp, dl, args[4])];
            case TranscodeOp.Utf16ToCompactProbablyUtf16:
                string text = Text16(sp, sl);
                if (LongestLatin1(text).Length < text.Length)
                    return [Write16(dp, text, sl, exact: true) | Tag];
                Target(dp, 2 * sl, 2);
                return [Write8(dp, Encoding.Latin1.GetBytes(text), sl, exact: true)];
            default:
                throw new HostFault($"unknown operation {op}");
        }
    }

    private static readonly Encoding
        Utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true),
        Utf16 = new UnicodeEncoding(false, false, throwOnInvalidBytes: true);

    /// <summary>As many characters as fit, whole ones only.</summary>
    private ulong[] ToUtf8(string text, ulong dp, ulong dl)
    {
        ulong read = 0, written = 0;
        var target = Target(dp, dl, 1);
        foreach (var rune in text.EnumerateRunes())
        {
            if (written + (ulong)rune.Utf8SequenceLength > dl)
                break;
            rune.EncodeToUtf8(target[(int)written..]);
            written += (ulong)rune.Utf8SequenceLength;
            read += (ulong)rune.Utf16SequenceLength;
        }
        return [read, written];
    }

    private ulong[] Utf8ToLatin1(ulong sp, ulong sl, ulong dp)
    {
        byte[] source = Source(sp, sl, 1);
        var target = Target(dp, sl, 2);
        int read = 0, written = 0;
        while (read < source.Length)
        {
            if (source[read] < 0x80)
            {
                target[written++] = source[read++];
            }
            else if (source[read] is 0xC2 or 0xC3 && read + 1 < source.Length && source[read + 1] is >= 0x80 and < 0xC0)
            {
                target[written++] = (byte)(((source[read] & 3) << 6) | (source[read + 1] & 0x3F));
                read += 2;
            }
            else
            {
                break;
            }
        }
        return [(ulong)read, (ulong)written];
    }

    private ulong Inflate(string rest, ulong dp, ulong dl, ulong latin1)
    {
        var target = Target(dp, 2 * dl, 2);
        if (latin1 + (ulong)rest.Length > dl)
            throw new HostFault("no room for what is to be inflated");
        for (int i = (int)latin1 - 1; i >= 0; i--)
            (target[2 * i], target[(2 * i) + 1]) = (target[i], 0);
        Utf16.GetBytes(rest, target[(2 * (int)latin1)..]);
        return latin1 + (ulong)rest.Length;
    }

    private string Text8(ulong sp, ulong sl) => Utf8.GetString(Source(sp, sl, 1));

    private string Text16(ulong sp, ulong sl) => Utf16.GetString(Source(sp, 2 * sl, 2));

    private string Units16(ulong sp, ulong sl)
    {
        byte[] bytes = Source(sp, 2 * sl, 2);
        return string.Create(bytes.Length / 2, bytes, (units, b) =>
        {
            for (int i = 0; i < units.Length; i++)
                units[i] = (char)(b[2 * i] | (b[(2 * i) + 1] << 8));
        });
    }

    private string Latin1(ulong sp, ulong sl) => Encoding.Latin1.GetString(Source(sp, sl, 1));

    private static string LongestLatin1(string text)
    {
        int length = 0;
        while (length < text.Length && text[length] < 0x100)
            length++;
        return text[..length];
    }

    private ulong Write8(ulong dp, byte[] bytes, ulong units, bool exact)
    {
        if (exact && (ulong)bytes.Length != units)
            throw new HostFault("the number of code units changes");
        bytes.CopyTo(Target(dp, units, 1));
        return (ulong)bytes.Length;
    }

    private ulong Write16(ulong dp, string text, ulong units, bool exact)
    {
        if (exact && (ulong)text.Length != units)
            throw new HostFault("the number of code units changes");
        Utf16.GetBytes(text, Target(dp, 2 * units, 2));
        return (ulong)text.Length;
    }

    private byte[] Source(ulong sp, ulong size, ulong alignment) => Checked(from, sp, size, alignment, "source").ToArray();

    private Span<byte> Target(ulong dp, ulong size, ulong alignment) => Checked(to, dp, size, alignment, "target");

    private static Span<byte> Checked(Guest guest, ulong ptr, ulong size, ulong alignment, string what)
    {
        if (ptr % alignment != 0)
            throw new HostFault($"the {what} {ptr} of a transcoder is not aligned");
        if (size > (ulong)guest.Bytes.Length || ptr > (ulong)guest.Bytes.Length - size)
            throw new HostFault($"the {what} {ptr} + {size} of a transcoder is out of bounds");
        return guest.Bytes.Slice((int)ptr, (int)size);
    }
}
