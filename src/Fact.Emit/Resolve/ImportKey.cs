using System;

namespace Fact.Emit;

/// <summary>What makes two imports one, in numbers: the kind of thing, and up to three numbers that say which.</summary>
internal readonly record struct ImportKey(ImportKind Kind, uint A = 0, uint B = 0, uint C = 0) : IEquatable<ImportKey>
{
    /// <inheritdoc/>
    public override int GetHashCode() => (int)((((((uint)Kind * 0x9E3779B1) + A) * 0x85EBCA77) + B) * 0xC2B2AE3D) ^ (int)C;

    /// <inheritdoc/>
    public bool Equals(ImportKey other) => Kind == other.Kind && A == other.A && B == other.B && C == other.C;
}

/// <summary>The kinds of <see cref="ImportKey"/>. A function of the program around the adapters is one kind, whatever it is wanted for.</summary>
internal enum ImportKind : uint
{
    Flags,
    Memory,
    CoreFunc,
    EnterCall,
    ExitCall,
    ResourceDrop,
    PrepareCall,
    SyncStartCall,
    SyncStartCallWithCallback,
    AsyncStartCall,
    AsyncStartCallWithCallback,
    AsyncStartCallWithPostReturn,
    AsyncStartCallWithBoth,
    Transfer,
    FirstTranscoder,
}
