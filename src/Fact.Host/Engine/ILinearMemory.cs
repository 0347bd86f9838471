using System;

namespace Fact.Host.Engine;

/// <summary>A guest's memory. It may grow whenever guest code runs, so a span is good only until then.</summary>
internal interface ILinearMemory
{
    /// <summary>Whether its addresses are 64-bit integers.</summary>
    bool Is64 { get; }

    /// <summary>Its size in bytes, now.</summary>
    ulong Length { get; }

    /// <summary>Bytes of it. The caller has checked that they are there.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not.</exception>
    Span<byte> Slice(ulong address, int length);
}
