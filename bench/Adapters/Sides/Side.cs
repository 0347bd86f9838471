using System;

namespace Fact.Bench.Adapters;

/// <summary>Something that runs components.</summary>
internal abstract class Side(string name) : IDisposable
{
    /// <summary>What it is called.</summary>
    public string Name { get; } = name;

    /// <summary>Makes an instance of a component.</summary>
    /// <exception cref="InvalidOperationException">It cannot.</exception>
    public abstract Running Instantiate(byte[] component);

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>A component that runs.</summary>
internal abstract class Running : IDisposable
{
    /// <summary>Makes the arguments.</summary>
    public abstract void Prepare(Preparation preparation);

    /// <summary>Makes so many calls.</summary>
    /// <returns>What became of them.</returns>
    public abstract ulong Run(uint calls);

    /// <summary>What the caller's side is.</summary>
    public abstract ulong CallerSum();

    /// <summary>What the callee's side is.</summary>
    public abstract ulong CalleeSum();

    /// <inheritdoc/>
    public abstract void Dispose();
}
