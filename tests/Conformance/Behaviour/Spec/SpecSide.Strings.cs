using System;
using System.Linq;
using System.Text;
using Fact.Ir;

namespace Fact.Conformance.Behaviour.Spec;

// Storing strings, as in definitions.py: the calls of realloc are part of what guests can see.
internal sealed partial class SpecSide
{
    private (ulong Pointer, ulong TaggedUnits) StoreStringIntoRange(SpecValue.Text text)
    {
        // The length has the tag of the side that it was lifted from, bit 31 or 63; lengths are smaller than both.
        bool tagged = text.Encoding == StringEncoding.Latin1OrUtf16 && text.TaggedCodeUnits >> 31 != 0;
        ulong units = text.TaggedCodeUnits & int.MaxValue;
        bool wide = text.Encoding == StringEncoding.Utf16 || tagged;
        bool latin1 = text.Encoding == StringEncoding.Latin1OrUtf16 && !tagged;
        string s = text.Value;
        if (KeepTags)
            return Place(s, wide, latin1, units);
        return (Encoding, text.Encoding) switch
        {
            (StringEncoding.Utf8, StringEncoding.Utf8) => StoreStringCopy(StrictUtf8.GetBytes(s), units, 1, 1),
            (StringEncoding.Utf8, _) => StoreStringToUtf8(s, units, latin1 ? units * 2 : units * 3),
            (StringEncoding.Utf16, StringEncoding.Utf8) => StoreUtf8ToUtf16(s, units),
            (StringEncoding.Utf16, _) => StoreStringCopy(StrictUtf16.GetBytes(s), units, 2, 2),
            (_, StringEncoding.Latin1OrUtf16) when latin1 => StoreStringCopy(System.Text.Encoding.Latin1.GetBytes(s), units, 1, 2),
            (_, StringEncoding.Latin1OrUtf16) => StoreProbablyUtf16ToLatin1OrUtf16(s, units),
            _ => StoreStringToLatin1OrUtf16(s, units),
        };
    }

    private (ulong, ulong) Place(string s, bool wide, bool latin1, ulong units)
    {
        byte[] encoded = wide ? StrictUtf16.GetBytes(s) : latin1 ? System.Text.Encoding.Latin1.GetBytes(s) : StrictUtf8.GetBytes(s);
        ulong ptr = Allocate(Encoding == StringEncoding.Utf8 ? 1u : 2u, (ulong)encoded.Length);
        encoded.CopyTo(Range(ptr, (ulong)encoded.Length));
        return (ptr, wide && Encoding == StringEncoding.Latin1OrUtf16 ? units | Tag : units);
    }

    private (ulong, ulong) StoreStringCopy(byte[] encoded, ulong units, ulong unitSize, ulong alignment)
    {
        ulong ptr = Allocate(alignment, unitSize * units);
        encoded.CopyTo(Range(ptr, (ulong)encoded.Length));
        return (ptr, units);
    }

    private (ulong, ulong) StoreStringToUtf8(string s, ulong units, ulong worstCase)
    {
        ulong ptr = Allocate(1, units);
        int ascii = s.TakeWhile(c => c < 0x80).Count();
        System.Text.Encoding.ASCII.GetBytes(s.AsSpan()[..ascii], Range(ptr, (ulong)ascii));
        if (ascii == s.Length)
            return (ptr, units);
        ptr = Reallocate(ptr, units, 1, worstCase, 1);
        byte[] encoded = StrictUtf8.GetBytes(s);
        encoded.CopyTo(Range(ptr, (ulong)encoded.Length));
        if (worstCase > (ulong)encoded.Length)
            ptr = Reallocate(ptr, worstCase, 1, (ulong)encoded.Length, 1);
        return (ptr, (ulong)encoded.Length);
    }

    private (ulong, ulong) StoreUtf8ToUtf16(string s, ulong units)
    {
        ulong worstCase = 2 * units, ptr = Allocate(2, worstCase);
        byte[] encoded = StrictUtf16.GetBytes(s);
        encoded.CopyTo(Range(ptr, (ulong)encoded.Length));
        if ((ulong)encoded.Length < worstCase)
            ptr = Reallocate(ptr, worstCase, 2, (ulong)encoded.Length, 2);
        return (ptr, (ulong)encoded.Length / 2);
    }

    private (ulong, ulong) StoreStringToLatin1OrUtf16(string s, ulong units)
    {
        ulong ptr = Allocate(2, units);
        int latin1 = s.TakeWhile(c => c < 0x100).Count();
        System.Text.Encoding.Latin1.GetBytes(s.AsSpan()[..latin1], Range(ptr, (ulong)latin1));
        if (latin1 < s.Length)
        {
            ulong worstCase = 2 * units;
            ptr = Reallocate(ptr, units, 2, worstCase, 2);
            byte[] encoded = StrictUtf16.GetBytes(s);
            encoded.CopyTo(Range(ptr, (ulong)encoded.Length));
            if (worstCase > (ulong)encoded.Length)
                ptr = Reallocate(ptr, worstCase, 2, (ulong)encoded.Length, 2);
            return (ptr, ((ulong)encoded.Length / 2) | Tag);
        }
        if ((ulong)latin1 < units)
            ptr = Reallocate(ptr, units, 2, (ulong)latin1, 2);
        return (ptr, (ulong)latin1);
    }

    private (ulong, ulong) StoreProbablyUtf16ToLatin1OrUtf16(string s, ulong units)
    {
        ulong size = 2 * units, ptr = Allocate(2, size);
        byte[] encoded = StrictUtf16.GetBytes(s);
        encoded.CopyTo(Range(ptr, (ulong)encoded.Length));
        if (s.Any(c => c >= 0x100))
            return (ptr, ((ulong)encoded.Length / 2) | Tag);
        System.Text.Encoding.Latin1.GetBytes(s, Range(ptr, units));
        ptr = Reallocate(ptr, size, 1, units, 1);
        return (ptr, units);
    }
}
