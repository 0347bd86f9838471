using System.Collections.Generic;
using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Plan;

/// <summary>What is done to <c>may_leave</c> of component instances, made once for each: many adapters do it.</summary>
internal sealed class FlagActs
{
    private readonly Dictionary<Import.InstanceFlags, Acts> known = new(ReferenceEqualityComparer.Instance);

    public Acts Of(Import.InstanceFlags flags)
    {
        if (!known.TryGetValue(flags, out var acts))
        {
            const InstanceFlag mayLeave = InstanceFlag.MayLeave;
            known.Add(flags, acts = new(new Act.Require(flags, mayLeave), new Act.Clear(flags, mayLeave), new Act.Set(flags, mayLeave)));
        }
        return acts;
    }

    /// <summary>Requires that the instance may be left; forbids it; allows it again.</summary>
    internal readonly record struct Acts(Act RequireMayLeave, Act Close, Act Open);
}
