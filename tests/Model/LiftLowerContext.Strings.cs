using System;
using System.Linq;
using Fact.Ir;

namespace Fact.Model;

// Storing strings, as in definitions.py: the calls of realloc are part of what guests can see.
public partial class LiftLowerContext
{
    /// <summary>Stores a string, and says where and how long it is, with the tag. Spec: <c>store_string_into_range</c>.</summary>
    protected virtual (ulong Pointer, ulong TaggedUnits) StoreStringIntoRange(SpecValue.Text text)
    {
        var (s, from, units) = (text.Value, text.Encoding, UnitsOf(text));
        bool latin1 = from == StringEncoding.Latin1OrUtf16 && !IsTagged(text);
        return (encoding, from) switch
        {
            (StringEncoding.Utf8, StringEncoding.Utf8) => StoreStringCopy(Codec.Utf8.Encode(s), units, 1),
            (StringEncoding.Utf8, _) => StoreStringToUtf8(s, units, latin1 ? units * 2 : units * 3),
            (StringEncoding.Utf16, StringEncoding.Utf8) => StoreUtf8ToUtf16(s, units),
            (StringEncoding.Utf16, _) => StoreStringCopy(Codec.Utf16.Encode(s), units, 2),
            (_, StringEncoding.Latin1OrUtf16) when latin1 => StoreStringCopy(Codec.Latin1.Encode(s), units, 2),
            (_, StringEncoding.Latin1OrUtf16) => StoreProbablyUtf16ToLatin1OrUtf16(s, units),
            _ => StoreStringToLatin1OrUtf16(s, from, units),
        };
    }

    /// <summary>Whether a string came as UTF-16 under <c>latin1+utf16</c>. The tag is that of the memory it came from; lengths are smaller than either tag.</summary>
    protected static bool IsTagged(SpecValue.Text text) => text.Encoding == StringEncoding.Latin1OrUtf16 && text.TaggedCodeUnits >> 31 != 0;

    /// <summary>The length of a string in the code units that it came in.</summary>
    protected static ulong UnitsOf(SpecValue.Text text) => text.TaggedCodeUnits & int.MaxValue;

    /// <summary>A length with the tag of this memory.</summary>
    protected ulong Tagged(ulong units) => units | Tag;

    // def store_string_copy(cx, src, src_code_units, dst_code_unit_size, dst_alignment, dst_encoding)
    private (ulong, ulong) StoreStringCopy(byte[] encoded, ulong units, ulong alignment)
    {
        ulong ptr = Allocate(alignment, (ulong)encoded.Length);
        memory.Write(ptr, encoded);
        return (ptr, units);
    }

    // def store_string_to_utf8(cx, src, src_code_units, worst_case_size)
    private (ulong, ulong) StoreStringToUtf8(string s, ulong units, ulong worstCaseSize)
    {
        ulong ptr = Allocate(1, units);
        byte[] encoded = Codec.Utf8.Encode(s);
        int ascii = s.TakeWhile(c => c < 0x80).Count();
        memory.Write(ptr, encoded.AsSpan(0, ascii));
        if (ascii == s.Length)
            return (ptr, units);
        ptr = Reallocate(ptr, units, 1, worstCaseSize);
        memory.Write(ptr + (ulong)ascii, encoded.AsSpan(ascii));
        if (worstCaseSize > (ulong)encoded.Length)
            ptr = Reallocate(ptr, worstCaseSize, 1, (ulong)encoded.Length);
        return (ptr, (ulong)encoded.Length);
    }

    // def store_utf8_to_utf16(cx, src, src_code_units)
    private (ulong, ulong) StoreUtf8ToUtf16(string s, ulong units)
    {
        ulong worstCaseSize = 2 * units, ptr = Allocate(2, worstCaseSize);
        byte[] encoded = Codec.Utf16.Encode(s);
        memory.Write(ptr, encoded);
        if ((ulong)encoded.Length < worstCaseSize)
            ptr = Reallocate(ptr, worstCaseSize, 2, (ulong)encoded.Length);
        return (ptr, (ulong)encoded.Length / 2);
    }

    // def store_string_to_latin1_or_utf16(cx, src, src_code_units)
    private (ulong, ulong) StoreStringToLatin1OrUtf16(string s, StringEncoding from, ulong units)
    {
        ulong ptr = Allocate(2, units);
        ulong latin1 = (ulong)s.TakeWhile(c => c < 0x100).Count();
        memory.Write(ptr, Codec.Latin1.Encode(s[..(int)latin1]));
        dialect.WroteLatin1(memory, from, ptr + latin1, units - latin1, s.AsSpan(0, (int)latin1).IndexOfAnyInRange('\u0080', '\u00FF') < 0);
        if ((int)latin1 < s.Length)
        {
            ulong worstCaseSize = 2 * units;
            ptr = Reallocate(ptr, units, 2, worstCaseSize);
            for (ulong j = latin1; j-- > 0;)
            {
                memory.Copy(ptr + j, ptr + (2 * j), 1);
                memory.Write(ptr + (2 * j) + 1, [0]);
            }
            byte[] encoded = Codec.Utf16.Encode(s);
            memory.Write(ptr + (2 * latin1), encoded.AsSpan(2 * (int)latin1));
            if (worstCaseSize > (ulong)encoded.Length)
                ptr = Reallocate(ptr, worstCaseSize, 2, (ulong)encoded.Length);
            return (ptr, Tagged((ulong)encoded.Length / 2));
        }
        if (latin1 < units)
            ptr = Reallocate(ptr, units, 2, latin1);
        return (ptr, latin1);
    }

    // def store_probably_utf16_to_latin1_or_utf16(cx, src, src_code_units)
    private (ulong, ulong) StoreProbablyUtf16ToLatin1OrUtf16(string s, ulong units)
    {
        ulong size = 2 * units, ptr = Allocate(2, size);
        memory.Write(ptr, Codec.Utf16.Encode(s));
        if (s.Any(c => c >= 0x100))
            return (ptr, Tagged(units));
        for (ulong i = 0; i < units; i++)
            memory.Copy(ptr + (2 * i), ptr + i, 1);
        return (Reallocate(ptr, size, dialect.ShrunkLatin1Alignment, units), units);
    }
}
