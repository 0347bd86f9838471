using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Fact.Ir;

namespace Fact.Model.Tasks;

/// <summary>Core code that may block.</summary>
public delegate Task<IReadOnlyList<CoreValue>> SpecCode(IReadOnlyList<CoreValue> args);

/// <summary>A component function whose callee may block. Spec: <c>FuncInst</c>.</summary>
/// <param name="onStart">Spec: <c>OnStart</c>.</param>
/// <param name="onResolve">Spec: <c>OnResolve</c>; it is given null where the call was cancelled.</param>
/// <returns>What asks for cancellation. Spec: <c>OnCancel</c>.</returns>
public delegate Action AsyncFuncInst(Func<IReadOnlyList<SpecValue>> onStart, Action<IReadOnlyList<SpecValue>?> onResolve);

/// <summary>A function, as an instance has lifted it.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Options">The canonical options; <see cref="SpecOptions.Async"/> is the option of that name and nothing else.</param>
/// <param name="Inst">The instance.</param>
/// <param name="Callee">The core function.</param>
/// <param name="Callback">Its callback; null where it has none.</param>
public sealed record SpecLifted(ComponentFuncType Type, SpecOptions Options, SpecInstance Inst, SpecCode Callee, SpecCode? Callback = null);

/// <summary>The canonical built-ins of calls that may block.</summary>
public static class CanonTasks
{
    /// <summary>Spec: <c>CallbackCode</c>.</summary>
    public const ulong Exit = 0, Yield = 1, Wait = 2;

    /// <summary>A component function from a core function of an instance. Spec: <c>canon_lift</c>.</summary>
    public static AsyncFuncInst Lift(SpecLifted function) => (onStart, onResolve) =>
    {
        var task = new SpecAsyncTask(function, onStart, onResolve);
        SpecThread? thread = null;
        thread = new SpecThread(task, () => ThreadFunc(task, thread!));
        thread.Resume();
        while (!function.Type.Async && task.State != SpecTaskState.Resolved)
        {
            var candidates = task.Inst.Threads.FindAll(t => t.Ready && t != task.Inst.ExclusiveThread);
            SpecTrap.If(candidates.Count == 0, "cannot block a synchronous task before returning");
            task.Inst.Store.Pick(candidates).Resume();
        }
        return task.RequestCancellation;
    };

    // def thread_func()
    private static async Task ThreadFunc(SpecAsyncTask task, SpecThread thread)
    {
        if (!await task.EnterImplicitThread().ConfigureAwait(false))
            return;
        var (ft, opts, inst, callee, callback) = task.Function;
        var cx = Canon.Context(opts, inst, task, null);
        var flatArgs = cx.LowerFlatValues(SpecAbi.MaxFlatParams, task.Start(), Canon.Params(ft));
        var results = await callee(flatArgs).ConfigureAwait(false);
        if (!opts.Async)
        {
            if (inst.Store.Dialect.ChecksBorrowsBeforeResults)
                task.RequireUnresolved();
            task.Return(cx.LiftFlatValues(SpecAbi.MaxFlatResults, new CoreValueIter.Values(results), Canon.Results(ft)));
        }
        else if (callback is not null)
        {
            for (ulong packed = results[0].Bits; (packed & 0xf) != Exit;)
            {
                var told = await Told(task, packed).ConfigureAwait(false);
                packed = (await callback([I32((uint)told.Code), I32(told.Index), I32(told.Payload)]).ConfigureAwait(false))[0].Bits;
            }
        }
        task.ExitImplicitThread();
    }

    private static async Task<SpecEvent> Told(SpecAsyncTask task, ulong packed)
    {
        SpecTrap.If((packed & 0xf) > Wait, "unsupported callback code");
        if ((packed & 0xf) == Wait)
            return await task.Inst.Handles.Get<SpecWaitableSet>((uint)packed >> 4).WaitForEvent(task).ConfigureAwait(false);
        return await task.Release(() => true, isEvent: false).ConfigureAwait(false) ? new(SpecEventCode.TaskCancelled, 0, 0) : default;
    }

    /// <summary>Calls a component function from core code. Spec: <c>canon_lower</c>.</summary>
    public static async Task<IReadOnlyList<CoreValue>> Lower(
        AsyncFuncInst callee,
        ComponentFuncType ft,
        SpecOptions opts,
        SpecThread thread,
        IReadOnlyList<CoreValue> flatArgs)
    {
        var inst = thread.Task.Inst;
        SpecTrap.If(!inst.MayLeave, "cannot leave component instance");
        var subtask = new SpecSubtask(inst.Store.Dialect);
        var cx = Canon.Context(opts, inst, null, subtask);
        var args = new CoreValueIter.Values(flatArgs);
        var (maxParams, maxResults) = opts.Async ? (SpecAbi.MaxFlatAsyncParams, 0) : (SpecAbi.MaxFlatParams, SpecAbi.MaxFlatResults);
        Action onProgress = () => { };

        IReadOnlyList<SpecValue> OnStart()
        {
            onProgress();
            subtask.State = SpecSubtaskState.Started;
            return cx.LiftFlatValues(maxParams, args, Canon.Params(ft));
        }

        void OnResolve(IReadOnlyList<SpecValue>? result)
        {
            onProgress();
            if (result is null)
            {
                subtask.Resolve(subtask.State == SpecSubtaskState.Starting ? SpecSubtaskState.CancelledBeforeStarted : SpecSubtaskState.CancelledBeforeReturned, []);
                return;
            }
            bool inMemory = cx.Abi.FlattenTypes(Canon.Results(ft), maxResults) is null;
            subtask.Resolve(SpecSubtaskState.Returned, cx.LowerFlatValues(maxResults, result, Canon.Results(ft), inMemory ? args.Next(cx.Abi.Ptr) : null));
        }

        subtask.OnCancel = callee(OnStart, OnResolve);
        if (!opts.Async)
        {
            if (!subtask.Resolved)
                await thread.WaitUntil(() => subtask.Resolved).ConfigureAwait(false);
            subtask.DeliverResolve();
            return subtask.FlatResults;
        }
        if (subtask.Resolved)
        {
            subtask.DeliverResolve();
            return [I32((uint)SpecSubtaskState.Returned)];
        }
        uint index = inst.Handles.AddEntry(subtask);
        onProgress = () => subtask.SetPendingEvent(() =>
        {
            if (subtask.Resolved)
                subtask.DeliverResolve();
            return new(SpecEventCode.Subtask, index, (uint)subtask.State);
        });
        return [I32((uint)subtask.State | (index << 4))];
    }

    /// <summary>Spec: <c>canon_task_return</c>, with the type and the options that the function was lifted with.</summary>
    public static void TaskReturn(SpecThread thread, IReadOnlyList<CoreValue> flatArgs)
    {
        var task = thread.Task;
        var (ft, opts, inst, _, _) = task.Function;
        SpecTrap.If(!inst.MayLeave, "cannot leave component instance");
        task.RequireUnresolved();
        var cx = Canon.Context(opts, inst, task, null);
        task.Return(cx.LiftFlatValues(SpecAbi.MaxFlatParams, new CoreValueIter.Values(flatArgs), Canon.Results(ft)));
    }

    /// <summary>Spec: <c>canon_task_cancel</c>.</summary>
    public static void TaskCancel(SpecThread thread)
    {
        SpecTrap.If(!thread.Task.Inst.MayLeave, "cannot leave component instance");
        SpecTrap.If(!thread.Task.Function.Options.Async, "`task.cancel` called by synchronous task");
        thread.Task.Cancel();
    }

    /// <summary>Spec: <c>canon_subtask_cancel</c>; since component-model#705 no subtask in a waitable set can be cancelled.</summary>
    public static async Task<uint> SubtaskCancel(SpecThread thread, bool isAsync, uint i)
    {
        var inst = thread.Task.Inst;
        SpecTrap.If(!inst.MayLeave, "cannot leave component instance");
        var subtask = inst.Handles.Get<SpecSubtask>(i);
        SpecTrap.If(subtask.ResolveDelivered, "`subtask.cancel` called after terminal status delivered");
        SpecTrap.If(subtask.CancellationRequested && !inst.Store.Dialect.CancelsTwice, "`subtask.cancel` called for a subtask that is being cancelled");
        subtask.RequireNotInSet(isAsync: false);
        if (!subtask.Resolved)
        {
            subtask.CancellationRequested = true;
            subtask.OnCancel();
            if (!subtask.Resolved && isAsync)
                return SpecCopyEnd.Blocked;
            if (!subtask.Resolved && inst.Store.Dialect.LosesCallersOfCancellation)
                throw new SpecUnknown();
            if (!subtask.Resolved)
                await subtask.WaitUntilResolved(thread).ConfigureAwait(false);
        }
        return subtask.GetPendingEvent().Payload;
    }

    /// <summary>Spec: <c>canon_subtask_drop</c>.</summary>
    public static void SubtaskDrop(SpecInstance inst, uint i)
    {
        SpecTrap.If(!inst.MayLeave, "cannot leave component instance");
        inst.Handles.Get<SpecSubtask>(i).Drop();
        inst.Handles.Remove<SpecSubtask>(i);
    }

    /// <summary>Spec: <c>canon_backpressure_inc</c>, <c>canon_backpressure_dec</c>.</summary>
    public static void Backpressure(SpecInstance inst, int change)
    {
        inst.Backpressure += change;
        SpecTrap.If(inst.Backpressure is < 0 or 1 << 16, "backpressure counter overflow");
    }

    private static CoreValue I32(uint bits) => new(CoreValType.I32, bits);
}
