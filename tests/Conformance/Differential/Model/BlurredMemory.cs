using System;
using Fact.Model;

namespace Fact.Conformance.Differential.Model;

/// <summary>A memory that can grow, and of which parts can be such that no one can tell what they hold.</summary>
internal sealed class BlurredMemory(bool is64, int size) : MemInst(is64)
{
    private byte[] memory = new byte[size];
    private bool[]? blurred;

    public override ulong Length => (ulong)memory.LongLength;

    public ReadOnlySpan<byte> Bytes => memory;

    /// <summary>Of which bytes no one can tell what they are; empty for none.</summary>
    public ReadOnlySpan<bool> Blurred => blurred;

    /// <summary>Whether something was read whose contents no one can tell.</summary>
    public bool IsUnpredictable { get; private set; }

    public override ReadOnlySpan<byte> Read(ulong at, ulong size)
    {
        if (blurred is not null && blurred.AsSpan((int)at, (int)size).Contains(true))
            IsUnpredictable = true;
        return memory.AsSpan((int)at, (int)size);
    }

    public override void Write(ulong at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(memory.AsSpan((int)at));
        blurred?.AsSpan((int)at, bytes.Length).Clear();
    }

    public override void Copy(ulong from, ulong to, ulong size)
    {
        memory.AsSpan((int)from, (int)size).CopyTo(memory.AsSpan((int)to));
        blurred?.AsSpan((int)from, (int)size).CopyTo(blurred.AsSpan((int)to));
    }

    /// <summary>Fills a range with a byte.</summary>
    public void Fill(ulong at, int size, byte value)
    {
        memory.AsSpan((int)at, size).Fill(value);
        blurred?.AsSpan((int)at, size).Clear();
    }

    /// <summary>Says that no one can tell what a range holds now.</summary>
    public void Blur(ulong at, ulong size) => (blurred ??= new bool[memory.Length]).AsSpan((int)at, (int)size).Fill(true);

    /// <summary>Grows by so many pages.</summary>
    public void Grow(int pages)
    {
        int grown = memory.Length + (pages << 16);
        Array.Resize(ref memory, grown);
        if (blurred is not null)
            Array.Resize(ref blurred, grown);
    }
}
