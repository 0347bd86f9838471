using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace Fact.Host.Tasks;

/// <summary>
/// The threads of all instances of a component, and who goes on when one of them blocks. Spec: <c>Store</c>, and <c>canon_lift</c> and the switches between
/// threads as far as they resume threads.
/// </summary>
/// <remarks>
/// A thread without guest code on the stack is a <see cref="Flow{T}"/>, and blocks by returning. One with guest code cannot return: <see cref="Stacks"/> says what then.
/// </remarks>
internal sealed class Scheduler
{
    /// <summary>How often others go on while a thread is ready that cannot.</summary>
    private const int Patience = 10_000;

    /// <summary>How often threads go on before what has arrived from outside has its turn.</summary>
    private const int MostWithoutArrival = 1000;

    private readonly Stack<(Resumer Resumer, int Depth)> resumers = new();

    private int lostWaits;

    public Scheduler(Choices choices)
    {
        Choices = choices;
        Stacks = new NestedStacks(this);
    }

    /// <summary>What the specification leaves open.</summary>
    public Choices Choices { get; }

    /// <summary>How many threads wait for something. Spec: <c>waiting</c>, whose threads are with what they wait for.</summary>
    public int WaitingCount { get; set; }

    /// <summary>The number of the thread that waits shortest.</summary>
    public long LastSequence { get; set; }

    /// <summary>How many threads have gone on.</summary>
    public long Ticks { get; private set; }

    /// <summary>The instances that have threads which may go on.</summary>
    public System.Collections.Generic.HashSet<ReadyThreads> Active { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>How many threads that had to give up their guest code may be ready.</summary>
    public int Missed { get; set; }

    /// <summary>The one place where stacks of guest code are switched.</summary>
    public IGuestStacks Stacks { get; }

    /// <summary>Spec: <c>current_thread()</c>; null while the host has control.</summary>
    public GuestThread? Current { get; set; }

    /// <summary>Spec: <c>current_thread()</c>.</summary>
    public GuestThread CurrentThread => Current ?? throw new UnreachableException("no thread runs");

    /// <summary>Who goes on when the current thread blocks, and how deep the stack was then, the innermost first.</summary>
    public IEnumerable<(Resumer Resumer, int Depth)> Resumers => resumers;

    /// <summary>Lets a thread go on until it blocks or ends. Spec: <c>Thread.resume</c>.</summary>
    public void Resume(GuestThread thread, bool cancelled = false)
    {
        if (thread.Waiting)
            thread.StopWaitingInternal();
        for (var next = thread; next is not null; cancelled = false)
        {
            Stacks.RequireTop(next);
            var outer = Current;
            Current = next;
            try
            {
                next = next.Continue(cancelled);
            }
            finally
            {
                Current = outer;
            }
        }
    }

    /// <summary>Does something that resumes threads, for somebody who then goes on in one of some ways.</summary>
    public T As<T>(Resumer resumer, Func<T> resume)
    {
        resumers.Push((resumer, Stacks.Depth));
        try
        {
            return resume();
        }
        finally
        {
            resumers.Pop();
        }
    }

    /// <summary>Whether a thread that need not block must not, because this host cannot let the one go on who resumed it.</summary>
    public bool MustNotBlock(GuestThread thread) => Stacks.MustNotBlock(thread);

    /// <summary>Resumes one thread that is ready, or lets something happen that has arrived from outside. Spec: <c>tick</c>, and the loop of <c>canon_lift</c> for
    /// functions whose type is not async.</summary>
    /// <param name="loop">Which threads may be resumed.</param>
    /// <returns>Whether there was one.</returns>
    public bool Tick(Resumer loop)
    {
        var top = Stacks.Top is { Ready: true, IsLost: false } uppermost && loop.Admits(uppermost) ? uppermost : null;
        var next = loop is Resumer.SyncCall(var call) ? Choices.Next(top, [call.Inst.Ready], entered: true, Ticks) : Choices.Next(top, Active, entered: false, Ticks);
        if (next is null)
            return false;
        if (HasLost(loop) && ++lostWaits > Patience)
            throw Unsupported;
        Ticks++;
        // Guests that let others run until something happens outside would do so for ever.
        if ((next.Yields || Ticks % MostWithoutArrival == 0) && loop.TakeArrival())
            return true;
        Resume(next);
        return true;
    }

    /// <summary>Whether a thread would go on that had to give up its guest code.</summary>
    public bool HasLost(Resumer loop) =>
        Missed > 0 && (loop is Resumer.SyncCall(var call) ? call.Inst.Ready.HasMissed(except: call.Inst.ExclusiveThread) : Active.Any(ready => ready.HasMissed(null)));

    /// <summary>What is wrong when no thread can be resumed.</summary>
    public TrapSignal Stuck(Resumer loop) =>
        HasLost(loop) || Stacks.HasReadyBelow(loop, 0) ? Unsupported : new TrapSignal(loop.Stuck);

    /// <summary>What is wrong when a thread must go on that this host cannot let go on.</summary>
    public static TrapSignal Unsupported => new(
        "not supported by this host: threads wait for each other in another order than that in which they lie on the stack, which needs a second stack");

    /// <summary>Resumes threads until something is so.</summary>
    /// <exception cref="TrapSignal">It cannot become so.</exception>
    public void TickUntil(Resumer loop, Func<bool> done)
    {
        while (!done())
        {
            if (!Tick(loop) && !loop.WaitOutside())
                throw Stuck(loop);
        }
    }
}
