using System;
using System.Collections.Generic;

namespace Fact.Host.Tasks;

/// <summary>
/// What the specification leaves open: which of the threads that are ready goes on, which event comes first, whether a thread that need not wait lets others
/// run. Without a seed it is
/// always the first, and it always does. Spec: <c>random</c>, <c>DETERMINISTIC_PROFILE</c>.
/// </summary>
/// <param name="seed">Where the choices start; null for none.</param>
internal sealed class Choices(int? seed)
{
    /// <summary>How often a thread that is ready is passed over, without a seed.</summary>
    private const int MostPassedOver = 100;

    private readonly Random? random = seed is { } value ? new(value) : null;

    /// <summary>One of several.</summary>
    public T Pick<T>(IReadOnlyList<T> candidates) => candidates[random?.Next(candidates.Count) ?? 0];

    /// <summary>
    /// Which of the threads that are ready goes on. Without a seed it is one that has waited for something and keeps guest code on the stack, so that the stack
    /// gets free; then one without;
    /// then one that has not begun, the newest first, as it may keep a place on the stack for long; then one that only let others run. Nobody is passed over for ever.
    /// </summary>
    /// <param name="candidates">The threads, the one that has waited longest first.</param>
    public GuestThread Next(IReadOnlyList<GuestThread> candidates)
    {
        if (random is not null)
            return Pick(candidates);
        var best = candidates[0];
        foreach (var thread in candidates)
        {
            if (thread.PassedOver++ > MostPassedOver)
                return thread;
            int order = Rank(thread) - Rank(best);
            if (order < 0 || (order == 0 && !thread.HasStarted))
                best = thread;
        }
        return best;
    }

    private static int Rank(GuestThread thread) => thread switch
    {
        { HasStarted: false } when thread.Task.ImplicitThread != thread => 2,
        { Activations: 0 } => 1,
        { Yields: false } => 0,
        _ => 3,
    };

    /// <summary>Yes or no; no without a seed.</summary>
    public bool Flip() => random?.Next(2) == 1;
}
