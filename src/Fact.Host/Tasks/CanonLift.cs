using System;
using LanguageExt;

namespace Fact.Host.Tasks;

/// <summary>Calls of lifted functions. Spec: <c>canon_lift</c>.</summary>
internal static class CanonLift
{
    /// <summary>Spec: <c>CallbackCode</c>.</summary>
    private const uint Exit = 0, Yield = 1, Wait = 2;

    /// <summary>Starts a call. Where the type of the function is not async, it has returned when this returns.</summary>
    /// <returns>The task. Its <see cref="GuestTask.RequestCancellation"/> is what <c>canon_lift</c> returns.</returns>
    public static GuestTask Start(LiftedFunction function, TaskInstance inst, Func<ulong[]> onStart, Action<ulong[]?> onResolve, Fact.Values.CallScope? scope = null)
    {
        var task = new GuestTask(function, inst, onStart, onResolve) { Scope = scope ?? new() };
        GuestThread? thread = null;
        thread = new GuestThread(task, () => ThreadFunc(task, thread!));
        if (function.AsyncType)
            inst.Store.Resume(thread);
        else
            RunToCompletion(task, thread);
        return task;
    }

    private static void RunToCompletion(GuestTask task, GuestThread thread)
    {
        var store = task.Inst.Store;
        var loop = new Resumer.SyncCall(task);
        store.As<Unit>(loop, () =>
        {
            store.Resume(thread);
            store.TickUntil(loop, () => task.State == GuestTask.TaskState.Resolved);
            return default;
        });
    }

    /// <summary>Spec: <c>thread_func</c>.</summary>
    private static async Flow<Unit> ThreadFunc(GuestTask task, GuestThread thread)
    {
        if (!await task.EnterImplicitThread())
            return default;
        var function = task.Function;
        ulong[] arguments = task.Start();
        if (!function.Async)
        {
            ulong[] results = await function.Callee(arguments);
            task.Return(results);
            if (function.PostReturn is { } postReturn)
                await postReturn(results);
        }
        else if (function.Callback is { } callback)
        {
            await Loop(task, thread, callback, (await function.Callee(arguments))[0]);
        }
        else
        {
            await function.Callee(arguments);
        }
        task.ExitImplicitThread();
        return default;
    }

    /// <summary>Calls the callback with events until it says that it has done all. Spec: the loop in <c>thread_func</c>.</summary>
    private static async Flow<Unit> Loop(GuestTask task, GuestThread thread, Func<ulong[], Flow<ulong[]>> callback, ulong packed)
    {
        var inst = task.Inst;
        bool MayRun() => !task.NeedsExclusive || inst.ExclusiveThread is null;
        while ((packed & 0xf) != Exit)
        {
            if ((packed & 0xf) > Wait)
                throw new TrapSignal($"unsupported callback code: {packed & 0xf}");
            if (task.NeedsExclusive)
                inst.ExclusiveThread = null;
            GuestEvent told;
            if ((packed & 0xf) == Yield)
            {
                bool cancelled = await thread.WaitUntil(MayRun, cancellable: true, Gate.Run);
                told = new(cancelled ? EventCode.TaskCancelled : EventCode.None, 0, 0);
            }
            else
            {
                told = await WaitableBuiltins.GetSet(inst, (uint)packed >> 4).WaitForEventAnd(thread, MayRun, cancellable: true, Gate.Run);
            }
            if (task.NeedsExclusive)
                inst.ExclusiveThread = thread;
            packed = (await callback([(ulong)told.Code, told.Index, told.Payload]))[0];
        }
        return default;
    }
}
