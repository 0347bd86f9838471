using System;
using System.Runtime.InteropServices;
using System.Text;
using Fact.Host.Transcode;
using Fact.Ir;

namespace Fact.Host.Canonical;

/// <summary>
/// Strings into a guest. Guests see the calls of their allocator, so these are the specification's for a source in UTF-8: the
/// encoding that hosts mostly have.
/// </summary>
internal sealed partial class Lowerer
{
    /// <summary>Spec: <c>store_string_into_range</c>.</summary>
    /// <returns>The address, and the number of code units, tagged where <c>latin1+utf16</c> is UTF-16.</returns>
    private (ulong Begin, ulong TaggedCodeUnits) StoreString(string text)
    {
        ulong utf8 = Utf8Size(text);
        if (IsTooLong(utf8))
            throw cx.Trap(TrapMessages.Of(TrapCode.StringTooLong));
        return cx.Encoding switch
        {
            StringEncoding.Utf8 => StoreUtf8(text, utf8),
            StringEncoding.Utf16 => StoreUtf8ToUtf16(text, utf8),
            StringEncoding.Latin1OrUtf16 => StoreStringToLatin1OrUtf16(text, utf8),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>The bytes of a text in UTF-8; more than any limit where they cannot be counted, as a character has up to three.</summary>
    private static ulong Utf8Size(string text) => text.Length > int.MaxValue / 3 ? 1UL << 32 : (ulong)Encoding.UTF8.GetByteCount(text);

    /// <summary>Whether a text of so many bytes in UTF-8 is over the limit, or what is allocated for it at worst does not fit into a span.</summary>
    private bool IsTooLong(ulong utf8) => utf8 > cx.MaxByteLength || (cx.Encoding == StringEncoding.Utf8 ? utf8 : 2 * utf8) > int.MaxValue;

    /// <summary>Spec: <c>store_string_copy</c>.</summary>
    private (ulong Begin, ulong CodeUnits) StoreUtf8(string text, ulong utf8)
    {
        ulong begin = cx.Reallocate(0, 0, 1, utf8);
        Encoding.UTF8.GetBytes(text, cx.NeededMemory.Slice(begin, (int)utf8));
        return (begin, utf8);
    }

    /// <summary>Spec: <c>store_utf8_to_utf16</c>.</summary>
    private (ulong Begin, ulong CodeUnits) StoreUtf8ToUtf16(string text, ulong utf8)
    {
        ulong worst = 2 * utf8, size = 2 * (ulong)text.Length;
        ulong begin = cx.Reallocate(0, 0, 2, worst);
        Bytes(text).CopyTo(cx.NeededMemory.Slice(begin, (int)worst));
        if (size < worst)
            begin = cx.Reallocate(begin, worst, 2, size);
        return (begin, (ulong)text.Length);
    }

    /// <summary>Spec: <c>store_string_to_latin1_or_utf16</c>.</summary>
    private (ulong Begin, ulong TaggedCodeUnits) StoreStringToLatin1OrUtf16(string text, ulong utf8)
    {
        ulong begin = cx.Reallocate(0, 0, 2, utf8);
        int latin1 = Transcoder.Utf16ToLatin1(Bytes(text), cx.NeededMemory.Slice(begin, (int)utf8)).Written;
        if (latin1 == text.Length)
        {
            if ((ulong)latin1 < utf8)
                begin = cx.Reallocate(begin, utf8, 2, (ulong)latin1);
            return (begin, (ulong)latin1);
        }
        ulong worst = 2 * utf8, size = 2 * (ulong)text.Length;
        begin = cx.Reallocate(begin, utf8, 2, worst);
        Transcoder.Utf16ToCompactUtf16(Bytes(text)[(2 * latin1)..], cx.NeededMemory.Slice(begin, (int)worst), latin1);
        if (size < worst)
            begin = cx.Reallocate(begin, worst, 2, size);
        return (begin, (uint)text.Length | (1UL << ((cx.PtrSize * 8) - 1)));
    }

    private static ReadOnlySpan<byte> Bytes(string text) => MemoryMarshal.AsBytes(text.AsSpan());
}
