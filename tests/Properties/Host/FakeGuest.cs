using System;
using System.Collections.Generic;
using Fact.Host.Canonical;
using Fact.Host.Engine;
using Fact.Host.Resources;
using Fact.Ir;
using Fact.Values;

namespace Fact.Properties.Host;

/// <summary>A guest of bytes: its allocator gives out fresh memory, grows the memory when it must, and moves it so that stale spans show.</summary>
internal sealed class FakeGuest : ILinearMemory
{
    private byte[] bytes;
    private ulong top = 8;

    public FakeGuest(bool is64, int length = 16) => (Is64, bytes) = (is64, new byte[length]);

    public FakeGuest(bool is64, byte[] bytes) => (Is64, this.bytes) = (is64, bytes);

    public bool Is64 { get; }

    public ulong Length => (ulong)bytes.Length;

    /// <summary>Every call of the allocator, in order.</summary>
    public List<(ulong Old, ulong OldSize, uint Alignment, ulong NewSize)> Calls { get; } = [];

    public Span<byte> Slice(ulong address, int length) => bytes.AsSpan(checked((int)address), length);

    public ulong Realloc(ulong old, ulong oldSize, uint alignment, ulong newSize)
    {
        Calls.Add((old, oldSize, alignment, newSize));
        ulong address = (top + alignment - 1) / alignment * alignment;
        top = address + newSize;
        byte[] moved = new byte[Math.Max((ulong)bytes.Length, top)];
        bytes.CopyTo(moved, 0);
        bytes.AsSpan(checked((int)old), (int)Math.Min(oldSize, newSize)).CopyTo(moved.AsSpan((int)address));
        // What was given up is spoilt: nobody may look at it again.
        Array.Fill(bytes, (byte)0xEE);
        moved.AsSpan((int)old, (int)oldSize).Fill(0xDD);
        bytes = moved;
        return address;
    }

    private static AsyncValues NoAsyncValues { get; } = new(
        new([], [], [], [], [], [], []),
        _ => throw new System.Diagnostics.UnreachableException(),
        _ => throw new System.Diagnostics.UnreachableException(),
        new Fact.Host.Outside.Embedder(static () => false, onOwnThread: false));

    public CanonicalContext Context(StringEncoding encoding, Realloc? realloc = null, ulong maxLifted = 1 << 28) =>
        new(encoding, this, realloc ?? Realloc, new ResourceTables([]), NoAsyncValues, null, (uint)ByteLimit.Spec, maxLifted);
}
