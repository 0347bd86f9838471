using System;
using Wasmtime;
using Wasmtime.Components;

namespace Fact.Conformance.Differential;

/// <summary>The engine's own component runtime, with its own adapter compiler: the reference.</summary>
/// <param name="eventLoop">Whether calls may wait.</param>
public sealed class ReferenceRuntime(bool eventLoop = false) : IRuntime
{
    private readonly Engine engine = ReferenceEngine.Create();

    /// <inheritdoc/>
    public IPreparedPair Prepare(byte[] component) => new Prepared(engine, eventLoop, Wasmtime.Components.Component.FromBytes(engine, component));

    /// <inheritdoc/>
    public void Dispose() => engine.Dispose();

    private sealed class Prepared(Engine engine, bool eventLoop, Wasmtime.Components.Component component) : IPreparedPair
    {
        public Outcome Run(RunInput input)
        {
            using var linker = new ComponentLinker(engine);
            using var store = new Store(engine);
            var instance = linker.Instantiate(store, component);
            if (input.Stock)
            {
                Function("callee-stock").Call();
                Function("caller-stock").Call();
            }
            int returned = 0;
            foreach (var step in input.Steps)
            {
                Function("caller-setup").Call(ComponentValue.String(step.Caller));
                Function("callee-setup").Call(ComponentValue.String(step.Callee));
                try
                {
                    for (int i = 0; i < step.Calls; i++, returned++)
                    {
                        if (!eventLoop)
                            Function(step.Run).Call();
                        else if (EventLoop.Call(store, Function(step.Run)) is { } trap)
                            return new Outcome.Trapped(trap, returned);
                    }
                }
                catch (WasmtimeException trap)
                {
                    return new Outcome.Trapped(trap.Message, returned);
                }
            }
            return new Outcome.Completed(Dump("caller-dump"), Dump("callee-dump"));

            ComponentFunction Function(string name) =>
                instance.GetFunction(name) ?? throw new InvalidOperationException($"no export {name}");

            GuestState Dump(string name) => GuestState.Parse(Function(name).Call()!.AsString());
        }

        public void Dispose() => component.Dispose();
    }
}
