using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Lower;
using Fact.Model;
using Fact.Model.Guests;
using Fact.Properties.Generators;
using Wasmtime;

namespace Fact.Conformance.Behaviour.Rig;

/// <summary>One side of a call as a guest: a memory in the engine, and an allocator that keeps a log.</summary>
internal sealed class Guest
{
    /// <summary>Where the guest keeps what a test puts there before the call; the call allocates from <see cref="HeapStart"/>.</summary>
    public const ulong SetupStart = 0x400, HeapStart = 0x8000;

    private readonly ByteLimit limit;

    /// <param name="store">Where the memory lives.</param>
    /// <param name="side">The side that it plays.</param>
    /// <param name="limit">The limit of strings and lists.</param>
    /// <param name="shared">The guest that it shares memory and allocators with, if it does.</param>
    public Guest(Store store, AdapterSide side, ByteLimit limit, Guest? shared = null)
    {
        (Side, this.limit) = (side, limit);
        Memory = shared?.Memory ?? (side.Options.Memory is { } memory ? Make(store, memory.Type) : null);
        Heap = shared?.Heap ?? new(HeapStart);
        Setup = Spec(() => Bytes, shared?.Setup.Heap ?? new Heap(SetupStart), keepTags: true);
        if (shared is null)
            Bytes.Fill(0xAA);
    }

    public AdapterSide Side { get; }

    public Memory? Memory { get; }

    /// <summary>The allocator that the adapter calls.</summary>
    public Heap Heap { get; }

    /// <summary>For putting values into the memory before the call, and reading them after it.</summary>
    public SpecSide Setup { get; }

    public bool Is64 => Side.Options.Memory is { Type.Is64: true };

    public Span<byte> Bytes => Memory is null ? [] : Memory.GetSpan(0, (int)Memory.GetLength());

    public ValType[] Params => [.. Side.Type.Params.Items.Select(p => p.Type)];

    public ValType[] Results => Side.Type.Result is { } result ? [result] : [];

    /// <summary>This side over other bytes: the model.</summary>
    public SpecSide Spec(Bytes bytes, Heap heap, bool keepTags = false, Transfer? transfer = null) =>
        new(Is64, Side.Options.StringEncoding, bytes, heap, new LimitedDialect((ulong)limit), transfer ?? ((_, handle, _, _) => handle), keepTags);

    /// <summary>Its memory as the model sees it.</summary>
    public MemInst Inst => new SpecSide.GuestMemory(Is64, () => Bytes);

    /// <summary>Stores one value in its memory, and says where.</summary>
    public ulong Put(SpecValue value, ValType type)
    {
        ulong at = Setup.Heap.Reallocate(Bytes, 0, 0, Setup.Abi.Alignment(type), Setup.Abi.ElemSize(type));
        Setup.Store(value, type, at);
        return at;
    }

    /// <summary>Makes room for so many bytes, and says where.</summary>
    public ulong Room(ulong alignment, ulong size) => Setup.Heap.Reallocate(Bytes, 0, 0, alignment, size);

    /// <summary>Puts bytes into the memory, and says where.</summary>
    public ulong Put(ReadOnlySpan<byte> bytes, ulong alignment)
    {
        ulong at = Room(alignment, (ulong)bytes.Length);
        bytes.CopyTo(Bytes[(int)at..]);
        return at;
    }

    /// <summary>The calls of the allocator as text: old address, old size, alignment, new size.</summary>
    public IEnumerable<(ulong Old, ulong OldSize, ulong Alignment, ulong NewSize)> Reallocs =>
        Heap.Calls.Select(call => (call.Old, call.OldSize, call.Alignment, call.NewSize));

    private static Memory Make(Store store, CoreMemoryType type)
    {
        string index = type.Is64 ? "i64 " : "", size = type.PageSizeLog2 == 0 ? "131000 (pagesize 1)" : "2";
        var module = Module.FromText(Engines.All, "memory", $"(module (memory (export \"m\") {index}{size}))");
        return new Instance(store, module).GetMemory("m")!;
    }
}
