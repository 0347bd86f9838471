using System;
using System.Threading;

namespace Fact.Host;

/// <summary>
/// What a call may take, of an export or of a start function. Beyond it, the component is stopped: the call fails with a trap for which <see cref="Trap.IsStop"/>
/// holds, and so do
/// all others in progress, because a guest that was stopped anywhere cannot go on. Other components are not touched.
/// </summary>
public sealed record CallLimits
{
    /// <summary>No limits.</summary>
    public static CallLimits None { get; } = new();

    /// <summary>
    /// How long the call may take, by the clock; null for no limit. A host function that does not return cannot be stopped, except those of WASI that wait for input or
    /// the clock.
    /// </summary>
    public TimeSpan? Time { get; init; }

    /// <summary>
    /// How much guests may do: roughly one unit for each instruction; null for no limit. Calls that are in progress at the same time share what they have. The same
    /// call needs the
    /// same fuel every time.
    /// </summary>
    public ulong? Fuel { get; init; }

    /// <summary>Stops the component when it is cancelled, whatever its guests do.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>Whether guest code must look now and then whether it is to stop.</summary>
    internal bool Interrupts => Time is not null || Stop.CanBeCanceled;

    /// <summary>Whether there is a limit.</summary>
    internal bool IsWatched => Interrupts || Fuel is not null;
}
