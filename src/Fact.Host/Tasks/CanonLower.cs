using System;

namespace Fact.Host.Tasks;

/// <summary>A function that can be called. Spec: <c>FuncInst</c>.</summary>
/// <param name="onStart">Lifts the arguments out of the caller, into what the callee takes.</param>
/// <param name="onResolve">Is given what the callee returned, or null where the call was cancelled.</param>
/// <returns>What asks for cancellation. Spec: <c>OnCancel</c>.</returns>
internal delegate Action FuncInst(Func<ulong[]> onStart, Action<ulong[]?> onResolve);

/// <summary>How the values of a call get out of the caller and into it.</summary>
/// <param name="Start">Gives the arguments. Spec: what <c>on_start</c> returns.</param>
/// <param name="Return">Takes the results: the core results of a synchronous caller. Spec: <c>lower_flat_values</c> in <c>on_resolve</c>.</param>
/// <param name="ReleaseLenders">Takes back what the caller lent.</param>
internal sealed record LoweredCall(Func<ulong[]> Start, Func<ulong[], ulong[]> Return, Action ReleaseLenders);

/// <summary>Calls by guests. Spec: <c>canon_lower</c>.</summary>
internal static class CanonLower
{
    /// <summary>Calls a function.</summary>
    /// <param name="thread">The caller.</param>
    /// <param name="inst">Its instance.</param>
    /// <param name="callee">The function.</param>
    /// <param name="isAsync">Whether it was lowered with the option <c>async</c>.</param>
    /// <param name="call">The values.</param>
    /// <returns>The core results; of an asynchronous caller, the status.</returns>
    public static async Flow<ulong[]> Call(GuestThread thread, TaskInstance inst, FuncInst callee, bool isAsync, LoweredCall call)
    {
        var subtask = new Subtask(call.ReleaseLenders);
        Action onProgress = static () => { };

        ulong[] OnStart()
        {
            onProgress();
            subtask.State = SubtaskState.Started;
            return call.Start();
        }

        void OnResolve(ulong[]? results)
        {
            onProgress();
            if (results is not null)
                subtask.Resolve(SubtaskState.Returned, call.Return(results));
            else
                subtask.Resolve(subtask.State == SubtaskState.Starting ? SubtaskState.CancelledBeforeStarted : SubtaskState.CancelledBeforeReturned, []);
        }

        Resumer resumer = isAsync ? new Resumer.GoesOn() : new Resumer.Waits(() => subtask.Resolved);
        subtask.OnCancel = inst.Store.As(resumer, () => callee(OnStart, OnResolve));
        if (!isAsync)
        {
            if (!subtask.Resolved)
                await thread.WaitUntil(() => subtask.Resolved, until: subtask.Resolution);
            subtask.DeliverResolve();
            return subtask.FlatResults;
        }
        if (subtask.Resolved)
        {
            subtask.DeliverResolve();
            return [(ulong)SubtaskState.Returned];
        }
        uint index = inst.Handles.Add(subtask);
        onProgress = () => subtask.PendingEvent = () =>
        {
            if (subtask.Resolved)
                subtask.DeliverResolve();
            return new(EventCode.Subtask, index, (uint)subtask.State);
        };
        return [(ulong)subtask.State | ((ulong)index << 4)];
    }
}
