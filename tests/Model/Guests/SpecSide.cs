using System;
using Fact.Ir;

namespace Fact.Model.Guests;

/// <summary>A memory, wherever it is; asked again each time, because memories move when they grow.</summary>
internal delegate Span<byte> Bytes();

/// <summary>Moves a handle: its kind and index, the table that it is in and the one that it goes to; the new index.</summary>
internal delegate uint Transfer(TransferKind kind, uint handle, uint from, uint to);

/// <summary>One side of a call in the model, with the memory and the allocator of a guest, and handles that the host moves.</summary>
internal sealed class SpecSide : LiftLowerContext
{
    private readonly Bytes bytes;
    private readonly bool keepTags;

    /// <param name="is64">Whether its pointers have 64 bits.</param>
    /// <param name="encoding">How it encodes strings.</param>
    /// <param name="bytes">Its memory.</param>
    /// <param name="heap">Its allocator.</param>
    /// <param name="dialect">The rules of the model.</param>
    /// <param name="transfer">How handles are moved.</param>
    /// <param name="keepTags">Setting up a memory rather than lowering to it: a tagged string stays tagged.</param>
    public SpecSide(bool is64, StringEncoding encoding, Bytes bytes, Heap heap, Dialect dialect, Transfer transfer, bool keepTags)
        : base(
            new GuestMemory(is64, bytes),
            encoding,
            (old, oldSize, alignment, newSize) => heap.Reallocate(bytes(), old, oldSize, alignment, newSize),
            new Handles(transfer),
            dialect) =>
        (this.bytes, Heap, this.keepTags) = (bytes, heap, keepTags);

    /// <summary>Its allocator.</summary>
    public Heap Heap { get; }

    /// <summary>What is in its memory.</summary>
    public Span<byte> Contents => bytes();

    protected override (ulong Pointer, ulong TaggedUnits) StoreStringIntoRange(SpecValue.Text text)
    {
        if (!keepTags)
            return base.StoreStringIntoRange(text);
        bool isWide = text.Encoding == StringEncoding.Utf16 || IsTagged(text);
        byte[] encoded = (isWide ? Codec.Utf16 : text.Encoding == StringEncoding.Utf8 ? Codec.Utf8 : Codec.Latin1).Encode(text.Value);
        ulong ptr = Allocate(Encoding == StringEncoding.Utf8 ? 1u : 2u, (ulong)encoded.Length);
        Memory.Write(ptr, encoded);
        return (ptr, IsTagged(text) ? Tagged(UnitsOf(text)) : UnitsOf(text));
    }

    /// <summary>A memory that is a guest's.</summary>
    internal sealed class GuestMemory(bool is64, Bytes bytes) : MemInst(is64)
    {
        public override ulong Length => (ulong)bytes().Length;

        public override ReadOnlySpan<byte> Read(ulong at, ulong size) => bytes().Slice((int)at, (int)size);

        public override void Write(ulong at, ReadOnlySpan<byte> content) => content.CopyTo(bytes().Slice((int)at, content.Length));
    }

    private sealed class Handles(Transfer transfer) : IHandles
    {
        public SpecValue.Handle Lift(ValType type, uint index)
        {
            var (kind, table) = Of(type);
            return new(kind, index, table);
        }

        public uint Lower(ValType type, SpecValue.Handle handle) => transfer(handle.Kind, (uint)handle.Rep, handle.Table, Of(type).Table);

        private static (TransferKind Kind, uint Table) Of(ValType type) => type switch
        {
            ValType.Own t => (TransferKind.Own, t.Table.Value),
            ValType.Borrow t => (TransferKind.Borrow, t.Table.Value),
            ValType.Stream t => (TransferKind.Stream, t.Table.Value),
            ValType.Future t => (TransferKind.Future, t.Table.Value),
            ValType.ErrorContext t => (TransferKind.ErrorContext, t.Table.Value),
            _ => throw new ArgumentException($"{type} is no handle", nameof(type)),
        };
    }
}

/// <summary>The specification's rules with the limit that an adapter was compiled with.</summary>
internal sealed class LimitedDialect(ulong limit) : Dialect
{
    public override ulong MaxByteLength => limit;
}
