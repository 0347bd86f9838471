using System;

namespace Fact.Host.Tasks;

/// <summary>
/// Threads that wait for the same to happen, and need not be looked at before. When it has, only the one that waits longest is among the threads that may go on, of
/// those which need the same of their instance; the next one is there when that one is not any more. So what can be had by one of many wakes one, and not all.
/// </summary>
/// <param name="hasHappened">
/// Whether it has. Threads that are parked here go on when it has and their instance lets them. It may be undone without notice; that it happens is told by
/// <see cref="Signal"/>.
/// </param>
internal sealed class WakeList(Func<bool> hasHappened)
{
    private Lane open, exclusive;
    private GuestThread? lost, lostExclusive;

    /// <summary>A thread waits. If it has happened, and nobody waits longer, the thread is at once among those that may go on.</summary>
    public void Park(GuestThread thread)
    {
        thread.Parked = this;
        ref var lane = ref LaneOf(thread);
        if (lane.First is { } first)
        {
            if (first.Sequence < thread.Sequence)
            {
                (lane.Others ??= new()).Add(thread);
                return;
            }
            // One that waits longer comes back.
            if (IsAwake(first))
                first.Task.Inst.Ready.Remove(first);
            (lane.Others ??= new()).Add(first);
        }
        lane.First = thread;
        if (hasHappened())
            Wake(lane);
    }

    /// <summary>A thread does not wait any more, and is not among those that may go on.</summary>
    public void Remove(GuestThread thread)
    {
        thread.Parked = null;
        ref var lane = ref LaneOf(thread);
        if (lane.First != thread)
        {
            lane.Others!.Remove(thread);
            return;
        }
        if (IsAwake(thread))
            thread.Task.Inst.Ready.Remove(thread);
        lane.First = null;
        if (lane.Others is not { Count: > 0 } others)
            return;
        lane.First = others[0];
        others.Remove(lane.First);
        if (hasHappened())
            Wake(lane);
    }

    /// <summary>A thread that waits has had to give up its guest code. It never goes on, but is missed when it has happened.</summary>
    public void Lose(GuestThread thread)
    {
        // The others are missed no sooner and no later; but who waits for the instance does not miss the thread that has it.
        ref var one = ref thread == thread.Task.Inst.ExclusiveThread ? ref lostExclusive : ref lost;
        one ??= thread;
        if (hasHappened())
            one.Task.Inst.Ready.Miss(one);
    }

    /// <summary>It may have happened.</summary>
    public void Signal()
    {
        if ((open.First ?? exclusive.First ?? lost ?? lostExclusive) is null || !hasHappened())
            return;
        Happened(ref open);
        Happened(ref exclusive);
        lost?.Task.Inst.Ready.Miss(lost);
        lostExclusive?.Task.Inst.Ready.Miss(lostExclusive);
    }

    /// <summary>Whether a thread that is parked here is among those that may go on.</summary>
    public bool IsAwake(GuestThread thread) => LaneOf(thread).First == thread && thread.Place >= 0;

    /// <summary>One of the threads that may go on if the one may that stands for them.</summary>
    /// <param name="thread">That one.</param>
    /// <param name="random">Chooses.</param>
    public GuestThread OneOf(GuestThread thread, Random random) =>
        LaneOf(thread).Others is { Count: > 0 } others && random.Next(others.Count + 1) is > 0 and var chosen && others[chosen - 1] is { Ready: true } other
            ? other
            : thread;

    private static void Happened(ref Lane lane)
    {
        if (lane.First is not { Place: < 0 } first)
            return;
        lane.Since = first.Task.Inst.Store.Ticks;
        Wake(lane);
    }

    private static void Wake(in Lane lane)
    {
        var first = lane.First!;
        first.QueuedAt = Math.Max(first.QueuedAt, lane.Since);
        first.Task.Inst.Ready.Add(first);
    }

    private ref Lane LaneOf(GuestThread thread) => ref ReadyThreads.NeedsInstance(thread) ? ref exclusive : ref open;

    /// <summary>Threads that need the same of their instance.</summary>
    private struct Lane
    {
        /// <summary>The one that waits longest; it has a place among the threads that may go on, or none anywhere.</summary>
        public GuestThread? First;

        /// <summary>The others.</summary>
        public IndexedHeap<GuestThread>? Others;

        /// <summary>When it has happened, in threads that had gone on.</summary>
        public long Since;
    }
}
