using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Model.Guests;

/// <summary>One side of a call as a guest without an engine: a memory, and an allocator that keeps a log.</summary>
internal sealed class MemoryGuest
{
    /// <summary>Where the guest keeps what a test puts there before the call; the call allocates from <see cref="HeapStart"/>.</summary>
    public const ulong SetupStart = 0x400, HeapStart = 0x8000;

    private const int Size = 0x20000;

    private readonly AdapterSide side;
    private readonly ulong limit;

    /// <param name="side">The side that it plays.</param>
    /// <param name="limit">The limit of strings and lists, in bytes.</param>
    /// <param name="shared">The guest that it shares memory and allocators with, if it does.</param>
    public MemoryGuest(AdapterSide side, ulong limit, MemoryGuest? shared = null)
    {
        (this.side, this.limit) = (side, limit);
        Bytes = shared?.Bytes ?? new byte[side.Options.Memory is null ? 0 : Size];
        Heap = shared?.Heap ?? new(HeapStart);
        Setup = Spec(Bytes, shared?.Setup.Heap ?? new Heap(SetupStart), keepTags: true);
        if (shared is null)
            Bytes.AsSpan().Fill(0xAA);
    }

    /// <summary>Its memory.</summary>
    public byte[] Bytes { get; }

    /// <summary>The allocator that is called.</summary>
    public Heap Heap { get; }

    /// <summary>For putting values into the memory before the call.</summary>
    public SpecSide Setup { get; }

    public bool Is64 => side.Options.Memory is { Type.Is64: true };

    /// <summary>What a test put there.</summary>
    public Span<byte> Used => Bytes.Length == 0 ? [] : Bytes.AsSpan()[(int)SetupStart..(int)Setup.Heap.Next];

    public ValType[] Params => [.. side.Type.Params.Items.Select(p => p.Type)];

    public ValType[] Results => side.Type.Result is { } result ? [result] : [];

    /// <summary>This side over other bytes: the specification's.</summary>
    public SpecSide Spec(byte[] bytes, Heap heap, bool keepTags = false, Transfer? transfer = null) =>
        new(Is64, side.Options.StringEncoding, () => bytes, heap, new LimitedDialect(limit), transfer ?? ((_, handle, _, _) => handle), keepTags);

    /// <summary>Makes up values and puts them into its memory; their core values.</summary>
    public List<CoreValue> Put(int maxFlat, ValType[] types, Random random)
    {
        var values = new ValueGen(random, side.Options.StringEncoding);
        return Setup.LowerFlatValues(maxFlat, [.. types.Select(values.Of).ToArray()], types);
    }
}
