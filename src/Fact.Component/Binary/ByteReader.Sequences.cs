using System;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using Fact.Ir;

namespace Fact.Component.Binary;

/// <summary>Reads one item of a <c>vec</c>.</summary>
internal delegate T ReadItem<T>(ref ByteReader reader);

internal ref partial struct ByteReader
{
    // Enough for nearly every vec at once; longer ones grow as items really arrive, so that a count alone, nested
    // or not, cannot allocate much.
    private const int FirstCapacity = 64;

    /// <summary>Reads a <c>vec</c>.</summary>
    /// <param name="limit">The most items allowed.</param>
    /// <param name="what">What an item is, for messages.</param>
    /// <param name="item">Reads one item, at least one byte long.</param>
    public Ir.EquatableArray<T> Vec<T>(uint limit, string what, ReadItem<T> item)
    {
        int count = Count(limit, what);
        if (count == 0)
            return [];
        var items = new T[Math.Min(count, FirstCapacity)];
        for (int i = 0; i < count; i++)
        {
            if (i == items.Length)
                Array.Resize(ref items, Math.Min(count, items.Length * 2));
            items[i] = item(ref this);
            if (Failed)
            {
                Within($"{what} {i}");
                return [];
            }
        }
        return new Ir.EquatableArray<T>(ImmutableCollectionsMarshal.AsImmutableArray(items));
    }

    /// <summary>Reads the count of a <c>vec</c>, whose items are at least one byte long each.</summary>
    public int Count(uint limit, string what)
    {
        long start = Offset;
        uint count = U32();
        if (count > limit)
            Fail(DiagnosticCode.TooLarge, $"{count} items ({what}) are more than the {limit} allowed", start);
        else if (count > (uint)Remaining)
            Fail($"{count} items ({what}) announced, but only {Remaining} bytes are left", start);
        return Failed ? 0 : (int)count;
    }

    /// <summary>Reads a <c>core:name</c>: UTF-8 with its length in bytes before it.</summary>
    public string Name()
    {
        long start = Offset;
        uint length = U32();
        if (length > DecoderLimits.NameBytes)
        {
            Fail(DiagnosticCode.TooLarge, $"name of {length} bytes is longer than the {DecoderLimits.NameBytes} allowed", start);
            return "";
        }
        start = Offset;
        var utf8 = Raw(length).Span;
        if (Utf8.IsValid(utf8))
            return Encoding.UTF8.GetString(utf8);
        Fail("name is not valid UTF-8", start);
        return "";
    }
}
