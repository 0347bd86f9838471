using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Fact.Ir;
using Fact.Properties.Generators;

namespace Fact.Conformance.Behaviour.Spec;

/// <summary>The specification says that the call traps.</summary>
internal sealed class SpecTrap(string reason) : Exception(reason)
{
    public static void If(bool condition, string reason)
    {
        if (condition)
            throw new SpecTrap(reason);
    }
}

/// <summary>A memory, wherever it is; asked again each time, because memories move when they grow.</summary>
internal delegate Span<byte> Bytes();

/// <summary>
/// One side of a call as <c>definitions.py</c> sees it (<c>LiftLowerContext</c>): memory, encoding, allocator. Loading and storing
/// are in the other parts of this class, each function named as there.
/// </summary>
internal sealed partial class SpecSide(bool is64, StringEncoding encoding, Bytes bytes, Heap heap)
{
    public SpecAbi Abi { get; } = new(is64);

    public StringEncoding Encoding => encoding;

    public Heap Heap => heap;

    /// <summary><c>MAX_STRING_BYTE_LENGTH</c> and <c>MAX_LIST_BYTE_LENGTH</c>.</summary>
    public ulong ByteLimit { get; init; } = (1 << 28) - 1;

    /// <summary>Setting up a memory rather than lowering to it: a tagged string stays tagged.</summary>
    public bool KeepTags { get; init; }

    /// <summary>Moves a handle to a table of this side.</summary>
    public Func<TransferKind, uint, uint, uint, uint> Transfer { get; init; } = (_, handle, _, _) => handle;

    public Span<byte> Memory => bytes();

    public ulong MemoryLength => (ulong)bytes().Length;

    private ulong Tag => is64 ? 1UL << 63 : 1UL << 31;

    // LiftLowerContext.reallocate, with the checks of the addresses that follow every call of it
    private ulong Reallocate(ulong old, ulong oldSize, ulong alignment, ulong newSize, ulong checkAlignment)
    {
        ulong ptr = heap.Reallocate(Memory, old, oldSize, alignment, newSize);
        SpecTrap.If(ptr != SpecAbi.AlignTo(ptr, checkAlignment), "unaligned");
        SpecTrap.If(OutOfBounds(ptr, newSize), "out of bounds");
        return ptr;
    }

    private ulong Allocate(ulong alignment, ulong size) => Reallocate(0, 0, alignment, size, alignment);

    private bool OutOfBounds(ulong ptr, ulong size) => size > MemoryLength || ptr > MemoryLength - size;

    private Span<byte> Range(ulong ptr, ulong size) => Memory.Slice((int)ptr, (int)size);

    private ulong LoadInt(ulong ptr, ulong size) => size switch
    {
        1 => Memory[(int)ptr],
        2 => BinaryPrimitives.ReadUInt16LittleEndian(Range(ptr, 2)),
        4 => BinaryPrimitives.ReadUInt32LittleEndian(Range(ptr, 4)),
        _ => BinaryPrimitives.ReadUInt64LittleEndian(Range(ptr, 8)),
    };

    private void StoreInt(ulong ptr, ulong value, ulong size)
    {
        for (int i = 0; i < (int)size; i++)
            Memory[(int)ptr + i] = (byte)(value >> (8 * i));
    }

    private static (TransferKind Kind, uint Table)? HandleOf(ValType type) => type switch
    {
        ValType.Own t => (TransferKind.Own, t.Table.Value),
        ValType.Borrow t => (TransferKind.Borrow, t.Table.Value),
        ValType.Stream t => (TransferKind.Stream, t.Table.Value),
        ValType.Future t => (TransferKind.Future, t.Table.Value),
        ValType.ErrorContext t => (TransferKind.ErrorContext, t.Table.Value),
        _ => null,
    };
}

/// <summary>A call of an allocator and its answer.</summary>
internal readonly record struct ReallocCall(ulong Old, ulong OldSize, ulong Alignment, ulong NewSize, ulong Result)
{
    public override string ToString() => $"realloc({Old}, {OldSize}, {Alignment}, {NewSize}) = {Result}";
}

/// <summary>
/// An allocator that never gives the same block twice, moves what is reallocated and spoils what was given back, so that
/// whoever uses an old pointer is found out. The same calls give the same answers, in the model and in the guest.
/// </summary>
internal sealed class Heap(ulong start)
{
    private ulong next = start;

    /// <summary>The first address that was not given away.</summary>
    public ulong Next => next;

    public List<ReallocCall> Calls { get; } = [];

    /// <summary>What a hostile or special guest answers to the n-th call instead; null for the usual answer.</summary>
    public Func<int, ReallocCall, ulong?>? Answer { get; set; }

    /// <summary>An allocator that will answer as this one will.</summary>
    public Heap Copy() => new(next) { Answer = Answer };

    public ulong Reallocate(Span<byte> memory, ulong old, ulong oldSize, ulong alignment, ulong newSize)
    {
        // One byte more than asked for keeps neighbours apart.
        ulong result = SpecAbi.AlignTo(next + 1, Math.Max(alignment, 1));
        if (Answer?.Invoke(Calls.Count, new(old, oldSize, alignment, newSize, result)) is { } scripted)
            result = scripted;
        else
            next = result + newSize;
        Calls.Add(new(old, oldSize, alignment, newSize, result));
        ulong length = (ulong)memory.Length, kept = Math.Min(oldSize, newSize);
        if (result < length && kept <= length - result && old < length && oldSize <= length - old && result != old)
        {
            memory.Slice((int)old, (int)kept).CopyTo(memory[(int)result..]);
            memory.Slice((int)old, (int)oldSize).Fill(0xDD);
        }
        return result;
    }
}
