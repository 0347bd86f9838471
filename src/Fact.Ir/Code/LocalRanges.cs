using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Fact.Ir;

/// <summary>Finds from where to where each local of a function is in use, from the mentions of locals and the loops around them in the order of the code.</summary>
internal sealed class LocalRanges
{
    private const int None = -1;

    private Range[] ranges = new Range[16];
    private int[] order = new int[16];
    private Loop[] open = new Loop[4];
    private int[] loopEnds = new int[4];
    private int ordered, openLoops, loops;
    private int innermostLoop = None;

    /// <summary>How many parameters the function has.</summary>
    public int Parameters { get; private set; }

    /// <summary>How many locals, with the parameters.</summary>
    public int Locals { get; private set; }

    /// <summary>How often locals are mentioned.</summary>
    public int Mentions { get; private set; }

    /// <summary>Begins a function.</summary>
    public void Start(int parameters)
    {
        Parameters = Locals = parameters;
        Mentions = ordered = openLoops = loops = 0;
        innermostLoop = None;
        if (parameters > ranges.Length)
            Array.Resize(ref ranges, 2 * parameters);
        ranges.AsSpan(0, parameters).Fill(new Range { First = 0, Last = 0, Loop = None });
    }

    /// <summary>The function has one more local.</summary>
    public void AddLocal()
    {
        if (Locals == ranges.Length)
            Array.Resize(ref ranges, 2 * Locals);
        ranges[Locals++] = new Range { First = None, Last = 0, Loop = None };
    }

    /// <summary>A local is read or written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Mention(LocalId id)
    {
        var known = ranges;
        if ((uint)id.Value >= (uint)Locals || (uint)id.Value >= (uint)known.Length)
            throw NoLocal(id);
        ref var range = ref known[id.Value];
        int at = ++Mentions;
        range.Last = at;
        if (range.First < 0)
            First(id, ref range, at);
        else if (range.First <= innermostLoop)
            range.Loop = OutermostLoopAfter(range.First);
    }

    /// <summary>A loop begins.</summary>
    public void OpenLoop()
    {
        if (loops == loopEnds.Length)
            Array.Resize(ref loopEnds, 2 * loops);
        if (openLoops == open.Length)
            Array.Resize(ref open, 2 * openLoops);
        open[openLoops++] = new Loop(Mentions, loops);
        loopEnds[loops++] = Mentions;
        innermostLoop = Mentions;
    }

    /// <summary>The innermost loop ends.</summary>
    public void CloseLoop()
    {
        loopEnds[open[--openLoops].Number] = Mentions;
        innermostLoop = openLoops == 0 ? None : open[openLoops - 1].Start;
    }

    /// <summary>
    /// How many live ranges there are: those of the parameters first, then those of the other locals that are mentioned, in the order of their first mention.
    /// </summary>
    public int Count => Parameters + ordered;

    /// <summary>A live range; known when the function is written.</summary>
    public LiveRange this[int number]
    {
        get
        {
            int local = number < Parameters ? number : order[number - Parameters];
            ref var range = ref ranges[local];
            return new LiveRange(new(local), range.First, range.Loop < 0 ? range.Last : Math.Max(range.Last, loopEnds[range.Loop]));
        }
    }

    private void First(LocalId id, ref Range range, int at)
    {
        range.First = at;
        if (ordered == order.Length)
            Array.Resize(ref order, 2 * ordered);
        order[ordered++] = id.Value;
    }

    // Loops that are open together start one after another and end in the opposite order, so that the outermost that
    // qualifies is the one that ends last; one found later for the same local never ends before one found earlier.
    private int OutermostLoopAfter(int first)
    {
        int low = 0, high = openLoops - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (open[middle].Start >= first)
                high = middle;
            else
                low = middle + 1;
        }
        return open[low].Number;
    }

    // What to throw is made here, away from the code that checks: there it would cost time and stack even though nothing is ever thrown.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static UnreachableException NoLocal(LocalId id) => new($"no local {id.Value}");

    private struct Range
    {
        public int First, Last, Loop;
    }

    private readonly record struct Loop(int Start, int Number);
}

/// <summary>From where to where a virtual local is in use. Positions count mentions of locals in the linear order of the code, from 1; parameters are in use from
/// position 0.</summary>
/// <remarks>
/// Because every local is written before it is read on every path, the code between the first and the last mention is all
/// that can see its value, with one exception: a loop that starts after the first mention may come back to an earlier
/// mention, so that the range reaches to the end of such a loop.
/// </remarks>
internal readonly record struct LiveRange(LocalId Local, int First, int Last);
