using Fact.Model;

namespace Fact.Conformance.Differential.Model;

/// <summary>The two resource types of a pair, and what their destructors add up.</summary>
internal sealed class ModelResources
{
    private readonly uint[] sums = new uint[2];

    /// <param name="callee">The instance that defines type 1. That of type 0 has no part in calls.</param>
    public ModelResources(SpecInstance callee) => Types = [Type(0, new()), Type(1, callee)];

    public SpecResourceType[] Types { get; }

    /// <summary>What the definer of a type says of the resources that were destroyed.</summary>
    public uint Sum(int type) => sums[type];

    private SpecResourceType Type(int number, SpecInstance definer) => new(definer, args =>
    {
        sums[number] = (sums[number] * 31) + (uint)args[0].Bits;
        return [];
    });
}
