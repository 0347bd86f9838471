using System;
using Fact.Ir;

namespace Fact.Model.Plans;

/// <summary>What a plan says traps.</summary>
/// <param name="code">Why.</param>
internal sealed class PlanTrap(TrapCode code) : Exception(TrapMessages.Of(code))
{
    /// <summary>Why.</summary>
    public TrapCode Code => code;

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
