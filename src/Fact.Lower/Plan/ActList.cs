using System;
using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Plan;

/// <summary>
/// What a function does, while it is planned. Acts are written as a span: an array that may have been one of some kind of acts would be asked for each.
/// </summary>
internal sealed class ActList
{
    /// <summary>Most functions do no more than so many things, before passes.</summary>
    private const int Mostly = 16;

    private Act[] acts = new Act[Mostly];
    private int count;

    public void Add(Act act)
    {
        if (count == acts.Length)
            Array.Resize(ref acts, 2 * count);
        acts.AsSpan()[count++] = act;
    }

    public void AddRange(ReadOnlySpan<Act> more)
    {
        foreach (var act in more)
            Add(act);
    }

    /// <summary>All of them; the next function begins.</summary>
    public EquatableArray<Act> Take() => EquatableArray.Create<Act>(acts.AsSpan(0, (count, count = 0).Item1));
}
