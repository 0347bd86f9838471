using System;

namespace Fact.Bench.Adapters;

/// <summary>What two sides make of a case before it is measured.</summary>
/// <param name="Returned">What the calls returned.</param>
/// <param name="Caller">What the caller has in memory after them.</param>
/// <param name="Callee">What the callee has.</param>
internal sealed record CaseOutcome(ulong Returned, ulong Caller, ulong Callee)
{
    private const uint Calls = 3;

    /// <summary>Makes the arguments and a few calls.</summary>
    public static CaseOutcome Of(Running running, AdapterCase one)
    {
        running.Prepare(one.Prepare);
        return AfterCalls(running);
    }

    /// <summary>Makes a few calls.</summary>
    public static CaseOutcome AfterCalls(Running running) => new(running.Run(Calls), running.CallerSum(), running.CalleeSum());

    /// <summary>Makes an instance for a case and a few calls, or says why that is not possible.</summary>
    public static Running Start(Side side, AdapterCase one, byte[] component, out CaseOutcome outcome)
    {
        Running? running = null;
        try
        {
            running = side.Instantiate(component);
            outcome = Of(running, one);
            return running;
        }
        catch (InvalidOperationException e)
        {
            running?.Dispose();
            throw new InvalidOperationException($"{side.Name}: {e.Message}", e);
        }
    }
}
