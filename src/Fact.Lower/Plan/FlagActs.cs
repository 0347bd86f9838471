using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Plan;

/// <summary>What is done to <c>may_leave</c> of component instances, made once for each: many adapters do it.</summary>
internal sealed class FlagActs
{
    private SmallMap<(InstanceId, bool IsUnseen), Acts> made;

    /// <param name="flags">The flags of the instance.</param>
    /// <param name="isUnseen">Whether it is known that whoever requires the flag finds it set.</param>
    public Acts Of(Import.InstanceFlags flags, bool isUnseen)
    {
        ref var acts = ref made.GetOrAdd((flags.Instance, isUnseen), out bool known);
        if (!known)
        {
            const InstanceFlag mayLeave = InstanceFlag.MayLeave;
            acts = new(
                new Act.Require(flags, mayLeave) { IsUnseen = isUnseen },
                new Act.Clear(flags, mayLeave) { IsUnseen = isUnseen },
                new Act.Set(flags, mayLeave) { IsUnseen = isUnseen });
        }
        return acts;
    }

    /// <summary>Requires that the instance may be left; forbids it; allows it again.</summary>
    internal readonly record struct Acts(Act RequireMayLeave, Act Close, Act Open);
}
