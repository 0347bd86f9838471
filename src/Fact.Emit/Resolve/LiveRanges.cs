using System;
using System.Runtime.CompilerServices;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// From where to where each virtual local of one function is in use. Positions count mentions of locals in the linear
/// order of the code, from 1; parameters are in use from position 0.
/// </summary>
/// <remarks>
/// Because every local is written before it is read on every path, the code between the first and the last mention is all
/// that can see its value, with one exception: a loop that starts after the first mention may come back to an earlier
/// mention, so that the range reaches to the end of such a loop.
/// </remarks>
internal sealed class LiveRanges : IDisposable
{
    private Scratch<Range> ranges = new(256);
    private Scratch<int> mentioned = new(256);
    private Scratch<OpenLoop> open = new(16);
    private Scratch<int> loopEnds = new(64);
    private int count;
    private int innermostLoop = -1;

    /// <summary>How many locals the function has.</summary>
    public int Count => count;

    /// <summary>The locals that are mentioned, in the order of their first mention, without the parameters.</summary>
    public ReadOnlySpan<int> Mentioned => mentioned.AsSpan();

    /// <summary>Starts the next function.</summary>
    public void Start(int parameters, int locals)
    {
        ranges.Clear();
        mentioned.Clear();
        open.Clear();
        loopEnds.Clear();
        count = locals;
        innermostLoop = -1;
        var cleared = ranges.AddDefaults(locals);
        for (int i = 0; i < cleared.Length; i++)
            cleared[i] = new Range { First = i < parameters ? 0 : -1, Last = 0, Loop = -1 };
    }

    /// <summary>Takes note that a local is mentioned at a position, and gives the position back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Mention(LocalId id, int at)
    {
        if ((uint)id.Value >= (uint)count)
            throw Broken.No("local", id.Value);
        ref var range = ref ranges[id.Value];
        range.Last = at;
        if (range.First < 0)
        {
            range.First = at;
            mentioned.Add(id.Value);
        }
        else if (range.First <= innermostLoop)
        {
            range.Loop = OutermostLoopAfter(range.First);
        }
        return at;
    }

    /// <summary>A loop starts after the mention at that position.</summary>
    public void StartLoop(int at)
    {
        open.Add(new OpenLoop(at, loopEnds.Count));
        loopEnds.Add(at);
        innermostLoop = at;
    }

    /// <summary>The innermost loop ends after the mention at that position.</summary>
    public void EndLoop(int at)
    {
        loopEnds[open.Pop().Number] = at;
        innermostLoop = open.Count == 0 ? -1 : open[open.Count - 1].Start;
    }

    /// <summary>The position of the first mention: 0 for a parameter.</summary>
    public int First(int local) => ranges[local].First;

    /// <summary>The last position at which the local is in use.</summary>
    public int Last(int local)
    {
        ref var range = ref ranges[local];
        return range.Loop < 0 ? range.Last : Math.Max(range.Last, loopEnds[range.Loop]);
    }

    public void Dispose()
    {
        ranges.Dispose();
        mentioned.Dispose();
        open.Dispose();
        loopEnds.Dispose();
    }

    // Loops that are open together start one after another and end in the opposite order, so that the outermost that
    // qualifies is the one that ends last; one found later for the same local never ends before one found earlier.
    private int OutermostLoopAfter(int first)
    {
        int low = 0, high = open.Count - 1;
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

    private struct Range
    {
        public int First, Last, Loop;
    }

    private readonly record struct OpenLoop(int Start, int Number);
}
