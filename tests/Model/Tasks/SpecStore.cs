using System;
using System.Collections.Generic;
using System.Linq;

namespace Fact.Model.Tasks;

/// <summary>Decides what the specification leaves open. Spec: <c>random</c>.</summary>
/// <param name="count">How many things there are to choose from: two or more.</param>
/// <returns>The number of the one that is chosen.</returns>
public delegate int SpecChoice(int count);

/// <summary>The threads of all instances. Spec: <c>Store</c>.</summary>
/// <param name="choose">Decides what the specification leaves open.</param>
public sealed class SpecStore(SpecChoice choose)
{
    /// <summary>Spec: <c>waiting</c>.</summary>
    public List<SpecThread> Waiting { get; } = [];

    /// <summary>The thread that runs; null for none. Spec: <c>current_thread()</c>.</summary>
    public SpecThread? Current { get; set; }

    /// <summary>Whose rules are followed.</summary>
    public Dialect Dialect { get; init; } = Dialect.Specification;

    /// <summary>Readable ends that have left one instance for another, by what stands for them in values.</summary>
    public List<SpecCopyEnd> Travelling { get; } = [];

    /// <summary>One of several.</summary>
    public T Pick<T>(IReadOnlyList<T> candidates) => candidates[candidates.Count > 1 ? choose(candidates.Count) : 0];

    /// <summary>Yes or no.</summary>
    public bool Flip() => choose(2) == 1;

    /// <summary>Resumes one thread that is ready. Spec: <c>tick</c>.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Tick()
    {
        var candidates = Waiting.Where(thread => thread.Ready).ToList();
        if (candidates.Count == 0)
            return false;
        Pick(candidates).Resume();
        return true;
    }
}
