using System;
using System.Threading.Tasks;

namespace Fact.Model.Tasks;

/// <summary>A thread of a task. Spec: <c>Thread</c>, whose continuation is a method that waits.</summary>
/// <param name="task">Spec: <c>task</c>.</param>
/// <param name="body">Spec: <c>thread_func</c>.</param>
public sealed class SpecThread(SpecAsyncTask task, Func<Task> body)
{
    private Task? run;
    private TaskCompletionSource<bool>? cont;
    private Func<bool>? readyFunc, cancellable;

    /// <summary>Spec: <c>task</c>.</summary>
    public SpecAsyncTask Task => task;

    /// <summary>Spec: <c>ready</c>.</summary>
    public bool Ready => readyFunc?.Invoke() == true;

    /// <summary>Whether a cancellation may resume it now. Spec: <c>cancellable</c>, of a thread that does not run.</summary>
    public bool Cancellable => cont is not null && cancellable!();

    /// <summary>Spec: <c>storage</c>.</summary>
    public ulong[] Storage { get; } = new ulong[2];

    private SpecStore Store => task.Inst.Store;

    /// <summary>Spec: <c>resume</c>.</summary>
    /// <exception cref="SpecTrap">It trapped.</exception>
    public void Resume(bool cancelled = false)
    {
        if (readyFunc is not null)
        {
            readyFunc = null;
            Store.Waiting.Remove(this);
        }
        var outer = Store.Current;
        Store.Current = this;
        var blocked = cont;
        cont = null;
        if (blocked is null)
            run = body();
        else
            blocked.SetResult(cancelled);
        Store.Current = outer;
        if (run is { IsFaulted: true })
            run.GetAwaiter().GetResult();
    }

    /// <summary>Spec: <c>wait_until</c>, and that a cancellation which could not be delivered is as soon as it can be.</summary>
    /// <param name="ready">Whether it goes on.</param>
    /// <param name="cancellable">Whether a cancellation may resume it; null for never.</param>
    /// <returns>Whether it was cancelled.</returns>
    public async Task<bool> WaitUntil(Func<bool> ready, Func<bool>? cancellable = null)
    {
        var mayCancel = cancellable ?? (static () => false);
        if (!(task.HasPendingCancel && Store.Dialect.DelaysPendingCancels) && task.DeliverPendingCancel(mayCancel))
            return true;
        if (!(task.HasPendingCancel && mayCancel()) && ready() && Store.Flip())
            return false;
        this.cancellable = mayCancel;
        readyFunc = () => ready() || (task.HasPendingCancel && mayCancel());
        Store.Waiting.Add(this);
        cont = new();
        bool cancelled = await cont.Task.ConfigureAwait(false);
        return task.DeliverPendingCancel(mayCancel) || cancelled;
    }
}
