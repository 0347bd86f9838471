using System;
using System.Collections.Generic;
using System.Text;

namespace Fact.Properties.Component.Binary;

/// <summary>
/// Bytes under construction, with the positions where definitions and declarators begin. Written apart from the
/// decoder, so that the two can disagree.
/// </summary>
/// <param name="padding">Zero bytes by which every LEB128 number is made longer than it must be, as far as it may.</param>
internal sealed class Out(int padding)
{
    private readonly List<byte> bytes = [];

    public List<long> Marks { get; } = [];

    public byte[] ToArray() => [.. bytes];

    public Out New() => new(padding);

    public Out Mark()
    {
        Marks.Add(bytes.Count);
        return this;
    }

    public Out Byte(int value)
    {
        bytes.Add(checked((byte)value));
        return this;
    }

    public Out Bytes(ReadOnlySpan<byte> values)
    {
        bytes.AddRange(values);
        return this;
    }

    public Out Flag(bool value) => Byte(value ? 1 : 0);

    public Out U32(uint value) => Unsigned(value, 5);

    public Out U64(ulong value) => Unsigned(value, 10);

    /// <summary>A signed number, of at most this many bytes.</summary>
    public Out Signed(long value, int maxBytes)
    {
        var digits = new List<byte>();
        do
        {
            digits.Add((byte)(value & 0x7f));
            value >>= 7;
        }
        while (!(value == 0 && (digits[^1] & 0x40) == 0) && !(value == -1 && (digits[^1] & 0x40) != 0));
        return Digits(digits, value < 0 ? (byte)0x7f : (byte)0, maxBytes);
    }

    public Out S33(uint index) => Signed(index, 5);

    public Out Name(string name)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(name);
        return U32((uint)utf8.Length).Bytes(utf8);
    }

    public Out Vec<T>(Fact.Ir.EquatableArray<T> items, Action<Out, T> item)
    {
        U32((uint)items.Length);
        foreach (var x in items)
            item(this, x);
        return this;
    }

    public Out Optional<T>(T? value, Action<Out, T> some)
        where T : class
    {
        Flag(value is not null);
        if (value is not null)
            some(this, value);
        return this;
    }

    /// <summary>Another output, after its size in bytes.</summary>
    public Out Sized(Out inner)
    {
        U32((uint)inner.bytes.Count);
        foreach (long mark in inner.Marks)
            Marks.Add(mark + bytes.Count);
        bytes.AddRange(inner.bytes);
        return this;
    }

    private Out Unsigned(ulong value, int maxBytes)
    {
        var digits = new List<byte>();
        do
        {
            digits.Add((byte)(value & 0x7f));
            value >>= 7;
        }
        while (value != 0);
        return Digits(digits, 0, maxBytes);
    }

    private Out Digits(List<byte> digits, byte fill, int maxBytes)
    {
        int length = Math.Min(maxBytes, digits.Count + padding);
        while (digits.Count < length)
            digits.Add(fill);
        for (int i = 0; i < digits.Count; i++)
            bytes.Add((byte)(digits[i] | (i < digits.Count - 1 ? 0x80 : 0)));
        return this;
    }
}
