using System;
using System.Diagnostics;
using Fact.Values;

namespace Fact.Host.Tasks;

/// <summary>What the canonical options and the type say of a lifted function, as far as tasks go.</summary>
/// <param name="AsyncType">Whether the type is <c>async</c>, or counts as such: older components use the option <c>async</c> with types that are not. Spec:
/// <c>ft.async_</c>.</param>
/// <param name="Async">Whether it was lifted with the option <c>async</c>. Spec: <c>opts.async_</c>.</param>
/// <param name="Callee">The core function.</param>
/// <param name="Callback">Its callback; null where it has none. Spec: <c>opts.callback</c>.</param>
/// <param name="PostReturn">What is called when the results were read; null where there is nothing. Spec: <c>opts.post_return</c>.</param>
/// <param name="Returns">What <c>task.return</c> must have been given: result type, string encoding, memory; two are the same where they are equal.</param>
internal sealed record LiftedFunction(
    bool AsyncType,
    bool Async,
    Func<ulong[], Flow<ulong[]>> Callee,
    Func<ulong[], Flow<ulong[]>>? Callback = null,
    Func<ulong[], Flow<ulong[]>>? PostReturn = null,
    object? Returns = null);

/// <summary>A call of a lifted function. Spec: <c>Task</c>, whose methods these are by name.</summary>
/// <param name="function">What is called.</param>
/// <param name="inst">The instance that it is called in.</param>
/// <param name="onStart">Lowers the arguments: the core arguments. Spec: <c>on_start</c>.</param>
/// <param name="onResolve">Is given the core results, or null where the task was cancelled. Spec: <c>on_resolve</c>.</param>
internal sealed class GuestTask(LiftedFunction function, TaskInstance inst, Func<ulong[]> onStart, Action<ulong[]?> onResolve)
{
    private ThreadList threads;

    /// <summary>Spec: <c>Task.State</c>.</summary>
    internal enum TaskState
    {
        Initial = 1,
        Started,
        PendingCancel,
        CancelDelivered,
        Resolved,
    }

    /// <summary>Spec: <c>ft</c>, <c>opts</c>.</summary>
    public LiftedFunction Function => function;

    /// <summary>Spec: <c>inst</c>.</summary>
    public TaskInstance Inst => inst;

    /// <summary>Spec: <c>state</c>.</summary>
    public TaskState State { get; private set; } = TaskState.Initial;

    /// <summary>The borrowed handles that the callee has. Spec: <c>num_borrows</c>.</summary>
    public CallScope Scope { get; init; } = new();

    /// <summary>Spec: <c>implicit_thread</c>.</summary>
    public GuestThread? ImplicitThread { get; private set; }

    /// <summary>Whether it may only run while no other such task of the instance does. Spec: <c>needs_exclusive</c>.</summary>
    public bool NeedsExclusive => function.AsyncType && (!function.Async || function.Callback is not null);

    /// <summary>Spec: <c>enter_implicit_thread</c>.</summary>
    /// <returns>Whether it has entered; otherwise it was cancelled before.</returns>
    public async Flow<bool> EnterImplicitThread()
    {
        ImplicitThread = inst.Store.CurrentThread;
        if (function.AsyncType)
        {
            if (HasBackpressure() || inst.NumWaitingToEnter > 0)
            {
                inst.NumWaitingToEnter++;
                bool cancelled = await ImplicitThread.WaitUntil(() => !HasBackpressure(), cancellable: true, Gate.Enter);
                inst.NumWaitingToEnter--;
                if (cancelled)
                {
                    Cancel();
                    return false;
                }
            }
            if (NeedsExclusive)
                inst.ExclusiveThread = ImplicitThread;
        }
        RegisterThread(ImplicitThread);
        return true;
    }

    private bool HasBackpressure() => inst.Backpressure > 0 || (NeedsExclusive && inst.ExclusiveThread is not null);

    /// <summary>Spec: <c>register_thread</c>.</summary>
    public void RegisterThread(GuestThread thread)
    {
        threads.Add(thread);
        thread.Index = inst.AddThread(thread);
    }

    /// <summary>Spec: <c>exit_implicit_thread</c>.</summary>
    public void ExitImplicitThread()
    {
        UnregisterThread(ImplicitThread!);
        if (NeedsExclusive)
            inst.ExclusiveThread = null;
    }

    /// <summary>Spec: <c>unregister_thread</c>.</summary>
    public void UnregisterThread(GuestThread thread)
    {
        threads.Remove(thread);
        if (threads.IsEmpty && State != TaskState.Resolved)
            throw new TrapSignal("async-lifted export failed to produce a result");
        inst.RemoveThread(thread.Index ?? throw new UnreachableException());
    }

    /// <summary>Spec: <c>request_cancellation</c>.</summary>
    public void RequestCancellation()
    {
        if (State == TaskState.Initial)
        {
            State = TaskState.CancelDelivered;
            inst.Store.Resume(ImplicitThread!, cancelled: true);
            return;
        }
        var candidates = threads.FindAll(t => t.Cancellable && !t.Running);
        if (NeedsExclusive && inst.ExclusiveThread is { } exclusive && exclusive != ImplicitThread)
            candidates.Remove(ImplicitThread!);
        State = candidates.Count > 0 ? TaskState.CancelDelivered : TaskState.PendingCancel;
        if (candidates.Count > 0)
            inst.Store.Resume(inst.Store.Choices.Pick(candidates), cancelled: true);
        else if (ImplicitThread is { Cancellable: true, Waiting: true } waits)
            waits.StopParking();
    }

    /// <summary>Whether cancellation was asked for, and nobody was told so far. Spec: <c>has_pending_cancel</c>.</summary>
    public bool HasPendingCancel => State == TaskState.PendingCancel;

    /// <summary>Spec: <c>deliver_pending_cancel</c>.</summary>
    public bool DeliverPendingCancel(bool cancellable)
    {
        if (!cancellable || State != TaskState.PendingCancel)
            return false;
        State = TaskState.CancelDelivered;
        return true;
    }

    /// <summary>Spec: <c>start</c>.</summary>
    public ulong[] Start()
    {
        State = TaskState.Started;
        return onStart();
    }

    /// <summary>Spec: <c>return_</c>.</summary>
    public void Return(ulong[] results)
    {
        RequireUnresolved();
        onResolve(results);
        State = TaskState.Resolved;
    }

    /// <summary>Spec: <c>cancel</c>.</summary>
    public void Cancel()
    {
        if (State != TaskState.CancelDelivered)
            throw new TrapSignal(State == TaskState.Resolved ? AlreadyResolved : "`task.cancel` called by task which has not been cancelled");
        RequireUnresolved();
        onResolve(null);
        State = TaskState.Resolved;
    }

    private const string AlreadyResolved = "`task.return` or `task.cancel` called more than once for current task";

    private void RequireUnresolved()
    {
        if (State == TaskState.Resolved)
            throw new TrapSignal(AlreadyResolved);
        if (Scope.NumBorrows > 0)
            throw new TrapSignal("borrow handles still remain at the end of the call");
    }
}
