using System;
using System.Buffers.Binary;

namespace Fact.Model;

/// <summary>The memory of a guest. Spec: <c>MemInst</c>.</summary>
/// <param name="is64">Whether addresses have 64 bits.</param>
public abstract class MemInst(bool is64)
{
    /// <summary>Whether addresses have 64 bits. Spec: <c>ptr_type</c>.</summary>
    public bool Is64 => is64;

    /// <summary>The size in bytes.</summary>
    public abstract ulong Length { get; }

    /// <summary>Bytes of a range that is in bounds.</summary>
    public abstract ReadOnlySpan<byte> Read(ulong at, ulong size);

    /// <summary>Replaces the bytes of a range that is in bounds.</summary>
    public abstract void Write(ulong at, ReadOnlySpan<byte> bytes);

    /// <summary>Copies between ranges that are in bounds, and that may overlap.</summary>
    public virtual void Copy(ulong from, ulong to, ulong size) => Write(to, Read(from, size).ToArray());

    /// <summary>Whether a range is in bounds.</summary>
    public bool Has(ulong at, ulong size) => size <= Length && at <= Length - size;

    /// <summary>Spec: <c>load_int</c>.</summary>
    public ulong LoadInt(ulong at, ulong size)
    {
        Span<byte> bytes = stackalloc byte[8];
        Read(at, size).CopyTo(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    /// <summary>Spec: <c>store_int</c>.</summary>
    public void StoreInt(ulong value, ulong at, ulong size)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        Write(at, bytes[..(int)size]);
    }
}

/// <summary>A memory without an engine.</summary>
public sealed class ByteMemory(bool is64, byte[] bytes) : MemInst(is64)
{
    /// <summary>The bytes.</summary>
    public byte[] Bytes => bytes;

    /// <inheritdoc/>
    public override ulong Length => (ulong)bytes.LongLength;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Read(ulong at, ulong size) => bytes.AsSpan((int)at, (int)size);

    /// <inheritdoc/>
    public override void Write(ulong at, ReadOnlySpan<byte> content) => content.CopyTo(bytes.AsSpan((int)at));
}
