using System;
using System.Runtime.CompilerServices;
using Fact.Ir.Plan;

namespace Fact.Lower.Select;

/// <summary>The kinds of helpers.</summary>
internal enum HelperKind : byte
{
    /// <summary>Copies a value.</summary>
    Copy,

    /// <summary>Checks that bytes of a memory exist and are aligned.</summary>
    CheckRange,

    /// <summary>Allocates and checks what the allocator says.</summary>
    Reallocate,

    /// <summary>Checks a char.</summary>
    CheckChar,

    /// <summary>Converts strings.</summary>
    Transcode,
}

/// <summary>
/// What a helper is for. Two places that need equal keys call the same helper; what does not matter for a copy (memories where it is flat and has no pointers) is
/// left out of the key.
/// </summary>
internal readonly struct HelperKey(HelperKind kind, Copy? copy, long source, long target) : IEquatable<HelperKey>
{
    private readonly HelperKind kind = kind;
    private readonly Copy? copy = copy;
    private readonly long source = source;
    private readonly long target = target;

    public bool Equals(HelperKey other) =>
        kind == other.kind && ReferenceEquals(copy, other.copy) && source == other.source && target == other.target;

    public override bool Equals(object? obj) => obj is HelperKey other && Equals(other);

    public override int GetHashCode()
    {
        uint hash = (uint)kind;
        hash = (hash * 0x9E3779B1) ^ (copy is null ? 0 : (uint)RuntimeHelpers.GetHashCode(copy));
        hash = (hash * 0x9E3779B1) ^ (uint)(source ^ (source >> 29));
        hash = (hash * 0x9E3779B1) ^ (uint)(target ^ (target >> 29));
        return (int)(hash ^ (hash >> 15));
    }
}
