using System;
using System.Linq;
using Fact.Ir;

namespace Fact.Model;

/// <summary>An adapter broke its promises to its host: a test fails, whatever it expected.</summary>
public sealed class HostFault(string message) : Exception(message);

/// <summary>The transcoding intrinsics, one scalar value after another, and as suspicious of the adapter as can be.</summary>
/// <param name="from">The memory that is read.</param>
/// <param name="to">The memory that is written.</param>
public sealed class TranscoderModel(MemInst from, MemInst to)
{
    private ulong Tag => to.Is64 ? 1UL << 63 : 1UL << 31;

    /// <summary>Runs an intrinsic on its core arguments, and gives its core results.</summary>
    public ulong[] Run(TranscodeOp op, ulong[] args)
    {
        ulong sp = args[0], sl = args[1], dp = args[2], dl = args.Length > 3 ? args[3] : 0;
        switch (op)
        {
            case TranscodeOp.Utf8ToUtf8:
                return Exactly(Codec.Utf8, Codec.Utf8, sp, sl, dp);
            case TranscodeOp.Utf16ToUtf16:
                return Exactly(Codec.Utf16, Codec.Utf16, sp, sl, dp);
            case TranscodeOp.Latin1ToLatin1:
                return Exactly(Codec.Latin1, Codec.Latin1, sp, sl, dp);
            case TranscodeOp.Latin1ToUtf16:
                return Exactly(Codec.Latin1, Codec.Utf16, sp, sl, dp);
            case TranscodeOp.Utf8ToUtf16:
                byte[] utf16 = Codec.Utf16.Encode(Text(Codec.Utf8, sp, sl));
                Write(dp, utf16, 2 * sl, 2);
                return [(ulong)utf16.Length / 2];
            case TranscodeOp.Utf16ToUtf8:
                return Fitting(Codec.Utf16, Codec.Utf8, sp, sl, dp, dl, 1);
            case TranscodeOp.Latin1ToUtf8:
                return Fitting(Codec.Latin1, Codec.Utf8, sp, sl, dp, dl, 1);
            case TranscodeOp.Utf8ToLatin1:
                return Narrowed(Codec.Utf8, sp, sl, dp);
            case TranscodeOp.Utf16ToLatin1:
                return Narrowed(Codec.Utf16, sp, sl, dp);
            case TranscodeOp.Utf8ToCompactUtf16:
                return Inflate(Text(Codec.Utf8, sp, sl), dp, dl, args[4]);
            case TranscodeOp.Utf16ToCompactUtf16:
                return Inflate(Text(Codec.Utf16, sp, sl), dp, dl, args[4]);
            case TranscodeOp.Utf16ToCompactProbablyUtf16:
                return Compact(Text(Codec.Utf16, sp, sl), sl, dp);
            default:
                throw new HostFault($"unknown operation {op}");
        }
    }

    /// <summary>All of it, in as many code units.</summary>
    private ulong[] Exactly(Codec source, Codec target, ulong sp, ulong sl, ulong dp)
    {
        byte[] bytes = target.Encode(Text(source, sp, sl));
        if ((ulong)bytes.Length != sl * (ulong)target.UnitSize)
            throw new HostFault("the number of code units changes");
        Write(dp, bytes, (ulong)bytes.Length, (ulong)target.UnitSize);
        return [];
    }

    /// <summary>As many characters as fit, whole ones only.</summary>
    private ulong[] Fitting(Codec source, Codec target, ulong sp, ulong sl, ulong dp, ulong dl, ulong alignment)
    {
        byte[] bytes = Source(source, sp, sl);
        SpecTrap.If(source.Scalars(bytes) is null, "invalid string");
        var (_, read, written) = Codec.Convert(bytes, source, target, (int)Math.Min(dl, int.MaxValue));
        Write(dp, written, dl, alignment);
        return [(ulong)read / (ulong)source.UnitSize, (ulong)written.Length];
    }

    /// <summary>All that is Latin-1, up to what is not, or is no text.</summary>
    private ulong[] Narrowed(Codec source, ulong sp, ulong sl, ulong dp)
    {
        var (_, read, written) = Codec.Convert(Source(source, sp, sl), source, Codec.Latin1, int.MaxValue, c => c < 0x100);
        Write(dp, written, sl, 2);
        return [(ulong)read / (ulong)source.UnitSize, (ulong)written.Length];
    }

    /// <summary>Makes UTF-16 of the Latin-1 that is there, and appends the rest.</summary>
    private ulong[] Inflate(string rest, ulong dp, ulong dl, ulong latin1)
    {
        if (latin1 + (ulong)rest.Length > dl)
            throw new HostFault("no room for what is to be inflated");
        Checked(to, dp, 2 * dl, 2, "target");
        byte[] inflated = [.. to.Read(dp, latin1).ToArray().SelectMany(b => new byte[] { b, 0 }), .. Codec.Utf16.Encode(rest)];
        to.Write(dp, inflated);
        return [latin1 + (ulong)rest.Length];
    }

    /// <summary>UTF-16, or Latin-1 where all of it is.</summary>
    private ulong[] Compact(string text, ulong sl, ulong dp)
    {
        bool isLatin1 = text.All(c => c < 0x100);
        Write(dp, isLatin1 ? Codec.Latin1.Encode(text) : Codec.Utf16.Encode(text), 2 * sl, 2);
        return [isLatin1 ? sl : sl | Tag];
    }

    private byte[] Source(Codec codec, ulong sp, ulong units)
    {
        ulong size = units * (ulong)codec.UnitSize;
        Checked(from, sp, size, (ulong)codec.UnitSize, "source");
        return from.Read(sp, size).ToArray();
    }

    private string Text(Codec codec, ulong sp, ulong units)
    {
        string? text = codec.Decode(Source(codec, sp, units));
        SpecTrap.If(text is null, "invalid string");
        return text!;
    }

    private void Write(ulong dp, byte[] bytes, ulong room, ulong alignment)
    {
        Checked(to, dp, room, alignment, "target");
        to.Write(dp, bytes);
    }

    private static void Checked(MemInst memory, ulong ptr, ulong size, ulong alignment, string what)
    {
        if (ptr % alignment != 0)
            throw new HostFault($"the {what} {ptr} of a transcoder is not aligned");
        if (!memory.Has(ptr, size))
            throw new HostFault($"the {what} {ptr} + {size} of a transcoder is out of bounds");
    }
}
