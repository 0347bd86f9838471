using System;
using Fact.Host.Tasks;
using Fact.Ir;

namespace Fact.Host.Canonical;

/// <summary>A range of a guest's memory that elements come from or go to. Spec: <c>BufferGuestImpl</c> and its two subclasses.</summary>
internal abstract class GuestBuffer : ICopyBuffer
{
    private readonly ulong start;
    private readonly int length;

    private protected GuestBuffer(CanonicalContext cx, ValType? element, ulong address, uint count)
    {
        if (count > ChannelBuiltins.MaxLength)
            throw new TrapSignal("stream read/write count too large");
        if (element is not null && count > 0)
        {
            ElementSize = cx.SizeOf(element);
            cx.CheckRange(address, (ulong)count * (ulong)ElementSize, cx.LayoutOf(element).Alignment, "pointer out of bounds of memory");
        }
        (Context, Element, start, length) = (cx, element, address, (int)count);
    }

    /// <inheritdoc/>
    public int Remain => length - Progress;

    /// <inheritdoc/>
    public int Progress { get; private set; }

    /// <inheritdoc/>
    public bool IsZeroLength => length == 0;

    protected CanonicalContext Context { get; }

    protected ValType? Element { get; }

    protected int ElementSize { get; }

    /// <summary>The address of the next elements, which then count as copied.</summary>
    protected ulong Advance(int count)
    {
        ulong address = start + ((ulong)Progress * (ulong)ElementSize);
        Progress += count;
        return address;
    }
}

/// <summary>Spec: <c>ReadableBufferGuestImpl</c>.</summary>
internal sealed class GuestSource(CanonicalContext cx, ValType? element, ulong address, uint count) : GuestBuffer(cx, element, address, count), IReadableBuffer
{
    /// <inheritdoc/>
    public Elements Read(int count)
    {
        ulong address = Advance(count);
        if (Element is null)
            return new Elements.Units();
        return AsyncValues.IsNumeric(Element)
            ? new Elements.Numbers(Context.NeededMemory.Slice(address, count * ElementSize).ToArray())
            : new Elements.Values(new Lifter(Context.Afresh()).Elements(address, count, Element));
    }
}

/// <summary>Spec: <c>WritableBufferGuestImpl</c>.</summary>
internal sealed class GuestDestination(CanonicalContext cx, ValType? element, ulong address, uint count) : GuestBuffer(cx, element, address, count), IWritableBuffer
{
    /// <inheritdoc/>
    public void Write(Elements elements, int count)
    {
        ulong address = Advance(count);
        switch (elements)
        {
            case Elements.Units:
                break;
            case Elements.Numbers(var bytes):
                bytes.Span.CopyTo(Context.NeededMemory.Slice(address, bytes.Length));
                break;
            case Elements.Values(var values):
                new Lowerer(Context).Elements(address, values, Element!);
                break;
        }
    }
}
