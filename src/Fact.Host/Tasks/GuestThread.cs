using System;
using LanguageExt;

namespace Fact.Host.Tasks;

/// <summary>
/// A thread of a task: it runs until it blocks, and goes on when it is resumed. Spec: <c>Thread</c>, whose methods these are by name.
/// </summary>
internal sealed class GuestThread(GuestTask task, Func<Flow<Unit>> body) : IHeapItem
{
    private Func<Flow<Unit>>? notStarted = body;
    private Flow<bool>? blocked;
    private Flow<Unit>? run;

    /// <summary>Spec: <c>task</c>.</summary>
    public GuestTask Task => task;

    /// <summary>Its place in the threads of its instance; null before it is there. Spec: <c>index</c>.</summary>
    public uint? Index { get; set; }

    /// <summary>The threads before and after it in the list that it is in; null where there are none.</summary>
    public GuestThread? Previous { get; set; }

    /// <inheritdoc cref="Previous"/>
    public GuestThread? Next { get; set; }

    /// <summary>What <c>context.get</c> and <c>context.set</c> work on. Spec: <c>storage</c>.</summary>
    public ulong[] Storage { get; } = new ulong[2];

    /// <summary>Whether a cancellation may resume it. Spec: <c>cancellable</c>.</summary>
    public bool Cancellable { get; private set; }

    /// <summary>Whether it goes on; null where nothing but another thread resumes it. Spec: <c>ready_func</c>.</summary>
    public Func<bool>? ReadyFunc { get; private set; }

    /// <summary>Calls of guest code in it that have not returned: it cannot go on below those of others.</summary>
    public int Activations { get; set; }

    /// <summary>The thread of the callee that returned last to this one, until its post-return function has it.</summary>
    public GuestThread? Returned { get; set; }

    /// <summary>How often others went on while it was on the stack of a call of the host that had returned.</summary>
    public int Overstayed { get; set; }

    /// <summary>Whether it had to give up its guest code: it waits for ever, as far as anybody can see.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Whether it is among the lost threads that may be ready.</summary>
    public bool IsMissed { get; set; }

    /// <summary>The thread that it wants to go on in its place.</summary>
    public GuestThread? SwitchTo { get; private set; }

    /// <summary>How often it did not block although it had to let others run; see <see cref="Scheduler.MustNotBlock"/>.</summary>
    public int Unyielded { get; set; }

    /// <summary>Spec: <c>running</c>.</summary>
    public bool Running => blocked is null && notStarted is null;

    /// <summary>Spec: <c>suspended</c>.</summary>
    public bool Suspended => !Running && ReadyFunc is null;

    /// <summary>Spec: <c>waiting</c>.</summary>
    public bool Waiting => !Running && ReadyFunc is not null;

    /// <summary>Spec: <c>ready</c>.</summary>
    public bool Ready => Waiting && (ReadyFunc!() || IsToBeCancelled);

    /// <summary>
    /// Whether a cancellation that could not be delivered when it was asked for can be now. Spec: <c>cancellable</c> of the loop in <c>canon_lift</c>, where another
    /// thread of the instance may be the exclusive one.
    /// </summary>
    private bool IsToBeCancelled => Cancellable && task.HasPendingCancel && (Needs != Gate.Run || !task.NeedsExclusive || task.Inst.ExclusiveThread is null);

    /// <summary>Whether it has begun.</summary>
    public bool HasStarted => notStarted is null;

    /// <summary>Whether it waits only to let others run.</summary>
    public bool Yields { get; private set; }

    /// <summary>What it needs of its instance to go on.</summary>
    public Gate Needs { get; private set; }

    /// <summary>What it waits for, beside its instance; null for nothing.</summary>
    public WakeList? Until { get; private set; }

    /// <summary>Where it is parked until that happens, or has its turn after that; null where it is not.</summary>
    public WakeList? Parked { get; set; }

    /// <summary>Who waits longer has the lower number.</summary>
    public long Sequence { get; private set; }

    /// <summary>How many threads had gone on when it began to wait, or when what it waits for happened.</summary>
    public long QueuedAt { get; set; }

    /// <inheritdoc/>
    public int Place { get; set; } = -1;

    /// <inheritdoc/>
    public long Order => Choices.Rank(this) == Choices.Ranks ? -Sequence : Sequence;

    private Scheduler Store => task.Inst.Store;

    /// <summary>Spec: <c>resume_later</c>.</summary>
    public void ResumeLater() => StartWaitingInternal(static () => true, Gate.None, null);

    /// <summary>Spec: <c>suspend</c>.</summary>
    public Flow<bool> Suspend(bool cancellable) => task.DeliverPendingCancel(cancellable) ? Flow<bool>.Of(true) : BlockInternal(cancellable, null);

    /// <summary>Spec: <c>wait_until</c>.</summary>
    /// <param name="readyFunc">Whether it goes on: its instance lets it, and what it waits for has happened.</param>
    /// <param name="cancellable">Whether a cancellation resumes it.</param>
    /// <param name="needs">What it needs of its instance.</param>
    /// <param name="until">What it waits for beside that; null for nothing.</param>
    /// <returns>Whether it was cancelled.</returns>
    public Flow<bool> WaitUntil(Func<bool> readyFunc, bool cancellable = false, Gate needs = Gate.None, WakeList? until = null)
    {
        if (task.DeliverPendingCancel(cancellable))
            return Flow<bool>.Of(true);
        if (readyFunc() && (Store.Choices.Flip() || Store.MustNotBlock(this)))
            return Flow<bool>.Of(false);
        StartWaitingInternal(readyFunc, needs, until);
        return BlockInternal(cancellable, null);
    }

    /// <summary>Spec: <c>yield_</c>.</summary>
    public Flow<bool> Yield(bool cancellable) => WaitUntil(static () => true, cancellable);

    /// <summary>Spec: <c>suspend_then_resume</c>.</summary>
    public Flow<bool> SuspendThenResume(bool cancellable, GuestThread other) =>
        task.DeliverPendingCancel(cancellable) ? Flow<bool>.Of(true) : BlockInternal(cancellable, other);

    /// <summary>Spec: <c>yield_then_resume</c>.</summary>
    public Flow<bool> YieldThenResume(bool cancellable, GuestThread other)
    {
        if (task.DeliverPendingCancel(cancellable))
            return Flow<bool>.Of(true);
        StartWaitingInternal(static () => true, Gate.None, null);
        return BlockInternal(cancellable, other);
    }

    /// <summary>Spec: <c>suspend_then_promote</c>.</summary>
    public Flow<bool> SuspendThenPromote(bool cancellable, GuestThread other)
    {
        if (task.DeliverPendingCancel(cancellable))
            return Flow<bool>.Of(true);
        if (!other.Ready)
            return Suspend(cancellable);
        other.StopWaitingInternal();
        return SuspendThenResume(cancellable, other);
    }

    /// <summary>Spec: <c>yield_then_promote</c>.</summary>
    public Flow<bool> YieldThenPromote(bool cancellable, GuestThread other)
    {
        if (task.DeliverPendingCancel(cancellable))
            return Flow<bool>.Of(true);
        if (!other.Ready)
            return Yield(cancellable);
        other.StopWaitingInternal();
        return YieldThenResume(cancellable, other);
    }

    /// <summary>Goes on until it blocks or ends; <see cref="Scheduler.Resume"/> calls it. Spec: <c>resume</c> of a continuation.</summary>
    /// <returns>The thread to switch to; null where the one who resumed this goes on.</returns>
    /// <exception cref="TrapSignal">It trapped.</exception>
    public GuestThread? Continue(bool cancelled)
    {
        if (notStarted is { } start)
        {
            notStarted = null;
            run = start();
        }
        else
        {
            var waits = blocked!;
            blocked = null;
            waits.SetResult(cancelled || task.DeliverPendingCancel(Cancellable));
        }
        if (run is { IsCompleted: true })
            run.GetResult();
        return TakeSwitch();
    }

    /// <summary>The thread that it wants to go on in its place, which it then no longer wants.</summary>
    public GuestThread? TakeSwitch()
    {
        var other = SwitchTo;
        SwitchTo = null;
        return other;
    }

    /// <summary>Spec: <c>stop_waiting_internal</c>.</summary>
    public void StopWaitingInternal()
    {
        ReadyFunc = null;
        Store.WaitingCount--;
        if (Parked is { } parked)
            parked.Remove(this);
        else if (Place >= 0)
            task.Inst.Ready.Remove(this);
    }

    /// <summary>It need not wait for what it waits for any more, but for its instance: a cancellation is to be delivered.</summary>
    public void StopParking()
    {
        if (Parked is not { } parked || parked.IsAwake(this))
            return;
        parked.Remove(this);
        QueuedAt = Store.Ticks;
        task.Inst.Ready.Add(this);
    }

    /// <summary>It has had to give up its guest code while it was blocked.</summary>
    public void Lose()
    {
        IsLost = true;
        if (!Waiting)
            return;
        if (Until is { } until)
            until.Lose(this);
        else
            task.Inst.Ready.Miss(this);
    }

    /// <summary>Spec: <c>start_waiting_internal</c>.</summary>
    private void StartWaitingInternal(Func<bool> readyFunc, Gate needs, WakeList? until)
    {
        (ReadyFunc, Yields, Needs, Until) = (readyFunc, readyFunc(), needs, until);
        Store.WaitingCount++;
        Sequence = ++Store.LastSequence;
        QueuedAt = Store.Ticks;
        if (IsLost)
            task.Inst.Ready.Miss(this);
        // One with guest code on the stack can only go on while it is on top, and is looked at then.
        if (Activations > 0)
            return;
        if (until is not null)
            until.Park(this);
        else
            task.Inst.Ready.Add(this);
    }

    /// <summary>Spec: <c>block_internal</c>, <c>switch_to_internal</c>.</summary>
    private Flow<bool> BlockInternal(bool cancellable, GuestThread? other)
    {
        (Cancellable, SwitchTo) = (cancellable, other);
        return blocked = new();
    }
}
