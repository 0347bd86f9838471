using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Host.Calls;

/// <summary>How often instances asked not to be called asynchronously. Nothing here makes asynchronous calls, so it is only counted.</summary>
internal sealed class Backpressure
{
    private const int End = 1 << 16;

    private readonly Dictionary<InstanceId, int> counts = [];

    /// <summary>Spec: <c>canon_backpressure_inc</c>, <c>canon_backpressure_dec</c>.</summary>
    /// <exception cref="TrapSignal">The count leaves its range.</exception>
    public void Add(InstanceId instance, int change)
    {
        int count = counts.GetValueOrDefault(instance) + change;
        if (count is < 0 or End)
            throw new TrapSignal("backpressure counter overflow");
        counts[instance] = count;
    }
}
