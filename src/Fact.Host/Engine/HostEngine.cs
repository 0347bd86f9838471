using System;
using System.Collections.Generic;
using System.Threading;
using Fact.Host.Engine;
using Wasmtime;

namespace Fact.Host;

/// <summary>
/// A WebAssembly engine. It may be shared by any number of components and threads; what is made with it must not outlive it.
/// </summary>
public sealed class HostEngine : IDisposable
{
    private readonly Lock sync = new();
    private readonly Dictionary<EngineKind, CoreEngine> engines = [];
    private readonly string? cacheFolder;

    /// <summary>Starts an engine with every feature that components may use and the package offers.</summary>
    /// <param name="cacheFolder">
    /// Where compiled modules are kept for later runs; null for nowhere. What is in it is machine code that is run as it is, so it must be a folder into which nobody
    /// else can write; one that does not exist is made so. Nothing in it is ever removed.
    /// </param>
    /// <exception cref="ArgumentException">That is no path.</exception>
    /// <exception cref="System.IO.IOException">The folder cannot be made, or others can write into it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be made, or not be looked at.</exception>
    public HostEngine(string? cacheFolder = null)
    {
        this.cacheFolder = cacheFolder;
        engines.Add(default, Make(default));
    }

    /// <summary>The engine for components with some options. What these ask for costs time, so that it is in the code of no others.</summary>
    internal CoreEngine For(HostOptions options)
    {
        var kind = new EngineKind(options.CanInterrupt, options.CanMeter, options.StackBytes);
        lock (sync)
        {
            if (!engines.TryGetValue(kind, out var engine))
                engines.Add(kind, engine = Make(kind));
            return engine;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var engine in engines.Values)
            engine.Dispose();
    }

    private CoreEngine Make(EngineKind kind)
    {
        var cache = cacheFolder is null ? null : new ModuleCache(cacheFolder, kind.ToString());
        var config = new Config()
            .WithMultiMemory(true)
            .WithMultiValue(true)
            .WithMemory64(true)
            .WithReferenceTypes(true)
            .WithBulkMemory(true)
            .WithTailCalls(true)
            .WithExceptions(true);
        if (kind.Interrupts)
            config = config.WithEpochInterruption(true);
        if (kind.Meters)
            config = config.WithFuelConsumption(true);
        if (kind.StackBytes != 0)
            config = config.WithMaximumStackSize(kind.StackBytes);
        return new(new Wasmtime.Engine(config), cache);
    }

    /// <summary>What an engine was made for; stacks of 0 bytes are those of the engine's default.</summary>
    private readonly record struct EngineKind(bool Interrupts, bool Meters, int StackBytes);
}
