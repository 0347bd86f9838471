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
    private Func<bool>? readyFunc;

    /// <summary>Spec: <c>task</c>.</summary>
    public SpecAsyncTask Task => task;

    /// <summary>Spec: <c>ready</c>.</summary>
    public bool Ready => readyFunc?.Invoke() == true;

    private SpecStore Store => task.Inst.Store;

    /// <summary>Spec: <c>resume</c>.</summary>
    /// <exception cref="SpecTrap">It trapped.</exception>
    public void Resume()
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
            blocked.SetResult(true);
        Store.Current = outer;
        if (run is { IsFaulted: true })
            run.GetAwaiter().GetResult();
    }

    /// <summary>Spec: <c>wait_until</c>.</summary>
    public Task WaitUntil(Func<bool> ready)
    {
        if (ready() && Store.Flip())
            return System.Threading.Tasks.Task.CompletedTask;
        readyFunc = ready;
        Store.Waiting.Add(this);
        cont = new();
        return cont.Task;
    }
}
