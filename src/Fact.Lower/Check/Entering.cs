using System;
using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Lower.Check;

/// <summary>The flags of the instances of a program, one object each; and which of them calls enter, where that matters.</summary>
/// <param name="reentrance">The rule of reentrance.</param>
/// <param name="report">Where it is said that there are too many.</param>
internal sealed class Entering(Reentrance reentrance, Action<DiagnosticCode, string> report)
{
    private SmallMap<InstanceId, Import.InstanceFlags> known;
    private bool isTooDeep;

    /// <summary>What is said where instances are nested deeper than there may be code for.</summary>
    public static string TooDeep { get; } = "the component instances are nested too deep for the older rule of reentrance, which needs code for each that is entered: "
        + $"an instance may be inside of {InputLimits.MaxInstanceDepth} others; allow reentrance, or nest fewer";

    /// <summary>The flags of an instance.</summary>
    public Import.InstanceFlags Flags(InstanceId instance)
    {
        ref var flags = ref known.GetOrAdd(instance, out _);
        return flags ??= new(instance);
    }

    /// <summary>
    /// The instances whose <c>may_enter</c> a call checks: the callee's and those that contain it, without the caller's and those that contain that; none
    /// where reentrance is allowed. Spec, before <c>may_enter</c> was removed: <c>entering_set</c>.
    /// </summary>
    public Import.InstanceFlags[] Of(Adapter adapter)
    {
        if (reentrance == Reentrance.Allow)
            return [];
        if (Math.Max(adapter.Lift.Instance.Depth, adapter.Lower.Instance.Depth) > InputLimits.MaxInstanceDepth)
        {
            // Once is enough: it says something of the component as a whole.
            if (!isTooDeep)
            {
                report(DiagnosticCode.TooLarge, TooDeep);
            }
            isTooDeep = true;
            return [];
        }
        var entered = new List<Import.InstanceFlags>();
        for (var instance = adapter.Lift.Instance; instance is not null; instance = instance.Parent)
        {
            if (!IsIn(adapter.Lower.Instance, instance.Id))
                entered.Add(Flags(instance.Id));
        }
        return [.. entered];
    }

    private static bool IsIn(InstanceNode inner, InstanceId id)
    {
        for (InstanceNode? instance = inner; instance is not null; instance = instance.Parent)
        {
            if (instance.Id == id)
                return true;
        }
        return false;
    }
}
