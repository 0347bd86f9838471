using System;
using System.Collections.Generic;
using System.Threading;

namespace Fact.Wasi.Streams;

/// <summary>Something that can be waited for. Spec: <c>wasi:io/poll.pollable</c>.</summary>
internal closed record Pollable
{
    /// <summary>So long a timer waits at most; it is set again where that is not enough.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromDays(1);

    private Pollable()
    {
    }

    /// <summary>What is there already: files are never waited for, nor is output.</summary>
    public sealed record Ready : Pollable;

    /// <summary>Bytes that come in.</summary>
    public sealed record Input(ByteInput Source) : Pollable;

    /// <summary>A time of the monotonic clock, in nanoseconds.</summary>
    public sealed record At(MonotonicClock Clock, ulong Instant) : Pollable;

    /// <summary>Spec: <c>ready</c>.</summary>
    public bool IsReady => this switch
    {
        Ready => true,
        Input(var source) => source.IsReady,
        At(var clock, var instant) => clock.Now >= instant,
    };

    /// <summary>The positions of those that are ready, after waiting until one is. Spec: <c>poll</c>.</summary>
    /// <param name="all">At least one.</param>
    /// <param name="patience">Waits.</param>
    /// <exception cref="OperationCanceledException">Somebody ended that.</exception>
    public static List<uint> Poll(IReadOnlyList<Pollable> all, Patience patience)
    {
        while (true)
        {
            var ready = new List<uint>();
            for (int i = 0; i < all.Count; i++)
            {
                if (all[i].IsReady)
                    ready.Add((uint)i);
            }
            if (ready.Count > 0)
                return ready;
            WaitForOne(all, patience);
        }
    }

    private static void WaitForOne(IReadOnlyList<Pollable> all, Patience patience)
    {
        // It is not disposed: whoever wakes late must find it.
        var signal = new ManualResetEventSlim();
        MonotonicClock? clock = null;
        ulong first = ulong.MaxValue;
        foreach (var one in all)
        {
            switch (one)
            {
                case Ready:
                    signal.Set();
                    break;
                case Input(var source):
                    source.WhenReady(signal.Set);
                    break;
                case At(var time, var instant):
                    (clock, first) = (time, Math.Min(first, instant));
                    break;
            }
        }
        using var timer = clock?.Wake(first, MaxWait, signal.Set);
        patience.Wait(signal);
    }
}
