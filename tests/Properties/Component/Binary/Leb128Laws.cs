using System;
using Fact.Component.Binary;
using Fact.Ir;
using Fact.Model.Laws;
using Xunit;

namespace Fact.Properties.Component.Binary;

/// <summary>Laws of the variable-length numbers.</summary>
public class Leb128Laws
{
    [Law]
    public void A_u32_reads_back_however_padded(uint value, byte padding)
    {
        byte[] bytes = new Out(padding).U32(value).ToArray();
        var r = new ByteReader(bytes, origin: 0);
        Assert.Equal(value, r.U32());
        Assert.False(r.Failed);
        Assert.Equal(0, r.Remaining);
    }

    [Law]
    public void A_u64_reads_back_however_padded(ulong value, byte padding)
    {
        byte[] bytes = new Out(padding).U64(value).ToArray();
        var r = new ByteReader(bytes, origin: 0);
        Assert.Equal(value, r.U64());
        Assert.Equal(0, r.Remaining);
    }

    [Law]
    public void An_s33_reads_back_however_padded(uint magnitude, bool isNegative, byte padding)
    {
        long value = isNegative ? -1L - magnitude : magnitude;
        byte[] bytes = new Out(padding).Signed(value, maxBytes: 5).ToArray();
        var r = new ByteReader(bytes, origin: 0);
        Assert.Equal(value, r.S33());
        Assert.False(r.Failed);
        Assert.Equal(0, r.Remaining);
    }

    [Law]
    public void An_s33_beyond_its_range_is_an_error(uint magnitude, bool isNegative)
    {
        long value = (1L << 32) + magnitude;
        byte[] bytes = new Out(padding: 0).Signed(isNegative ? -1 - value : value, maxBytes: 10).ToArray();
        var r = new ByteReader(bytes, origin: 0);
        r.S33();
        Assert.True(r.Failed);
    }

    [Law]
    public void A_signed_number_reads_back_however_padded(int narrow, long wide, byte padding)
    {
        byte[] bytes = new Out(padding).Signed(narrow, maxBytes: 5).Signed(wide, maxBytes: 10).ToArray();
        int at = 0;
        string? problem = null;
        Assert.Equal(narrow, Leb128.ReadSigned(bytes, ref at, 32, ref problem));
        Assert.Equal(wide, Leb128.ReadSigned(bytes, ref at, 64, ref problem));
        Assert.Null(problem);
        Assert.Equal(bytes.Length, at);
    }

    [Law]
    public void A_number_cut_short_is_an_error_at_the_end(uint value, byte padding)
    {
        byte[] bytes = new Out(padding).U32(value).ToArray();
        for (int length = 0; length < bytes.Length; length++)
        {
            var r = new ByteReader(bytes.AsMemory(0, length), origin: 7);
            r.U32();
            Assert.True(r.Failed);
            Assert.Equal(7 + length, r.Error.Offset);
        }
    }

    [Theory]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0x1f }, "out of the range of u32")]
    [InlineData(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x10 }, "out of the range of u32")]
    [InlineData(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x80, 0x00 }, "more than 5 bytes")]
    public void A_u32_with_more_than_32_bits_is_an_error(byte[] bytes, string message)
    {
        var r = new ByteReader(bytes, origin: 3);
        Assert.Equal(0u, r.U32());
        Assert.True(r.Failed);
        Assert.Contains(message, r.Error.Message, StringComparison.Ordinal);
        Assert.Equal(3, r.Error.Offset);
    }
}
