using System;
using Fact.Ir.Plan;

namespace Fact.Lower.Passes;

/// <summary>What the arms of a variant do.</summary>
internal static class VariantArms
{
    /// <summary>Whether an arm writes nothing at all: neither a payload nor zeros for slots without one.</summary>
    public static bool IsEmpty(Copy.Cases cases, int arm, bool targetInMemory) =>
        cases.Arms[arm].Payload is null && (targetInMemory || cases.Target.FlatTypes.Length <= 1);

    /// <summary>The range of cases of the only arm that writes anything, if there is just one such arm and its cases follow one another.</summary>
    public static (int Arm, int First, int Last)? OneRange(Copy.Cases cases, bool targetInMemory)
    {
        int only = -1;
        for (int arm = 0; arm < cases.Arms.Length; arm++)
        {
            if (IsEmpty(cases, arm, targetInMemory))
                continue;
            if (only >= 0)
                return null;
            only = arm;
        }
        if (only < 0)
            return null;
        var armOf = cases.ArmOf.AsSpan();
        int first = armOf.IndexOf(only), last = armOf.LastIndexOf(only);
        foreach (int arm in armOf[first..last])
        {
            if (arm != only)
                return null;
        }
        return (only, first, last);
    }
}
