using System;
using System.Collections.Generic;

namespace Fact.Host.Tasks;

/// <summary>What of its instance a thread needs to go on.</summary>
internal enum Gate
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Where its task needs the instance for itself: that no other has it.</summary>
    Run,

    /// <summary>The same, and that there is no backpressure.</summary>
    Enter,
}

/// <summary>
/// The threads of an instance that may go on as far as what they wait for goes: none of them has guest code on the stack. They are in heaps by what else they need,
/// and by the
/// rank in which they are chosen, so that nobody need look at all of them.
/// </summary>
/// <param name="inst">The instance.</param>
internal sealed class ReadyThreads(TaskInstance inst)
{
    // By what they need: nothing; the instance for themselves; that and no backpressure; only no backpressure.
    private const int Kinds = 4;

    // How many threads that have gone are kept at least before they are looked for.
    private const int MostGone = 32;

    private readonly IndexedHeap<GuestThread>?[] heaps = new IndexedHeap<GuestThread>?[Kinds * Choices.Ranks];

    // In the order in which they came; those that have gone are not looked for.
    private Queue<(GuestThread Thread, long Sequence)> unbegun = new();

    private List<GuestThread>? missed;
    private int count;

    /// <summary>A thread may go on.</summary>
    public void Add(GuestThread thread)
    {
        int index = Index(thread);
        var heap = heaps[index] ??= new();
        heap.Add(thread);
        if (Choices.Rank(thread) == Choices.Ranks)
            Enqueue(thread, heap.Count);
        Enter();
    }

    /// <summary>A thread that is among them need not go on any more.</summary>
    public void Remove(GuestThread thread)
    {
        heaps[Index(thread)]!.Remove(thread);
        Leave();
    }

    /// <summary>A thread would go on that had to give up its guest code.</summary>
    public void Miss(GuestThread thread)
    {
        if (thread.IsMissed)
            return;
        thread.IsMissed = true;
        (missed ??= []).Add(thread);
        inst.Store.Missed++;
        Enter();
    }

    /// <summary>Whether a thread would go on that had to give up its guest code.</summary>
    /// <param name="except">One that does not count.</param>
    public bool HasMissed(GuestThread? except)
    {
        for (int i = (missed?.Count ?? 0) - 1; i >= 0; i--)
        {
            var thread = missed![i];
            if (thread.Ready)
            {
                if (thread != except)
                    return true;
                continue;
            }
            // What it waits for is gone again; it is missed once more when that happens.
            missed[i] = missed[^1];
            missed.RemoveAt(missed.Count - 1);
            thread.IsMissed = false;
            inst.Store.Missed--;
            Leave();
        }
        return false;
    }

    private void Enter()
    {
        if (count++ == 0)
            inst.Store.Active.Add(this);
    }

    private void Leave()
    {
        if (--count == 0)
            inst.Store.Active.Remove(this);
    }

    private void Enqueue(GuestThread thread, int live)
    {
        // Most of them have gone: the others have waited longer than this one, and keep their order.
        if (unbegun.Count >= MostGone + (2 * live))
            unbegun = new(System.Linq.Enumerable.Where(unbegun, IsUnbegun));
        unbegun.Enqueue((thread, thread.Sequence));
    }

    private static bool IsUnbegun((GuestThread Thread, long Sequence) entry) => entry.Thread.Place >= 0 && entry.Thread.Sequence == entry.Sequence;

    /// <summary>Of the threads that have not begun, the one that has waited longest; null where there is none.</summary>
    public GuestThread? FirstUnbegun
    {
        get
        {
            while (unbegun.TryPeek(out var first) && !IsUnbegun(first))
                unbegun.Dequeue();
            return unbegun.TryPeek(out var found) ? found.Thread : null;
        }
    }

    /// <summary>Threads of one rank that their instance lets go on.</summary>
    /// <param name="rank">The rank.</param>
    /// <param name="entered">Whether those count only that have entered the instance.</param>
    public IEnumerable<IndexedHeap<GuestThread>> Open(int rank, bool entered)
    {
        for (int kind = 0; kind < (entered ? 2 : Kinds); kind++)
        {
            if (heaps[(kind * Choices.Ranks) + rank - 1] is { Count: > 0 } heap && IsOpen(kind))
                yield return heap;
        }
    }

    /// <summary>Puts threads back to wait for which what they wait for is gone again, until the first of a heap is not one of them.</summary>
    /// <returns>The first; null where there is none.</returns>
    public GuestThread? First(IndexedHeap<GuestThread> heap)
    {
        while (heap.Count > 0)
        {
            if (heap[0].Ready)
                return heap[0];
            PutBack(heap[0]);
        }
        return null;
    }

    /// <summary>Puts a thread back to wait for which what it waits for is gone again.</summary>
    public void PutBack(GuestThread thread)
    {
        Remove(thread);
        // Where others wait behind it, it has kept its place before them.
        if (thread.Parked is null)
            (thread.Until ?? throw new System.Diagnostics.UnreachableException("nothing but its instance keeps the thread")).Park(thread);
    }

    private bool IsOpen(int kind) => kind switch
    {
        0 => true,
        1 => inst.ExclusiveThread is null,
        2 => inst.ExclusiveThread is null && inst.Backpressure == 0,
        _ => inst.Backpressure == 0,
    };

    /// <summary>Whether a thread that has entered its instance needs it for itself.</summary>
    public static bool NeedsInstance(GuestThread thread) => thread.Needs == Gate.Run && thread.Task.NeedsExclusive;

    private static int Index(GuestThread thread)
    {
        int kind = thread.Needs switch
        {
            Gate.None => 0,
            Gate.Run => NeedsInstance(thread) ? 1 : 0,
            Gate.Enter => thread.Task.NeedsExclusive ? 2 : 3,
            _ => throw new ArgumentOutOfRangeException(nameof(thread)),
        };
        return (kind * Choices.Ranks) + Choices.Rank(thread) - 1;
    }
}
