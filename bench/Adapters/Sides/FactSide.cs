using System;
using Fact.Host;
using Fact.Values;

namespace Fact.Bench.Adapters;

/// <summary>This project: its adapters, on its host.</summary>
internal sealed class FactSide(string name, HostOptions options) : Side(name)
{
    private readonly HostEngine engine = new();

    /// <inheritdoc/>
    public override Running Instantiate(byte[] component)
    {
        var host = ComponentHost.Open(engine, component, options).Match(
            Right: opened => opened,
            Left: errors => throw new InvalidOperationException(errors[0].ToString()));
        var instance = host.Instantiate().Match(
            Right: made => made,
            Left: failure => throw new InvalidOperationException(failure.ToString()));
        return new Instance(host, instance);
    }

    /// <inheritdoc/>
    public override void Dispose() => engine.Dispose();

    private sealed class Instance(ComponentHost host, ComponentInstance instance) : Running
    {
        public override void Prepare(Preparation preparation) => Call(
            "prepare",
            ComponentValues.U32(preparation.Pattern),
            ComponentValues.U32(preparation.PatternBytes),
            ComponentValues.U32(preparation.Times),
            ComponentValues.U32(preparation.Length));

        public override ulong Run(uint calls) => Number(Call("run", ComponentValues.U32(calls)));

        public override ulong CallerSum() => Number(Call("caller-sum"));

        public override ulong CalleeSum() => Number(Call("callee-sum"));

        public override void Dispose()
        {
            instance.Dispose();
            host.Dispose();
        }

        private ComponentValue? Call(string name, params ComponentValue[] arguments) =>
            instance.TryInvoke(name, arguments, out var result, out var failure) ? result : throw new InvalidOperationException(failure.ToString());

        private static ulong Number(ComponentValue? value) =>
            value is ComponentValue.U64(var number) ? number : throw new InvalidOperationException($"not a number: {value}");
    }
}
