using System;
using System.Collections.Generic;

namespace Fact.Host.Tasks;

/// <summary>Threads that wait for something to happen, and need not be looked at before.</summary>
/// <param name="hasHappened">Whether it has.</param>
internal sealed class WakeList(Func<bool> hasHappened)
{
    private readonly List<GuestThread> parked = [];

    /// <summary>Whether it has happened.</summary>
    public bool HasHappened => hasHappened();

    /// <summary>A thread waits.</summary>
    public void Park(GuestThread thread)
    {
        parked.Add(thread);
        thread.Parked = this;
    }

    /// <summary>A thread does not wait any more.</summary>
    public void Remove(GuestThread thread)
    {
        parked.Remove(thread);
        thread.Parked = null;
    }

    /// <summary>It may have happened.</summary>
    public void Signal()
    {
        if (parked.Count == 0 || !hasHappened())
            return;
        foreach (var thread in parked)
        {
            thread.Parked = null;
            thread.Task.Inst.Ready.Add(thread);
        }
        parked.Clear();
    }
}
