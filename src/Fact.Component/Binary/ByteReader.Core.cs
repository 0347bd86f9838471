using Fact.Ir;

namespace Fact.Component.Binary;

/// <summary>What components have in common with core modules.</summary>
internal ref partial struct ByteReader
{
    /// <summary>Reads a <c>u32</c>.</summary>
    public uint U32()
    {
        string? problem = null;
        uint value = (uint)Leb128.ReadUnsigned(Left, ref position, 32, ref problem);
        return problem is null ? value : (uint)FailCore(problem);
    }

    /// <summary>Reads a <c>u64</c>.</summary>
    public ulong U64()
    {
        string? problem = null;
        ulong value = Leb128.ReadUnsigned(Left, ref position, 64, ref problem);
        return problem is null ? value : FailCore(problem);
    }

    /// <summary>Reads an <c>s33</c>: what may be a type index, or a negative opcode.</summary>
    public long S33()
    {
        string? problem = null;
        long value = Leb128.ReadSigned(Left, ref position, 33, ref problem);
        return problem is null ? value : (long)FailCore(problem);
    }

    /// <summary>Reads a core <c>valtype</c>.</summary>
    public CoreValType ValType()
    {
        string? problem = null;
        var type = CoreTypeReader.ValType(Left, ref position, ref problem);
        return problem is null ? type : (CoreValType)FailCore(problem);
    }

    /// <summary>Where the next byte is, from the first one of the input.</summary>
    public readonly int Position => position;

    /// <summary>Reads past a constant expression, and returns where it is, its <c>end</c> included. Spec: <c>expr</c> of the core binary format.</summary>
    public ByteRange Constant()
    {
        int start = position;
        var code = BodyReader.Constant(Left[start..]);
        while (code.Next())
        {
        }
        position = start + code.At;
        if (code.Problem is not { } problem)
            return new ByteRange(start, position - start);
        if (start + problem.Offset == end)
            FailAtEnd();
        else
            Fail(problem.Message, origin + start + problem.Offset);
        return default;
    }

    private ulong FailCore(string problem)
    {
        if (ReferenceEquals(problem, Leb128.Ended))
            FailAtEnd();
        else
            Fail(problem, Offset);
        return 0;
    }
}
