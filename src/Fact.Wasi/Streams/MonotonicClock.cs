using System;
using System.Threading;

namespace Fact.Wasi.Streams;

/// <summary>A clock that begins with the instance and only goes on, in nanoseconds. Spec: <c>wasi:clocks/monotonic-clock</c>.</summary>
internal sealed class MonotonicClock(TimeProvider time)
{
    private const uint NanosecondsOfSecond = 1_000_000_000, NanosecondsOfMillisecond = 1_000_000;

    private readonly long start = time.GetTimestamp();

    /// <summary>Spec: <c>now</c>.</summary>
    public ulong Now => (ulong)((UInt128)(ulong)Math.Max(time.GetTimestamp() - start, 0) * NanosecondsOfSecond / (ulong)time.TimestampFrequency);

    /// <summary>Spec: <c>resolution</c>.</summary>
    public ulong Resolution => Math.Max(NanosecondsOfSecond / (ulong)time.TimestampFrequency, 1);

    /// <summary>The time after so many nanoseconds; the last there is where that would be later.</summary>
    public ulong After(ulong duration) => Now is var now && duration > ulong.MaxValue - now ? ulong.MaxValue : now + duration;

    /// <summary>Calls back at a time, or when a wait is over.</summary>
    public ITimer Wake(ulong instant, TimeSpan longest, Action wake)
    {
        ulong now = Now;
        ulong milliseconds = instant <= now ? 0 : ((instant - now - 1) / NanosecondsOfMillisecond) + 1;
        var due = milliseconds < longest.TotalMilliseconds ? TimeSpan.FromMilliseconds((double)milliseconds) : longest;
        return time.CreateTimer(_ => wake(), null, due, Timeout.InfiniteTimeSpan);
    }
}
