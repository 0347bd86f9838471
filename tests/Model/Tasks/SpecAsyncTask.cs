using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace Fact.Model.Tasks;

/// <summary>Spec: <c>Task.State</c>.</summary>
public enum SpecTaskState
{
    /// <summary>Spec: <c>INITIAL</c>.</summary>
    Initial,
    /// <summary>Spec: <c>STARTED</c>.</summary>
    Started,
    /// <summary>Spec: <c>PENDING_CANCEL</c>.</summary>
    PendingCancel,
    /// <summary>Spec: <c>CANCEL_DELIVERED</c>.</summary>
    CancelDelivered,
    /// <summary>Spec: <c>RESOLVED</c>.</summary>
    Resolved,
}

/// <summary>A call whose callee may block, or may see those that do. Spec: <c>Task</c>; it has one thread, the implicit one.</summary>
/// <param name="function">What is called.</param>
/// <param name="onStart">Spec: <c>on_start</c>.</param>
/// <param name="onResolve">Spec: <c>on_resolve</c>; null where it was cancelled.</param>
public sealed class SpecAsyncTask(SpecLifted function, Func<IReadOnlyList<SpecValue>> onStart, Action<IReadOnlyList<SpecValue>?> onResolve) : SpecTask
{
    private SpecThread? implicitThread;
    private bool waitsForEvent, isCancelledLate;

    /// <summary>Spec: <c>ft</c>, <c>opts</c>.</summary>
    public SpecLifted Function => function;

    /// <summary>Spec: <c>inst</c>.</summary>
    public SpecInstance Inst => function.Inst;

    /// <summary>Spec: <c>state</c>.</summary>
    public SpecTaskState State { get; private set; }

    /// <summary>Whether cancellation was asked for, and nobody was told so far. Spec: <c>has_pending_cancel</c>.</summary>
    public bool HasPendingCancel => State == SpecTaskState.PendingCancel || isCancelledLate;

    /// <summary>Spec: <c>needs_exclusive</c>.</summary>
    public bool NeedsExclusive => function.Type.Async && (!function.Options.Async || function.Callback is not null);

    /// <summary>Spec: <c>enter_implicit_thread</c>.</summary>
    /// <returns>Whether it has entered; otherwise it was cancelled before.</returns>
    public async Task<bool> EnterImplicitThread()
    {
        implicitThread = Inst.Store.Current!;
        bool waits = NeedsExclusive || Inst.Store.Dialect.StackfulCallsWait;
        bool HasBackpressure() => Inst.Backpressure > 0 || (waits && Inst.ExclusiveThread is not null);
        if (function.Type.Async && (HasBackpressure() || Inst.NumWaitingToEnter > 0))
        {
            Inst.NumWaitingToEnter++;
            bool cancelled = await implicitThread.WaitUntil(() => !HasBackpressure(), static () => true).ConfigureAwait(false);
            Inst.NumWaitingToEnter--;
            if (cancelled)
            {
                Cancel();
                return false;
            }
        }
        if (NeedsExclusive)
            Inst.ExclusiveThread = implicitThread;
        Inst.Threads.Add(implicitThread);
        return true;
    }

    /// <summary>Spec: <c>exit_implicit_thread</c>, <c>unregister_thread</c>.</summary>
    public void ExitImplicitThread()
    {
        SpecTrap.If(State != SpecTaskState.Resolved, "async-lifted export failed to produce a result");
        Inst.Threads.Remove(implicitThread!);
        if (NeedsExclusive)
            Inst.ExclusiveThread = null;
    }

    /// <summary>Lets others into the instance until something is so, and takes it again. Spec: how the loop of <c>canon_lift</c> waits.</summary>
    /// <returns>Whether it was cancelled.</returns>
    public async Task<bool> Release(Func<bool> ready, bool isEvent)
    {
        waitsForEvent = isEvent;
        bool LockAvailable() => Inst.ExclusiveThread is null;
        Inst.ExclusiveThread = null;
        bool cancelled = await implicitThread!.WaitUntil(() => LockAvailable() && ready(), LockAvailable).ConfigureAwait(false);
        Inst.ExclusiveThread = implicitThread;
        return cancelled;
    }

    /// <summary>Spec: <c>request_cancellation</c>.</summary>
    public void RequestCancellation()
    {
        bool isLate = waitsForEvent && implicitThread!.Ready && Inst.Store.Dialect.CancelsAfterEvents;
        if (State != SpecTaskState.Initial && (isLate || !implicitThread!.Cancellable))
        {
            State = SpecTaskState.PendingCancel;
            return;
        }
        State = SpecTaskState.CancelDelivered;
        implicitThread!.Resume(cancelled: true);
    }

    /// <summary>Spec: <c>deliver_pending_cancel</c>.</summary>
    public bool DeliverPendingCancel(Func<bool> cancellable)
    {
        if (!HasPendingCancel || !cancellable())
            return false;
        if (!isCancelledLate)
            State = SpecTaskState.CancelDelivered;
        isCancelledLate = false;
        return true;
    }

    /// <summary>Spec: <c>start</c>.</summary>
    public IReadOnlyList<SpecValue> Start()
    {
        State = SpecTaskState.Started;
        return onStart();
    }

    /// <summary>Spec: <c>return_</c>.</summary>
    public void Return(IReadOnlyList<SpecValue> result)
    {
        RequireUnresolved();
        onResolve(result);
        isCancelledLate = HasPendingCancel && Inst.Store.Dialect.CancelsReturnedTasks;
        State = SpecTaskState.Resolved;
    }

    /// <summary>Spec: the traps of <c>return_</c>. Where a value could not be lifted either, it is the reason that engines give.</summary>
    public void RequireUnresolved()
    {
        SpecTrap.If(State == SpecTaskState.Resolved, Twice);
        SpecTrap.If(NumBorrows > 0, BorrowsRemain);
    }

    /// <summary>Spec: <c>cancel</c>.</summary>
    public void Cancel()
    {
        SpecTrap.If(State == SpecTaskState.Resolved, Twice);
        SpecTrap.If(State != SpecTaskState.CancelDelivered, "`task.cancel` called by task which has not been cancelled");
        SpecTrap.If(NumBorrows > 0, BorrowsRemain);
        onResolve(null);
        State = SpecTaskState.Resolved;
    }

    private const string Twice = "`task.return` or `task.cancel` called more than once for current task";

    private const string BorrowsRemain = "borrow handles still remain at the end of the call";
}
