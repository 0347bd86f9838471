using System;
using System.Collections.Generic;

namespace Fact.Host.Tasks;

/// <summary>
/// Stacks for an engine that has only one: a thread with guest code that blocks keeps its place on it, and other threads run on top. So only the uppermost can
/// go on. Where one below
/// must, the uppermost gives up its place: its guest code is gone, and it is as if it waited for ever. Only when it would go on, it shows that this host is not
/// able to do that, and there is a
/// trap that says so.
/// </summary>
internal sealed class NestedStacks(Scheduler store) : IGuestStacks
{
    /// <summary>How long others may be kept waiting that need the stack: guests that yield until others have done something would yield for ever.</summary>
    private const int Patience = 1000;

    private readonly List<GuestThread> activations = [];

    /// <inheritdoc/>
    public int Depth => activations.Count;

    /// <inheritdoc/>
    public GuestThread? Top => activations.Count > 0 ? activations[^1] : null;

    /// <inheritdoc/>
    public bool HasReadyBelow(Resumer loop, int depth)
    {
        for (int i = depth; i < activations.Count - 1; i++)
        {
            if (activations[i] is { IsLost: false } thread && thread != activations[^1] && thread.Ready && loop.Admits(thread))
                return true;
        }
        return false;
    }

    /// <inheritdoc/>
    public Flow<T> Run<T>(GuestThread thread, Func<T> guest)
    {
        activations.Add(thread);
        thread.Activations++;
        try
        {
            return Flow<T>.Of(guest());
        }
        catch (Exception e) when (AbandonSignal.Of(e) == thread)
        {
            thread.Lose();
            return new();
        }
        finally
        {
            thread.Activations--;
            activations.RemoveAt(activations.Count - 1);
        }
    }

    /// <inheritdoc/>
    public T Wait<T>(GuestThread thread, Flow<T> builtin)
    {
        if (!builtin.IsCompleted)
        {
            store.Current = null;
            if (thread.SwitchTo is { } other && !other.IsLost && !CanResume(other))
                throw new AbandonSignal(thread);
            if (thread.TakeSwitch() is { } next)
                store.Resume(next);
            for (int others = 0; !builtin.IsCompleted;)
                Step(thread, ref others);
            store.Current = thread;
        }
        return builtin.GetResult();
    }

    /// <summary>Lets somebody else go on.</summary>
    /// <param name="thread">The thread that waits.</param>
    /// <param name="others">How often others went on although somebody below was ready.</param>
    private void Step(GuestThread thread, ref int others)
    {
        var (loop, depth, below) = Loop();
        below |= HasReadyBelow(loop, depth);
        if (loop is Resumer.GoesOn || IsOver(loop) || (below && ++others > Patience))
            throw new AbandonSignal(thread);
        if (loop is Resumer.EventLoop { Satisfied: var has } && has() && ++thread.Overstayed > Patience)
            throw new AbandonSignal(thread);
        // Somebody below that is ready need not wait for what may never come.
        if (store.Tick(loop))
            return;
        if (loop is Resumer.EventLoop { Outside: not null, Satisfied: var gone } && !gone() && store.HasLost(loop))
            throw Scheduler.Unsupported;
        if (loop.WaitOutside(onlyBegun: below))
            return;
        throw below || loop is Resumer.EventLoop { Satisfied: var satisfied } && satisfied() ? new AbandonSignal(thread) : store.Stuck(loop);
    }

    private static bool IsOver(Resumer loop) => loop is Resumer.SyncCall { Task.State: GuestTask.TaskState.Resolved };

    /// <summary>Who goes on, in some form, while the stack is as it is: where it begins, and whether guest code above that would go on too.</summary>
    private (Resumer Loop, int Depth, bool Below) Loop()
    {
        bool below = false;
        foreach (var (resumer, depth) in store.Resumers)
        {
            if (resumer is not Resumer.Waits(var ready))
                return (resumer, depth, below);
            below |= ready();
        }
        throw new System.Diagnostics.UnreachableException("threads are resumed by the host in the end");
    }

    /// <inheritdoc/>
    public bool CanResume(GuestThread thread) => !thread.IsLost && (thread.Activations == 0 || activations[^1] == thread);

    /// <inheritdoc/>
    public void RequireTop(GuestThread thread)
    {
        if (!CanResume(thread))
            throw Scheduler.Unsupported;
    }

    /// <inheritdoc/>
    public bool MustNotBlock(GuestThread thread) => thread.Activations > 0 && Loop().Loop is Resumer.GoesOn && ++thread.Unyielded <= Patience;

    /// <summary>Takes guest code of a thread off the stack.</summary>
    private sealed class AbandonSignal(GuestThread thread) : Exception
    {
        private readonly GuestThread thread = thread;

        /// <summary>The thread that an exception, which may have come through the engine, takes off the stack.</summary>
        public static GuestThread? Of(Exception exception)
        {
            Exception? cause = exception;
            while (cause is not null and not AbandonSignal)
                cause = cause.InnerException;
            return (cause as AbandonSignal)?.thread;
        }
    }
}
