using System;
using Fact.Host.Tasks;
using Fact.Ir;
using Fact.Values;

namespace Fact.Host.Canonical;

/// <summary>Where what .NET code reads goes to.</summary>
/// <param name="most">How many elements, at most.</param>
internal sealed class HostDestination(int most) : IWritableBuffer
{
    /// <inheritdoc/>
    public int Remain => most - Progress;

    /// <inheritdoc/>
    public int Progress => Read.Count;

    /// <inheritdoc/>
    public bool IsZeroLength => most == 0;

    /// <summary>What has come. One copy is all that a read takes.</summary>
    public ElementChunk Read { get; private set; }

    /// <inheritdoc/>
    public void Write(Elements elements, int count) => Read = elements switch
    {
        Elements.Units => new(count, default, default),
        Elements.Numbers(var bytes) => new(count, bytes, default),
        Elements.Values(var values) => new(count, default, values),
    };
}

/// <summary>What .NET code writes.</summary>
/// <param name="chunk">The elements.</param>
/// <param name="element">Their type; null where there is none.</param>
internal sealed class HostSource(ElementChunk chunk, ValType? element) : IReadableBuffer
{
    private readonly int size = NumberChunks.SizeOf(element);

    /// <inheritdoc/>
    public int Remain => chunk.Count - Progress;

    /// <inheritdoc/>
    public int Progress { get; private set; }

    /// <inheritdoc/>
    public bool IsZeroLength => chunk.Count == 0;

    /// <inheritdoc/>
    public Elements Read(int count)
    {
        int from = Progress;
        Progress += count;
        if (element is null)
            return new Elements.Units();
        return chunk.Values.Length == 0
            ? new Elements.Numbers(chunk.Numbers.Slice(from * size, count * size))
            : new Elements.Values(chunk.Values.Items.Slice(from, count).ToEquatableArray());
    }
}
