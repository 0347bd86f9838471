using System;

namespace Fact.Host.Tasks;

/// <summary>Who resumed a thread, and so goes on when it blocks.</summary>
internal closed record Resumer
{
    private Resumer()
    {
    }

    /// <summary>The host, which resumes any thread that is ready. Spec: <c>Store.tick</c>.</summary>
    /// <param name="Satisfied">Whether the host has got what it waits for, and only stays for threads that are on its stack.</param>
    /// <param name="Outside">
    /// Waits until something that is not a guest may have made a thread ready; false where there is nothing to wait for. Where it is told so, it only waits for what
    /// has been
    /// begun already.
    /// </param>
    /// <param name="Arrived">Lets something happen that has arrived from outside meanwhile; false where there is nothing.</param>
    public sealed record EventLoop(Func<bool> Satisfied, Func<bool, bool>? Outside = null, Func<bool>? Arrived = null) : Resumer;

    /// <summary>
    /// The caller of a function whose type is not async: only threads of the callee's instance run until it has returned, and not
    /// one that has the instance for itself. Spec: the loop in <c>canon_lift</c>.
    /// </summary>
    /// <param name="Task">The call.</param>
    public sealed record SyncCall(GuestTask Task) : Resumer;

    /// <summary>Guest code that then blocks itself: a synchronous call of an asynchronous function, or a synchronous <c>subtask.cancel</c>.</summary>
    /// <param name="Ready">Whether it would go on.</param>
    public sealed record Waits(Func<bool> Ready) : Resumer;

    /// <summary>Somebody who then goes on: guest code that called asynchronously, or a host function.</summary>
    public sealed record GoesOn : Resumer;

    /// <summary>Whether it may resume a thread.</summary>
    public bool Admits(GuestThread thread) =>
        this is not SyncCall(var task) || (thread.Index is not null && thread.Task.Inst == task.Inst && thread != task.Inst.ExclusiveThread);

    /// <summary>What is wrong when no thread is ready.</summary>
    public string Stuck => this is SyncCall ? "cannot block a synchronous task before returning" : "deadlock detected: event loop cannot make further progress";

    /// <summary>Lets something happen that has arrived from outside; false where there is nothing.</summary>
    public bool TakeArrival() => this is EventLoop { Arrived: { } arrived } && arrived();

    /// <summary>Waits for something that is not a guest; false where there is nothing to wait for.</summary>
    /// <param name="onlyBegun">Whether it is to be something that has been begun.</param>
    public bool WaitOutside(bool onlyBegun = false) => this is EventLoop { Outside: { } outside } && outside(onlyBegun);
}
