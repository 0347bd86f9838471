using System;
using System.Collections.Generic;

namespace Fact.Host.Tasks;

/// <summary>Threads in the order in which they were added; whoever is taken out is found at once. A thread is in one list at most.</summary>
internal struct ThreadList
{
    private GuestThread? first, last;

    /// <summary>Whether there are none.</summary>
    public readonly bool IsEmpty => first is null;

    /// <summary>Adds a thread that is in no list, at the end.</summary>
    public void Add(GuestThread thread)
    {
        thread.Previous = last;
        if (last is null)
            first = thread;
        else
            last.Next = thread;
        last = thread;
    }

    /// <summary>Takes a thread out that is in it.</summary>
    public void Remove(GuestThread thread)
    {
        if (thread.Previous is null)
            first = thread.Next;
        else
            thread.Previous.Next = thread.Next;
        if (thread.Next is null)
            last = thread.Previous;
        else
            thread.Next.Previous = thread.Previous;
        (thread.Previous, thread.Next) = (null, null);
    }

    /// <summary>Those of which something is so, in their order.</summary>
    public readonly List<GuestThread> FindAll(Predicate<GuestThread> matches)
    {
        var found = new List<GuestThread>();
        for (var thread = first; thread is not null; thread = thread.Next)
        {
            if (matches(thread))
                found.Add(thread);
        }
        return found;
    }
}
