using System;
using Fact.Host;
using Fact.Values;

namespace Fact.Conformance.Differential;

/// <summary>This project: its linker, its adapters, its host.</summary>
/// <param name="compile">How adapters are compiled; null for the host's defaults.</param>
/// <param name="schedule">Where the host's choices start; null for none.</param>
public sealed class FactRuntime(CompileOptions? compile = null, int? schedule = null) : IRuntime
{
    private readonly HostEngine engine = new();
    private readonly HostOptions options = compile is null ? new() { ScheduleSeed = schedule } : new HostOptions { Compile = compile, ScheduleSeed = schedule };

    /// <inheritdoc/>
    public IPreparedPair Prepare(byte[] component) => new Prepared(ComponentHost.Open(engine, component, options).Match(
        Right: host => host,
        Left: errors => throw new InvalidOperationException(errors.ToString())));

    /// <inheritdoc/>
    public void Dispose() => engine.Dispose();

    private sealed class Prepared(ComponentHost host) : IPreparedPair
    {
        public Outcome Run(RunInput input)
        {
            using var instance = host.Instantiate().Match(
                Right: i => i,
                Left: failure => throw new InvalidOperationException(failure.ToString()));
            if (input.Stock)
            {
                Call("callee-stock");
                Call("caller-stock");
            }
            int returned = 0;
            foreach (var step in input.Steps)
            {
                Call("caller-setup", ComponentValues.String(step.Caller));
                Call("callee-setup", ComponentValues.String(step.Callee));
                for (int i = 0; i < step.Calls; i++, returned++)
                {
                    var failure = instance.Invoke(step.Run).MatchUnsafe<CallFailure?>(Right: _ => null, Left: f => f);
                    if (failure is not null)
                        return failure is CallFailure.Trapped(var trap) ? new Outcome.Trapped(trap.ToString(), returned)
                            : throw new InvalidOperationException(failure.ToString());
                }
            }
            return new Outcome.Completed(Dump("caller-dump"), Dump("callee-dump"));

            ComponentValue? Call(string name, params ComponentValue[] arguments) => instance.Invoke(name, arguments).MatchUnsafe<ComponentValue?>(
                Right: result => result.MatchUnsafe<ComponentValue?>(v => v, () => null),
                Left: failure => throw new InvalidOperationException(failure.ToString()));

            GuestState Dump(string name) => GuestState.Parse(((ComponentValue.String)Call(name)!).Value);
        }

        public void Dispose() => host.Dispose();
    }
}
