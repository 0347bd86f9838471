using System;
using System.Collections.Generic;
using System.Threading;
using Wasmtime;

namespace Fact.Host;

/// <summary>
/// A WebAssembly engine. It may be shared by any number of components and threads; what is made with it must not outlive it.
/// </summary>
public sealed class HostEngine : IDisposable
{
    private readonly Lock sync = new();
    private readonly Dictionary<EngineKind, Wasmtime.Engine> others = [];

    /// <summary>Starts an engine with every feature that components may use and the package offers.</summary>
    public HostEngine() => Engine = Make(default);

    private static Wasmtime.Engine Make(EngineKind kind)
    {
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
        return new Wasmtime.Engine(config);
    }

    /// <summary>The engine for components with some options. What these ask for costs time, so that it is in the code of no others.</summary>
    internal Wasmtime.Engine For(HostOptions options)
    {
        var kind = new EngineKind(options.CanInterrupt, options.CanMeter, options.StackBytes);
        if (kind == default)
            return Engine;
        lock (sync)
        {
            if (!others.TryGetValue(kind, out var engine))
                others.Add(kind, engine = Make(kind));
            return engine;
        }
    }

    internal Wasmtime.Engine Engine { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Engine.Dispose();
        foreach (var engine in others.Values)
            engine.Dispose();
    }

    /// <summary>What an engine was made for; stacks of 0 bytes are those of the engine's default.</summary>
    private readonly record struct EngineKind(bool Interrupts, bool Meters, int StackBytes);
}
