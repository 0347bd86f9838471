using System;
using Fact.Ir;

namespace Fact.Model.Plans;

/// <summary>What a plan says traps.</summary>
/// <param name="code">Why; null where the host finds that a string is no text.</param>
internal sealed class PlanTrap(TrapCode? code) : Exception(code is { } known ? TrapMessages.Of(known) : "invalid string")
{
    /// <summary>Why; null where the host finds that a string is no text.</summary>
    public TrapCode? Code => code;

    /// <summary>Traps where a condition holds.</summary>
    public static void If(bool condition, TrapCode code)
    {
        if (condition)
            throw new PlanTrap(code);
    }
}

/// <summary>A guest throws an exception.</summary>
internal sealed class GuestException() : Exception("a guest throws");

/// <summary>The plan means nothing: whatever there is around it, a test fails.</summary>
internal sealed class IllFormedPlan(string message) : Exception(message);
