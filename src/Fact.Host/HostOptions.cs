using Fact.Host.Resources;
using Fact.Lower;

namespace Fact.Host;

/// <summary>How components are run.</summary>
public sealed record HostOptions
{
    /// <summary>How adapters are compiled. Without trap information, traps do not say where they happened.</summary>
    public CompileOptions Compile { get; init; } = new(ExceptionBarrier: true, TrapInfo: true, Names: true);

    /// <summary>Whether a component instance may be entered while it is in a call already: by adapters, by destructors, by the host. It is the option of <see cref="Compile"/>, so set it after that.</summary>
    public Reentrance Reentrance
    {
        get => Compile.Reentrance;
        init => Compile = Compile with { Reentrance = value };
    }

    /// <summary>How many bytes of guests' memories one call may make the host read: lists can share their elements, so that a small memory could be read without end.</summary>
    public ulong MaxLiftedBytes { get; init; } = 1 << 28;

    /// <summary>How many handles a component instance may have; the specification's limit is 2^28 − 1.</summary>
    public int MaxHandles { get; init; } = 1 << 24;

    /// <summary>How many bytes each memory may have; null for no limit but the memory's own.</summary>
    public long? MaxMemoryBytes { get; init; }

    /// <summary>The greatest number of bytes of a string or list that passes between host and guest: as in adapters.</summary>
    internal uint MaxByteLength => (uint)Compile.ByteLimit;

    internal int HandleLimit => System.Math.Clamp(MaxHandles, 0, HandleTable.MaxLength);
}
