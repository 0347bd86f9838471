using System;
using Wasmtime;

namespace Fact.Host;

/// <summary>
/// A WebAssembly engine. It may be shared by any number of components and threads; what is made with it must not outlive it.
/// </summary>
public sealed class HostEngine : IDisposable
{
    /// <summary>Starts an engine with every feature that components may use and the package offers.</summary>
    public HostEngine()
    {
        var config = new Config()
            .WithMultiMemory(true)
            .WithMultiValue(true)
            .WithMemory64(true)
            .WithReferenceTypes(true)
            .WithBulkMemory(true)
            .WithTailCalls(true)
            .WithExceptions(true);
        Engine = new Wasmtime.Engine(config);
    }

    internal Wasmtime.Engine Engine { get; }

    /// <inheritdoc/>
    public void Dispose() => Engine.Dispose();
}
