using System;
using System.Text;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// Bytes that are written once, one behind the other, without their number being known before. More than a module may have are not kept: then
/// <see cref="IsFull"/> says so.
/// </summary>
internal sealed class Sink
{
    // Limits of a memory with two numbers of 64 bits are longer than any number or value type.
    private const int Longest = 32;

    private readonly long most = EngineLimits.Common.ModuleBytes;
    private byte[] bytes = new byte[256];

    /// <summary>Whether there were more than a module may have.</summary>
    public bool IsFull { get; private set; }

    /// <summary>How many there are.</summary>
    public int Length { get; private set; }

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    /// <summary>Writes a byte.</summary>
    public void Byte(byte value)
    {
        if (Reserve(1))
            bytes[Length++] = value;
    }

    /// <summary>Writes bytes.</summary>
    public void Bytes(ReadOnlySpan<byte> from)
    {
        if (!Reserve(from.Length))
            return;
        from.CopyTo(bytes.AsSpan(Length));
        Length += from.Length;
    }

    /// <summary>Writes what was written elsewhere.</summary>
    public void Bytes(Sink from)
    {
        IsFull |= from.IsFull;
        Bytes(from.Written);
    }

    /// <summary>Writes an unsigned integer.</summary>
    public void Unsigned(uint value)
    {
        if (Reserve(Longest))
            Length = Leb128.Write(bytes, Length, value);
    }

    /// <summary>Writes a signed integer.</summary>
    public void Signed(long value)
    {
        if (Reserve(Longest))
            Length = Leb128.Write(bytes, Length, value);
    }

    /// <summary>Writes a value type.</summary>
    public void ValType(CoreValType type)
    {
        if (Reserve(Longest))
            Length = Types.Write(bytes, Length, type);
    }

    /// <summary>Writes what a reference refers to.</summary>
    public void HeapType(CoreHeapType type)
    {
        if (Reserve(Longest))
            Length = Types.Write(bytes, Length, type);
    }

    /// <summary>Writes a function type.</summary>
    public void FuncType(CoreFuncType type)
    {
        if (Reserve(Types.Length(type)))
            Length = Types.Write(bytes, Length, type);
    }

    /// <summary>Writes the type of an import.</summary>
    public void ExternType(CoreExternType type)
    {
        if (Reserve(Types.Length(type)))
            Length = Types.Write(bytes, Length, type);
    }

    /// <summary>Writes the type of a table.</summary>
    public void TableType(CoreTableType type)
    {
        if (Reserve(Longest))
            Length = Types.Write(bytes, Length, type);
    }

    /// <summary>Writes the type of a memory.</summary>
    public void MemoryType(CoreMemoryType type)
    {
        if (Reserve(Longest))
            Length = Types.Write(bytes, Length, type);
    }

    /// <summary>Writes the type of a global.</summary>
    public void GlobalType(CoreGlobalType type)
    {
        if (Reserve(Longest))
            Length = Types.Write(bytes, Length, type);
    }

    /// <summary>Writes a name.</summary>
    public void Name(string name)
    {
        if (Reserve(Values.NameLength(name)))
            Length = Values.Name(bytes, Length, name);
    }

    /// <summary>Writes a name of two parts.</summary>
    public void Name(string prefix, ReadOnlySpan<byte> rest)
    {
        int length = Encoding.UTF8.GetByteCount(prefix);
        Unsigned((uint)(length + rest.Length));
        if (Reserve(length))
            Length += Encoding.UTF8.GetBytes(prefix, bytes.AsSpan(Length));
        Bytes(rest);
    }

    /// <summary>Begins something that stands behind its length; what it returns is for <see cref="EndSized"/>.</summary>
    public int BeginSized() => Length;

    /// <summary>Ends it: the length is put in front.</summary>
    public void EndSized(int start)
    {
        int content = Length - start, size = Leb128.Length((uint)content);
        if (!Reserve(size))
            return;
        bytes.AsSpan(start, content).CopyTo(bytes.AsSpan(start + size));
        Leb128.Write(bytes, start, (uint)content);
        Length += size;
    }

    private bool Reserve(int more)
    {
        if (IsFull |= (long)Length + more > most)
            return false;
        if (bytes.Length - Length < more)
            Array.Resize(ref bytes, (int)Math.Min(Math.Max(bytes.Length * 2L, (long)Length + more), most));
        return true;
    }
}
