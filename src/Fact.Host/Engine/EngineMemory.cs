using System;
using Wasmtime;

namespace Fact.Host.Engine;

/// <summary>A memory of the engine.</summary>
internal sealed class EngineMemory(Memory memory) : ILinearMemory
{
    /// <inheritdoc/>
    public bool Is64 { get; } = memory.Is64Bit;

    /// <inheritdoc/>
    public ulong Length => (ulong)memory.GetLength();

    /// <inheritdoc/>
    public Span<byte> Slice(ulong address, int length) => length == 0 ? default : memory.GetSpan(checked((long)address), length);

    /// <summary>The engine's object.</summary>
    public Memory Memory => memory;
}
