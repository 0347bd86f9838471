using System;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Fact.Bench;

/// <summary>
/// The processor time of the calling thread: what other programs do on the machine does not count, as it does on a clock on the wall. Where the system has no such
/// clock that we know of, it is a clock on the wall, and <see cref="Name"/> says so.
/// </summary>
internal static partial class ThreadClock
{
    private const int LinuxThreadClock = 3, AppleThreadClock = 16;

    private static readonly int Id = OperatingSystem.IsLinux() ? LinuxThreadClock : OperatingSystem.IsMacOS() ? AppleThreadClock : -1;

    /// <summary>What is measured.</summary>
    public static string Name => Id < 0 ? "wall time" : "thread CPU time";

    /// <summary>Seconds since some moment.</summary>
    public static double Seconds()
    {
        if (Id < 0)
            return Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;
        return clock_gettime(Id, out var time) == 0 ? time.Seconds + (time.Nanoseconds / 1e9) : throw new InvalidOperationException("there is no clock for threads");
    }

    [LibraryImport("libc")]
    private static partial int clock_gettime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds, Nanoseconds;
    }
}
