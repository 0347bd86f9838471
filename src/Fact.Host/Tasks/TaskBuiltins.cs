using System;

namespace Fact.Host.Tasks;

/// <summary>The built-ins of tasks and subtasks. All have checked <c>may_leave</c> before.</summary>
internal static class TaskBuiltins
{
    /// <summary>What a built-in returns that would have to wait. Spec: <c>BLOCKED</c>.</summary>
    public const uint Blocked = uint.MaxValue;

    /// <summary>Spec: <c>canon_task_return</c>.</summary>
    /// <param name="task">The current task.</param>
    /// <param name="options">Whether result type, encoding and memory of the built-in are those that the function was lifted with.</param>
    /// <param name="flat">The core values of the result.</param>
    public static void Return(GuestTask task, Func<object?, bool> options, ulong[] flat)
    {
        if (!task.Function.Async || !options(task.Function.Returns))
            throw new TrapSignal("invalid `task.return` signature and/or options for current task");
        task.Return(flat);
    }

    /// <summary>Spec: <c>canon_task_cancel</c>.</summary>
    public static void Cancel(GuestTask task)
    {
        if (!task.Function.Async)
            throw new TrapSignal("`task.cancel` called by synchronous task");
        task.Cancel();
    }

    /// <summary>Spec: <c>canon_subtask_cancel</c>; since component-model#705 no subtask in a waitable set can be cancelled.</summary>
    public static async Flow<uint> CancelSubtask(GuestThread thread, TaskInstance inst, bool isAsync, uint index)
    {
        var subtask = GetSubtask(inst, index);
        if (subtask.ResolveDelivered)
            throw new TrapSignal("`subtask.cancel` called after terminal status delivered");
        if (subtask.CancellationRequested)
            throw new TrapSignal("`subtask.cancel` called for a subtask that is being cancelled");
        subtask.RequireNotInSet(isAsync: false);
        if (!subtask.Resolved)
        {
            subtask.CancellationRequested = true;
            Resumer resumer = isAsync ? new Resumer.GoesOn() : new Resumer.Waits(() => subtask.Resolved);
            inst.Store.As<LanguageExt.Unit>(resumer, () =>
            {
                subtask.OnCancel!();
                return default;
            });
            if (!subtask.Resolved && isAsync)
                return Blocked;
            if (!subtask.Resolved)
                await subtask.WaitUntilResolved(thread);
        }
        subtask.GetPendingEvent();
        return (uint)subtask.State;
    }

    /// <summary>Spec: <c>canon_subtask_drop</c>.</summary>
    public static void DropSubtask(TaskInstance inst, uint index)
    {
        GetSubtask(inst, index).Drop();
        inst.Handles.Remove(index);
    }

    private static Subtask GetSubtask(TaskInstance inst, uint index) =>
        inst.Handles.Get(index) as Subtask ?? throw Handles.WrongKind(index, "a subtask");
}
