using System;
using System.Threading;
using System.Threading.Tasks;
using Fact.Ir;

namespace Fact.Values;

/// <summary>Elements that were read: numbers as they are in memory, or values, or, where there is no type, nothing but their number.</summary>
/// <param name="Count">How many; 0 where there are no more.</param>
/// <param name="Numbers">Numbers, little-endian; empty where there are values.</param>
/// <param name="Values">Values.</param>
internal readonly record struct ElementChunk(int Count, ReadOnlyMemory<byte> Numbers, EquatableArray<ComponentValue> Values);

/// <summary>What a readable end reads from: a guest, or .NET code.</summary>
internal interface IEndSource
{
    /// <summary>Reads at least one element, if there is one. Nothing is read twice, and nothing is read while another read is in progress.</summary>
    /// <param name="most">How many elements, at most.</param>
    /// <param name="cancellationToken">Ends the read; what was not read can be read later.</param>
    ValueTask<ElementChunk> ReadAsync(int most, CancellationToken cancellationToken);

    /// <summary>Nothing will be read any more. A read in progress ends.</summary>
    void Drop();
}
