using Fact.Ir;

namespace Fact.Component.Binary;

/// <summary>LEB128: padded encodings are valid as long as they have no more bytes than the type can need.</summary>
internal ref partial struct ByteReader
{
    /// <summary>Reads a <c>u32</c>.</summary>
    public uint U32()
    {
        string? problem = null;
        uint value = (uint)Leb128.ReadUnsigned(Left, ref position, 32, ref problem);
        return problem is null ? value : (uint)FailLeb(problem);
    }

    /// <summary>Reads a <c>u64</c>.</summary>
    public ulong U64()
    {
        string? problem = null;
        ulong value = Leb128.ReadUnsigned(Left, ref position, 64, ref problem);
        return problem is null ? value : FailLeb(problem);
    }

    /// <summary>Reads an <c>s33</c>: what may be a type index, or a negative opcode.</summary>
    public long S33() => Signed(33);

    private long Signed(int bits)
    {
        string? problem = null;
        long value = Leb128.ReadSigned(Left, ref position, bits, ref problem);
        return problem is null ? value : (long)FailLeb(problem);
    }

    /// <summary>Skips an <c>s32</c>.</summary>
    public void SkipS32() => Signed(32);

    /// <summary>Skips an <c>s64</c>.</summary>
    public void SkipS64() => Signed(64);

    private ulong FailLeb(string problem)
    {
        if (ReferenceEquals(problem, Leb128.Ended))
            FailAtEnd();
        else
            Fail(problem, Offset);
        return 0;
    }
}
