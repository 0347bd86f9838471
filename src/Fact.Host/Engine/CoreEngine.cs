using System;
using Wasmtime;

namespace Fact.Host.Engine;

/// <summary>An engine with what it compiled before.</summary>
/// <param name="engine">The engine.</param>
/// <param name="cache">Where compiled modules are kept; null for nowhere.</param>
internal sealed class CoreEngine(Wasmtime.Engine engine, ModuleCache? cache) : IDisposable
{
    /// <summary>The engine.</summary>
    public Wasmtime.Engine Engine => engine;

    /// <summary>Has the engine compile a module, or takes what it compiled before.</summary>
    /// <exception cref="WasmtimeException">The engine does not take it.</exception>
    public Module Compile(string name, ReadOnlySpan<byte> bytes)
    {
        if (cache?.Find(engine, name, bytes) is { } known)
            return known;
        var module = Module.FromBytes(engine, name, bytes);
        cache?.Add(name, bytes, module);
        return module;
    }

    /// <inheritdoc/>
    public void Dispose() => engine.Dispose();
}
