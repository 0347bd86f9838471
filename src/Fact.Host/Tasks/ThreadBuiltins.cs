using System;
using Fact.Component;
using LanguageExt;

namespace Fact.Host.Tasks;

/// <summary>The built-ins of threads. All have checked <c>may_leave</c> before.</summary>
internal static class ThreadBuiltins
{
    /// <summary>Spec: <c>canon_thread_index</c>.</summary>
    public static uint Index(GuestThread thread) => thread.Index ?? throw new TrapSignal("the thread has no index");

    /// <summary>Spec: <c>canon_thread_new_indirect</c>, once the function was found.</summary>
    /// <param name="task">The current task.</param>
    /// <param name="start">The function, with its argument.</param>
    public static uint New(GuestTask task, Func<Flow<ulong[]>> start)
    {
        GuestThread? thread = null;
        thread = new GuestThread(task, Run);
        task.RegisterThread(thread);
        return thread.Index!.Value;

        async Flow<Unit> Run()
        {
            await start();
            task.UnregisterThread(thread!);
            return default;
        }
    }

    /// <summary>Spec: <c>canon_thread_resume_later</c>.</summary>
    public static void ResumeLater(TaskInstance inst, uint index) => GetSuspended(inst, index).ResumeLater();

    /// <summary>Spec: <c>canon_thread_yield</c>, <c>canon_thread_suspend</c>, and those that name another thread.</summary>
    /// <returns>Whether it was cancelled.</returns>
    public static Flow<bool> Switch(ThreadSwitchOp op, GuestThread thread, TaskInstance inst, bool cancellable, uint other) => op switch
    {
        ThreadSwitchOp.Yield => thread.Yield(cancellable),
        ThreadSwitchOp.Suspend => thread.Suspend(cancellable),
        ThreadSwitchOp.SuspendThenResume => thread.SuspendThenResume(cancellable, GetSuspended(inst, other)),
        ThreadSwitchOp.YieldThenResume => thread.YieldThenResume(cancellable, GetSuspended(inst, other)),
        ThreadSwitchOp.SuspendThenPromote => thread.SuspendThenPromote(cancellable, inst.GetThread(other)),
        ThreadSwitchOp.YieldThenPromote => thread.YieldThenPromote(cancellable, inst.GetThread(other)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static GuestThread GetSuspended(TaskInstance inst, uint index) =>
        inst.GetThread(index) is { Suspended: true } thread ? thread : throw new TrapSignal("cannot resume thread which is not suspended");
}
