using System;
using System.Linq;
using System.Text;
using Fact.Ir;

namespace Fact.Conformance.Differential.Model;

/// <summary>Stores strings with the calls of <c>realloc</c> that the specification prescribes. Spec: <c>store_string_into_range</c>.</summary>
internal sealed class ModelStrings(ModelGuest guest, StringEncoding encoding)
{
    private readonly ulong tag = 1UL << ((guest.Abi.PointerSize * 8) - 1);

    public (ulong At, ulong Units) Store(Lifted.Text text)
    {
        var (value, from, isUtf16, units) = text;
        switch (encoding)
        {
            case StringEncoding.Utf8:
                return from == StringEncoding.Utf8 ? Copy(Encoding.UTF8.GetBytes(value), units, 1) : ToUtf8(value, units, isUtf16 ? 3u : 2u);
            case StringEncoding.Utf16:
                return from == StringEncoding.Utf8 ? Utf8ToUtf16(value, units) : Copy(Encoding.Unicode.GetBytes(value), units, 2);
            default:
                if (from != StringEncoding.Latin1OrUtf16)
                    return ToCompact(value, from, units);
                return isUtf16 ? ProbablyUtf16ToCompact(value, units) : Copy(Encoding.Latin1.GetBytes(value), units, 2);
        }
    }

    private (ulong, ulong) Copy(byte[] encoded, ulong units, ulong alignment)
    {
        ulong at = Allocate(0, 0, alignment, (ulong)encoded.Length);
        Write(at, encoded);
        return (at, units);
    }

    private (ulong, ulong) ToUtf8(string value, ulong units, ulong worstFactor)
    {
        byte[] encoded = Encoding.UTF8.GetBytes(value);
        int ascii = value.TakeWhile(c => c < 0x80).Count();
        ulong at = Allocate(0, 0, 1, units);
        Write(at, encoded.AsSpan(0, ascii));
        if (ascii == value.Length)
            return (at, units);
        ulong worst = units * worstFactor;
        at = Allocate(at, units, 1, worst);
        Write(at + (ulong)ascii, encoded.AsSpan(ascii));
        if (worst > (ulong)encoded.Length)
            at = Allocate(at, worst, 1, (ulong)encoded.Length);
        return (at, (ulong)encoded.Length);
    }

    private (ulong, ulong) Utf8ToUtf16(string value, ulong units)
    {
        byte[] encoded = Encoding.Unicode.GetBytes(value);
        ulong worst = 2 * units;
        ulong at = Allocate(0, 0, 2, worst);
        Write(at, encoded);
        if ((ulong)encoded.Length < worst)
            at = Allocate(at, worst, 2, (ulong)encoded.Length);
        return (at, (ulong)encoded.Length / 2);
    }

    private (ulong, ulong) ToCompact(string value, StringEncoding from, ulong units)
    {
        int latin1 = value.TakeWhile(c => c < 0x100).Count();
        ulong at = Allocate(0, 0, 2, units);
        Write(at, Encoding.Latin1.GetBytes(value[..latin1]));
        if (from == StringEncoding.Utf8 && latin1 < (int)units && value.AsSpan(0, latin1).ContainsAnyInRange('\u0080', '\u00FF') && guest.Dialect.ScribblesBehindLatin1())
            guest.Blur(at + (ulong)latin1, units - (ulong)latin1);
        if (latin1 == value.Length)
        {
            if ((ulong)latin1 < units)
                at = Allocate(at, units, 2, (ulong)latin1);
            return (at, (ulong)latin1);
        }
        byte[] encoded = Encoding.Unicode.GetBytes(value);
        ulong worst = 2 * units;
        at = Allocate(at, units, 2, worst);
        for (int j = latin1 - 1; j >= 0; j--)
        {
            guest.CopyBytes(at + (ulong)j, at + (2 * (ulong)j), 1);
            guest.Write(at + (2 * (ulong)j) + 1, [0]);
        }
        Write(at + (2 * (ulong)latin1), encoded.AsSpan(2 * latin1));
        if (worst > (ulong)encoded.Length)
            at = Allocate(at, worst, 2, (ulong)encoded.Length);
        return (at, ((ulong)encoded.Length / 2) | tag);
    }

    private (ulong, ulong) ProbablyUtf16ToCompact(string value, ulong units)
    {
        byte[] encoded = Encoding.Unicode.GetBytes(value);
        ulong bytes = 2 * units;
        ulong at = Allocate(0, 0, 2, bytes);
        Write(at, encoded);
        if (value.Any(c => c >= 0x100))
            return (at, units | tag);
        for (ulong i = 0; i < units; i++)
            guest.CopyBytes(at + (2 * i), at + i, 1);
        return (Allocate(at, bytes, guest.Dialect.ShrunkLatin1Alignment, units), units);
    }

    private ulong Allocate(ulong old, ulong oldSize, ulong alignment, ulong size)
    {
        ulong at = guest.Realloc(old, oldSize, alignment, size);
        ModelTrap.If(at % alignment != 0, "unaligned pointer");
        ModelTrap.If((UInt128)at + size > guest.Size, "out of bounds");
        return at;
    }

    private void Write(ulong at, ReadOnlySpan<byte> bytes) => guest.Write(at, bytes);
}
