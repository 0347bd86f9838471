namespace Fact.Component.Binary;

/// <summary>LEB128: padded encodings are valid as long as they have no more bytes than the type can need.</summary>
internal ref partial struct ByteReader
{
    /// <summary>Reads a <c>u32</c>.</summary>
    public uint U32()
    {
        if (position < end && bytes[position] < 0x80)
            return bytes[position++];
        return (uint)UnsignedLeb(32);
    }

    /// <summary>Reads a <c>u64</c>.</summary>
    public ulong U64() => UnsignedLeb(64);

    /// <summary>Reads an <c>s33</c>: what may be a type index, or a negative opcode.</summary>
    public long S33() => SignedLeb(33);

    /// <summary>Skips an <c>s32</c>.</summary>
    public void SkipS32() => SignedLeb(32);

    /// <summary>Skips an <c>s64</c>.</summary>
    public void SkipS64() => SignedLeb(64);

    private ulong UnsignedLeb(int bits)
    {
        long start = Offset;
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = Byte();
            if (Failed)
                return 0;
            int left = bits - shift;
            if (left < 7 && next >> left != 0)
                return FailLeb(next, bits, "u", start);
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
    }

    private long SignedLeb(int bits)
    {
        long start = Offset;
        long value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = Byte();
            if (Failed)
                return 0;
            int left = bits - shift;
            if (left <= 7)
            {
                // The last byte ends the number, and the bits beyond the type repeat the sign.
                int sign = (sbyte)(next << 1) >> left;
                if (next >= 0x80 || (sign != 0 && sign != -1))
                    return (long)FailLeb(next, bits, "s", start);
            }
            value |= (long)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                int unused = 64 - shift - 7;
                return unused > 0 ? value << unused >> unused : value;
            }
        }
    }

    private ulong FailLeb(byte last, int bits, string prefix, long start)
    {
        Fail(
            last >= 0x80
                ? $"LEB128 number of more than {(bits + 6) / 7} bytes (a {prefix}{bits} is expected)"
                : $"LEB128 number out of the range of {prefix}{bits}",
            start);
        return 0;
    }
}
