using System;
using System.Collections.Generic;
using System.Threading;

namespace Fact.Host.Outside;

/// <summary>
/// Brings what happens outside of a component, on any thread, to the one thread that has it at a time: a call that uses it, or a turn of the loop itself, which
/// begins when something has arrived and nobody has the component.
/// </summary>
/// <param name="turn">Lets guests go on until nobody can: takes what arrives, with <see cref="Take"/>. It does not throw. Says whether it stopped before that.</param>
/// <param name="mayArrive">Whether something may still arrive; or, where it is told so, has been begun and will.</param>
/// <param name="onOwnThread">
/// Whether turns have a thread of their own, because guest code can wait there and keep it. Otherwise they run where something arrives.
/// </param>
internal sealed class EventLoop(Func<bool> turn, Func<bool, bool> mayArrive, bool onOwnThread)
{
    /// <summary>How long the own thread is kept while there is nothing to do.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(1);

    /// <summary>The owner of what nobody can have any more.</summary>
    private const int Closed = -1;

    private readonly object sync = new();
    private readonly Queue<Action> arrived = new();
    private int owner, depth, rests;
    private bool isTurn, isScheduled, hasThread, isClosed;

    /// <summary>Whether this thread has the component.</summary>
    public bool IsHere => Volatile.Read(ref owner) == Environment.CurrentManagedThreadId;

    /// <summary>Whether a turn has the component, and not a call that keeps its caller waiting.</summary>
    public bool IsTurn => isTurn;

    /// <summary>
    /// Brings something to the component; from any thread. It happens when the component is asked for what has arrived, or else in a turn; or at once, where the loop is
    /// closed.
    /// </summary>
    public void Post(Action happens)
    {
        lock (sync)
        {
            if (!isClosed)
            {
                arrived.Enqueue(happens);
                Monitor.PulseAll(sync);
                if (owner == 0)
                    Schedule();
                return;
            }
        }
        happens();
    }

    /// <summary>The same; where turns need no thread of their own and nobody has the component, the turn happens here, before this returns.</summary>
    public void PostHere(Action happens)
    {
        bool here;
        lock (sync)
        {
            here = !onOwnThread && owner == 0;
            if (here)
            {
                arrived.Enqueue(happens);
                Begin();
            }
        }
        if (here)
            RunTurn();
        else
            Post(happens);
    }

    /// <summary>
    /// Brings something to the component, and returns when it has happened and guests have gone on until all of them wait. Where a call on another thread has the
    /// component,
    /// it returns at once.
    /// </summary>
    public void PostAndRest(Action happens)
    {
        int? began = null;
        PostHere(() =>
        {
            lock (sync)
                began = rests;
            happens();
        });
        lock (sync)
        {
            while ((began is not { } rest || rest == rests) && (isScheduled || isTurn) && !IsHere)
                Monitor.Wait(sync);
        }
    }

    /// <summary>Takes the component for a call on this thread; <see cref="Leave"/> gives it back.</summary>
    /// <returns>False where a turn has it: then what is to be done can be posted.</returns>
    public bool TryTake()
    {
        lock (sync)
        {
            if (owner != 0 && !IsHere)
                return false;
            (owner, depth) = (Environment.CurrentManagedThreadId, depth + 1);
            return true;
        }
    }

    /// <summary>Gives back what <see cref="TryTake"/> took.</summary>
    /// <param name="goesOn">Whether guests that can go on are waited for by somebody.</param>
    public void Leave(bool goesOn)
    {
        lock (sync)
        {
            if (--depth > 0)
                return;
            owner = 0;
            Monitor.PulseAll(sync);
            if (goesOn || arrived.Count > 0)
                Schedule();
        }
    }

    /// <summary>Lets the next thing happen that has arrived.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Take()
    {
        Action happens;
        lock (sync)
        {
            if (!arrived.TryDequeue(out happens!))
                return false;
        }
        happens();
        return true;
    }

    /// <summary>Waits for something to arrive, and lets it happen.</summary>
    /// <param name="onlyBegun">Whether it must be something that has been begun already.</param>
    /// <returns>False where nothing can.</returns>
    public bool Wait(bool onlyBegun = false)
    {
        lock (sync)
        {
            if (arrived.Count == 0)
            {
                if (!mayArrive(onlyBegun))
                    return false;
                // Where something has arrived already, guests go on at once, and nobody rests.
                Rest();
                while (arrived.Count == 0)
                    Monitor.Wait(sync);
            }
        }
        Take();
        return true;
    }

    /// <summary>Waits until nobody has the component, and takes it for good.</summary>
    /// <param name="end">What makes a turn end that has it.</param>
    /// <param name="closed">Is done when nothing can go on any more. What arrives from then on happens, whoever brings it.</param>
    public void Close(Action end, Action closed)
    {
        lock (sync)
        {
            if (owner != 0)
                arrived.Enqueue(end);
            Monitor.PulseAll(sync);
            while (owner != 0)
                Monitor.Wait(sync);
            (owner, depth) = (Environment.CurrentManagedThreadId, 1);
        }
        closed();
        lock (sync)
        {
            (owner, isScheduled, isClosed) = (Closed, false, true);
            Rest();
        }
        while (Take())
        {
        }
    }

    private void Rest()
    {
        rests++;
        Monitor.PulseAll(sync);
    }

    private void Schedule()
    {
        if (isScheduled)
            return;
        isScheduled = true;
        Monitor.PulseAll(sync);
        if (!onOwnThread)
            ThreadPool.UnsafeQueueUserWorkItem(static loop => loop.Turn(), this, preferLocal: false);
        else if (!hasThread)
            (hasThread, _) = (true, StartThread());
    }

    private Thread StartThread()
    {
        var thread = new Thread(OwnThread) { IsBackground = true, Name = "component" };
        thread.UnsafeStart();
        return thread;
    }

    private void OwnThread()
    {
        while (true)
        {
            lock (sync)
            {
                if (!isScheduled && !Monitor.Wait(sync, KeptFor) && !isScheduled)
                {
                    hasThread = false;
                    return;
                }
                if (isClosed)
                    return;
                if (!isScheduled)
                    continue;
            }
            Turn();
        }
    }

    private void Turn()
    {
        lock (sync)
        {
            isScheduled = false;
            // Whoever has it sees to what has arrived, or asks for another turn.
            if (owner != 0)
            {
                Rest();
                return;
            }
            Begin();
        }
        RunTurn();
    }

    private void Begin() => (owner, depth, isTurn) = (Environment.CurrentManagedThreadId, 1, true);

    private void RunTurn()
    {
        bool goesOn = turn();
        lock (sync)
        {
            (owner, depth, isTurn) = (0, 0, false);
            Rest();
            if (goesOn || arrived.Count > 0)
                Schedule();
        }
    }
}
