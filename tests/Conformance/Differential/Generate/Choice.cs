using System;
using System.Collections.Generic;
using FsCheck;
using FsCheck.Fluent;

namespace Fact.Conformance.Differential.Generate;

/// <summary>Random choices that a seed determines.</summary>
public sealed class Choice(int seed)
{
    private readonly Random random = new(seed);

    /// <summary>An integer from the first to the second, both included.</summary>
    public int Between(int low, int high) => random.Next(low, high + 1);

    /// <summary>True once in so many times.</summary>
    public bool OneIn(int times) => random.Next(times) == 0;

    /// <summary>One of several.</summary>
    public T Of<T>(params ReadOnlySpan<T> items) => items[random.Next(items.Length)];

    /// <summary>One of several.</summary>
    public T Of<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];

    /// <summary>What a generator makes.</summary>
    public T Of<T>(Gen<T> generator) => Gen.Sample(generator, 1, new Rnd((ulong)random.NextInt64()), size: 50)[0];

    /// <summary>64 bits: often small, at an end of a range, or with a pattern.</summary>
    public ulong Bits() => random.Next(6) switch
    {
        0 => (ulong)random.Next(0, 4),
        1 => ulong.MaxValue - (ulong)random.Next(0, 3),
        2 => 1UL << random.Next(64),
        3 => (1UL << random.Next(64)) - 1,
        _ => (ulong)random.NextInt64(long.MinValue, long.MaxValue),
    };
}
