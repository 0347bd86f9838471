using System;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>Gives the indices of a function in step with its instructions: whoever walks over them takes an index for each immediate that has one.</summary>
/// <param name="immediates">The immediates of the instructions.</param>
/// <param name="numbering">The indices that they stand for.</param>
internal ref struct Immediates(EquatableArray<uint> immediates, Numbering numbering)
{
    private readonly ReadOnlySpan<int> slots = numbering.Slots.AsSpan();
    private readonly ReadOnlySpan<uint> immediates = immediates.AsSpan();
    private readonly ReadOnlySpan<uint> indices = numbering.Indices.AsSpan();
    private int next;

    /// <summary>The index of what the next immediate names.</summary>
    public uint Next() => indices[(int)immediates[next++]];

    /// <summary>The relative label that is next.</summary>
    public uint Label() => immediates[next++];

    /// <summary>Passes over so many immediates.</summary>
    public void Skip(int count) => next += count;

    /// <summary>Passes over the index of the type of a block, where it has one.</summary>
    public void SkipType(CoreFuncType type) => next += Numbering.NeedsTypeIndex(type) ? 1 : 0;

    /// <summary>The index of a local.</summary>
    public readonly uint Slot(LocalId local) => (uint)slots[local.Value];
}
