using System.Collections.Generic;
using FsCheck;
using FsCheck.Fluent;

namespace Fact.Properties.Emit;

/// <summary>The inputs of the laws. A failing law prints the seed and size of its input; shrinking looks for a smaller size.</summary>
public static class EmitGenerators
{
    public static Arbitrary<ModuleSample> Modules() => Arb.From(
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from size in Gen.Choose(0, 60)
        from exotic in Gen.Elements(true, false)
        select new ModuleSample(seed, size, exotic),
        sample => Sizes(sample.Size, size => sample with { Size = size }));

    public static Arbitrary<ProgramSample> Programs() => Arb.From(
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from size in Gen.Choose(0, 60)
        from cycles in Gen.Frequency((1, Gen.Constant(true)), (3, Gen.Constant(false)))
        select new ProgramSample(seed, size, cycles),
        sample => Sizes(sample.Size, size => sample with { Size = size }));

    private static IEnumerable<T> Sizes<T>(int size, System.Func<int, T> with)
    {
        for (int smaller = size / 2; smaller < size; smaller += System.Math.Max(1, (size - smaller) / 2))
            yield return with(smaller);
    }
}
