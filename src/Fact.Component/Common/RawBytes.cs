using System;

namespace Fact.Component;

/// <summary>
/// Bytes of the input that are kept as they are (a core module, the payload of a custom section). A slice of the
/// decoded memory, not a copy; equal to another when the bytes are.
/// </summary>
/// <param name="Memory">The slice.</param>
public readonly record struct RawBytes(ReadOnlyMemory<byte> Memory)
{
    /// <summary>Number of bytes.</summary>
    public int Length => Memory.Length;

    /// <summary>The bytes as a span.</summary>
    public ReadOnlySpan<byte> Span => Memory.Span;

    /// <summary>Whether both hold the same bytes.</summary>
    public bool Equals(RawBytes other) => Span.SequenceEqual(other.Span);

    /// <summary>A hash of the bytes.</summary>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    /// <summary>The number of bytes, for test failures and debuggers.</summary>
    public override string ToString() => $"{Length} bytes";
}
