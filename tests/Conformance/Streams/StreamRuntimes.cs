using System;
using System.Collections.Generic;
using Fact.Conformance.Differential;
using Fact.Host;
using Fact.Ir;
using Fact.Values;
using Wasmtime;
using Reference = Wasmtime.Components;

namespace Fact.Conformance.Streams;

/// <summary>A setting that is ready to run.</summary>
internal interface IPreparedSetting : IDisposable
{
    /// <summary>Runs a case on fresh instances.</summary>
    StreamOutcome Run(StreamSetting setting, StreamCase @case);
}

/// <summary>This project: its linker, its adapters, its host.</summary>
internal sealed class StreamFact : IPreparedSetting
{
    private readonly List<StreamLine> log = [];
    private readonly ComponentHost host;

    /// <param name="engine">The engine.</param>
    /// <param name="component">The component.</param>
    /// <param name="schedule">Where the host's choices start; null for none.</param>
    public StreamFact(HostEngine engine, byte[] component, int? schedule) =>
        host = ComponentHost.Open(engine, component, new HostOptions { ScheduleSeed = schedule })
            .Match(Right: opened => opened, Left: errors => throw new InvalidOperationException(errors.ToString()));

    public StreamOutcome Run(StreamSetting setting, StreamCase @case)
    {
        log.Clear();
        using var instance = host.Instantiate(HostImports.None.WithFunction("log", Log))
            .Match(Right: i => i, Left: failure => throw new InvalidOperationException(failure.ToString()));
        for (int i = 0; i < setting.Instances; i++)
        {
            if (instance.Invoke($"setup{StreamText.N(i)}", ComponentValues.String(Machine.Image(setting, @case, i))).IsLeft)
                throw new InvalidOperationException("a guest cannot be set up");
        }
        string? trap = instance.Invoke("run").MatchUnsafe<string?>(Right: _ => null, Left: failure => failure.ToString());
        return StreamOutcome.Of(log, trap);
    }

    private ComponentValue? Log(EquatableArray<ComponentValue> arguments)
    {
        uint At(int i) => ((ComponentValue.U32)arguments[i]).Value;
        log.Add(new((int)At(0), (int)At(1), At(2), At(3), At(4), At(5)));
        return null;
    }

    public void Dispose() => host.Dispose();
}

/// <summary>
/// The engine's own component runtime: the reference. Its .NET interface calls functions outside of its event loop, where nothing may wait; so they are called
/// through its C interface. That runs guests on stacks of its own, where code of .NET is not safe; so the component keeps the log, which nobody has when something
/// traps.
/// </summary>
internal sealed class StreamReference(Engine engine, byte[] component) : IPreparedSetting
{
    private readonly Reference.Component component = Reference.Component.FromBytes(engine, component);

    public StreamOutcome Run(StreamSetting setting, StreamCase @case)
    {
        using var linker = new Reference.ComponentLinker(engine);
        using var store = new Store(engine);
        var instance = linker.Instantiate(store, component);
        for (int i = 0; i < setting.Instances; i++)
            Function($"setup{StreamText.N(i)}").Call(Reference.ComponentValue.String(Machine.Image(setting, @case, i)));
        return EventLoop.Call(store, Function("run")) is { } trap
            ? new StreamOutcome([], trap, LostLog: true)
            : StreamOutcome.Of(StreamLogText.Parse(Function("dump").Call()!.AsString()), null);

        Reference.ComponentFunction Function(string name) => instance.GetFunction(name) ?? throw new InvalidOperationException($"no export {name}");
    }

    public void Dispose() => component.Dispose();
}
