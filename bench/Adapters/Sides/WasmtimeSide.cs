using System;
using Wasmtime;
using Wasmtime.Components;

namespace Fact.Bench.Adapters;

/// <summary>The engine's own component runtime, with its own adapters, as the package sets it up.</summary>
internal sealed class WasmtimeSide() : Side("wasmtime")
{
    private readonly Engine engine = new();

    /// <inheritdoc/>
    public override Running Instantiate(byte[] component)
    {
        try
        {
            return new Instance(engine, component);
        }
        catch (WasmtimeException e)
        {
            throw new InvalidOperationException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => engine.Dispose();

    private sealed class Instance : Running
    {
        private readonly Wasmtime.Components.Component component;
        private readonly ComponentLinker linker;
        private readonly Store store;
        private readonly ComponentFunction prepare, run, callerSum, calleeSum;

        public Instance(Engine engine, byte[] bytes)
        {
            component = Wasmtime.Components.Component.FromBytes(engine, bytes);
            linker = new ComponentLinker(engine);
            store = new Store(engine);
            var instance = linker.Instantiate(store, component);
            prepare = instance.GetFunction("prepare")!;
            run = instance.GetFunction("run")!;
            callerSum = instance.GetFunction("caller-sum")!;
            calleeSum = instance.GetFunction("callee-sum")!;
        }

        public override void Prepare(Preparation preparation) => Call(
            prepare,
            ComponentValue.U32(preparation.Pattern),
            ComponentValue.U32(preparation.PatternBytes),
            ComponentValue.U32(preparation.Times),
            ComponentValue.U32(preparation.Length));

        public override ulong Run(uint calls) => Call(run, ComponentValue.U32(calls))!.AsU64();

        public override ulong CallerSum() => Call(callerSum)!.AsU64();

        public override ulong CalleeSum() => Call(calleeSum)!.AsU64();

        public override void Dispose()
        {
            store.Dispose();
            linker.Dispose();
            component.Dispose();
        }

        private static ComponentValue? Call(ComponentFunction function, params ComponentValue[] arguments)
        {
            try
            {
                return function.Call(arguments);
            }
            catch (WasmtimeException e)
            {
                throw new InvalidOperationException(e.Message, e);
            }
        }
    }
}
