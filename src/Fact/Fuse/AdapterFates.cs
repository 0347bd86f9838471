using Fact.Component.Plan;
using Fact.Emit;
using Fact.Ir;

namespace Fact.Fuse;

/// <summary>What became of the adapters of a component.</summary>
/// <param name="LeftOut">How many the plan leaves out, where the caller is linked to the callee.</param>
/// <param name="Passed">How many only call the callee, which their callers call instead.</param>
/// <param name="Inlined">How many have their code where they were called.</param>
/// <param name="Unreached">How many nothing calls.</param>
/// <param name="Kept">How many are functions of the module.</param>
internal readonly record struct AdapterFates(int LeftOut, int Passed, int Inlined, int Unreached, int Kept)
{
    /// <summary>How many there are.</summary>
    public int All => LeftOut + Passed + Inlined + Unreached + Kept;

    /// <summary>Counts them.</summary>
    public static AdapterFates Of(LinkPlan plan, PlanParts parts, EquatableArray<MergedPart> merged)
    {
        var fates = default(AdapterFates);
        for (uint i = 0; i < (uint)plan.Adapters.Length; i++)
        {
            if (plan.Adapters[(int)i].Module is null)
            {
                fates = fates with { LeftOut = fates.LeftOut + 1 };
                continue;
            }
            var (part, function) = parts.Adapter(new AdapterId(i));
            fates = merged[part].Functions[function] switch
            {
                FunctionFate.Passed => fates with { Passed = fates.Passed + 1 },
                FunctionFate.Inlined => fates with { Inlined = fates.Inlined + 1 },
                FunctionFate.Unreached => fates with { Unreached = fates.Unreached + 1 },
                _ => fates with { Kept = fates.Kept + 1 },
            };
        }
        return fates;
    }
}
