using System;
using Fact.Lower.Abi;

namespace Fact.Lower.Outline;

/// <summary>The kinds of helpers.</summary>
internal enum HelperKind : byte
{
    /// <summary>Translates a value.</summary>
    Translate,

    /// <summary>Checks that bytes of a memory exist and are aligned.</summary>
    CheckRange,

    /// <summary>Allocates and checks what the allocator says.</summary>
    Reallocate,

    /// <summary>Checks a char.</summary>
    CheckChar,
}

/// <summary>
/// What a helper is for. Two places that need equal keys call the same helper; what does not matter for a type (the
/// encodings where it has no strings, memories where it has none and is flat) is left out of the key.
/// </summary>
internal readonly struct HelperKey(HelperKind kind, AbiType? source, AbiType? target, long sourceSide, long targetSide) : IEquatable<HelperKey>
{
    private readonly HelperKind kind = kind;
    private readonly AbiType? source = source;
    private readonly AbiType? target = target;
    private readonly long sourceSide = sourceSide;
    private readonly long targetSide = targetSide;

    public bool Equals(HelperKey other) =>
        kind == other.kind && ReferenceEquals(source, other.source) && ReferenceEquals(target, other.target)
        && sourceSide == other.sourceSide && targetSide == other.targetSide;

    public override bool Equals(object? obj) => obj is HelperKey other && Equals(other);

    public override int GetHashCode()
    {
        uint hash = (uint)kind;
        hash = (hash * 0x9E3779B1) ^ (uint)(source?.Id ?? -1);
        hash = (hash * 0x9E3779B1) ^ (uint)(target?.Id ?? -1);
        hash = (hash * 0x9E3779B1) ^ (uint)(sourceSide ^ (sourceSide >> 29));
        hash = (hash * 0x9E3779B1) ^ (uint)(targetSide ^ (targetSide >> 29));
        return (int)(hash ^ (hash >> 15));
    }
}
