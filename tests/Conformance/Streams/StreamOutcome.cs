using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Conformance.Streams;

/// <summary>What a guest has told.</summary>
/// <param name="Who">Which guest.</param>
/// <param name="What">The step, or what else happened.</param>
/// <param name="A">Details.</param>
/// <param name="B">Details.</param>
/// <param name="C">Details.</param>
/// <param name="Hash">What its data memory held then.</param>
internal readonly record struct StreamLine(int Who, int What, uint A, uint B, uint C, uint Hash)
{
    /// <summary>Whether it is the end of the call from outside.</summary>
    public bool IsEnd => Who == 0 && What == 0 && A == 0x100 + Machine.RunSlot;

    /// <inheritdoc/>
    public override string ToString()
    {
        string what = What switch
        {
            Machine.LogEvent => "event",
            Machine.LogDestructor => "destructor",
            Machine.LogStart => "start",
            _ => ((StepOp)What).ToString(),
        };
        return $"{Who}: {what} {A} {B} {unchecked((int)C)} [{Hash:x8}]";
    }
}

/// <summary>What came of a case.</summary>
/// <param name="Log">What guests told until the call from outside returned, or something trapped.</param>
/// <param name="Trap">Why it trapped; null where it did not.</param>
/// <param name="LostLog">Whether nobody knows what guests told.</param>
internal sealed record StreamOutcome(EquatableArray<StreamLine> Log, string? Trap, bool LostLog = false)
{
    /// <summary>An outcome from all that was told.</summary>
    public static StreamOutcome Of(IReadOnlyList<StreamLine> log, string? trap)
    {
        int end = log.TakeWhile(line => !line.IsEnd).Count();
        return end < log.Count ? new([.. log.Take(end + 1)], null) : new([.. log], trap);
    }

    /// <summary>
    /// Whether a runtime has said that it cannot do what should happen next: this project's host, which has one stack; the reference, which has lost a task that
    /// ended while a copy of it was under way, or finds
    /// a bug of its own.
    /// </summary>
    public bool IsUnsupported => Trap is { } trap && Array.Exists(Unsupported, words => trap.Contains(words, StringComparison.Ordinal));

    private static readonly string[] Unsupported = ["not supported by this host", "resource not present", "resource is of another type", "BUG: switch item already set"];
}
