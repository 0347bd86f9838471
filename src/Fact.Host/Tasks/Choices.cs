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
    /// <summary>How many ranks there are of threads without guest code on the stack: 1 and so on.</summary>
    public const int Ranks = 2;

    /// <summary>How long a thread that is ready is passed over, without a seed, in threads that go on.</summary>
    private const int MostPassedOver = 100;

    private readonly Random? random = seed is { } value ? new(value) : null;

    /// <summary>One of several.</summary>
    public T Pick<T>(IReadOnlyList<T> candidates) => candidates[random?.Next(candidates.Count) ?? 0];

    /// <summary>One of the things in a heap.</summary>
    public T Pick<T>(IndexedHeap<T> candidates)
        where T : class, IHeapItem => candidates[random?.Next(candidates.Count) ?? 0];

    /// <summary>Yes or no; no without a seed.</summary>
    public bool Flip() => random?.Next(2) == 1;

    /// <summary>
    /// Which of the threads that are ready goes on. Without a seed it is one that has waited for something and keeps guest code on the stack, so that the stack
    /// gets free; then one without, the one that has waited longest first;
    /// then one that has not begun, the newest first, as it may keep a place on the stack for long; then one on the stack that only let others run. Nobody is passed
    /// over for ever.
    /// </summary>
    /// <param name="top">The one that has guest code on the stack, on top of all; null where it is not ready.</param>
    /// <param name="instances">Where the others are.</param>
    /// <param name="entered">Whether those count only that have entered their instance.</param>
    /// <param name="ticks">How many threads have gone on so far.</param>
    /// <returns>The thread; null where none is ready.</returns>
    public GuestThread? Next(GuestThread? top, IReadOnlyCollection<ReadyThreads> instances, bool entered, long ticks)
    {
        if (random is not null)
            return Any(top, instances, entered);
        GuestThread? best = top, oldest = top is not null && ticks - top.QueuedAt > MostPassedOver ? top : null;
        foreach (var ready in instances)
        {
            for (int rank = 1; rank <= Ranks; rank++)
            {
                foreach (var heap in ready.Open(rank, entered))
                {
                    if (ready.First(heap) is not { } first)
                        continue;
                    var longest = rank == Ranks ? ready.FirstUnbegun! : first;
                    if (ticks - longest.QueuedAt > MostPassedOver && (oldest is null || longest.Sequence < oldest.Sequence))
                        oldest = longest;
                    if (best is null || Rank(first) < Rank(best) || (Rank(first) == Rank(best) && first.Order < best.Order))
                        best = first;
                }
            }
        }
        return oldest ?? best;
    }

    private GuestThread? Any(GuestThread? top, IReadOnlyCollection<ReadyThreads> instances, bool entered)
    {
        while (true)
        {
            int count = top is null ? 0 : 1;
            foreach (var ready in instances)
            {
                for (int rank = 1; rank <= Ranks; rank++)
                {
                    foreach (var heap in ready.Open(rank, entered))
                        count += heap.Count;
                }
            }
            if (count == 0)
                return null;
            int chosen = random!.Next(count);
            if (top is not null && chosen-- == 0)
                return top;
            var (where, thread) = At(instances, entered, chosen);
            if (thread.Ready)
                return thread.Parked?.OneOf(thread, random) ?? thread;
            where.PutBack(thread);
        }
    }

    private static (ReadyThreads Where, GuestThread Thread) At(IReadOnlyCollection<ReadyThreads> instances, bool entered, int index)
    {
        foreach (var ready in instances)
        {
            for (int rank = 1; rank <= Ranks; rank++)
            {
                foreach (var heap in ready.Open(rank, entered))
                {
                    if (index < heap.Count)
                        return (ready, heap[index]);
                    index -= heap.Count;
                }
            }
        }
        throw new System.Diagnostics.UnreachableException();
    }

    /// <summary>Who is chosen before whom; it does not change while a thread waits.</summary>
    public static int Rank(GuestThread thread) => thread switch
    {
        { HasStarted: false } when thread.Task.ImplicitThread != thread => 2,
        { Activations: 0 } => 1,
        { Yields: false } => 0,
        _ => 3,
    };
}
