using System;
using System.IO;
using Fact.Ir;
using Fact.Model.Laws;
using Xunit;

namespace Fact.Properties.Emit;

/// <summary>Integers are written in the shortest form, and read back as they were.</summary>
public sealed class Leb128Properties
{
    [Law(1000)]
    public void Unsigned_integers_return(ulong any, byte shift)
    {
        foreach (ulong value in new[] { any >> (shift % 64), ulong.MaxValue >> (shift % 64), 1UL << (shift % 64) })
        {
            byte[] bytes = new byte[10];
            int length = Leb128.Write(bytes, 0, value);
            Assert.Equal(Leb128.Length(value), length);
            var reader = new ByteReader(bytes.AsMemory(0, length));
            Assert.Equal(value, reader.Unsigned(64));
            Assert.True(reader.Ended);
            if (value <= uint.MaxValue)
            {
                byte[] narrow = new byte[10];
                Assert.Equal(length, Leb128.Write(narrow, 0, (uint)value));
                Assert.Equal(bytes, narrow);
                Assert.Equal(length, Leb128.Length((uint)value));
            }
        }
    }

    [Law(1000)]
    public void Signed_integers_return(long any, byte shift)
    {
        foreach (long value in new[] { any >> (shift % 64), long.MaxValue >> (shift % 64), long.MinValue >> (shift % 64), ~(1L << (shift % 64)) })
        {
            byte[] bytes = new byte[10];
            int length = Leb128.Write(bytes, 0, value);
            Assert.Equal(Leb128.Length(value), length);
            var reader = new ByteReader(bytes.AsMemory(0, length));
            Assert.Equal(value, reader.Signed(64));
            Assert.True(reader.Ended);
        }
    }

    [Fact]
    public void Lengths_are_those_of_the_bits()
    {
        for (int bits = 1; bits <= 64; bits++)
        {
            int groups = (bits + 6) / 7;
            Assert.Equal(groups, Leb128.Length(1UL << (bits - 1)));
            Assert.Equal((bits + 7) / 7, Leb128.Length(bits == 64 ? long.MinValue : -(1L << bits)));
        }
        Assert.Equal(1, Leb128.Length(0u));
        Assert.Equal(1, Leb128.Length(0ul));
        Assert.Equal(1, Leb128.Length(0L));
        Assert.Equal(1, Leb128.Length(-1L));
        Assert.Equal(5, Leb128.Length(uint.MaxValue));
    }

    [Fact]
    public void Longer_forms_are_refused_by_the_decoder()
    {
        Assert.Throws<InvalidDataException>(() => new ByteReader(new byte[] { 0x80, 0x00 }).Unsigned(32));
        Assert.Throws<InvalidDataException>(() => new ByteReader(new byte[] { 0xFF, 0x7F }).Signed(32));
        Assert.Throws<InvalidDataException>(() => new ByteReader(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0x1F }).Unsigned(32));
    }
}
