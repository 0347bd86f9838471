using System;
using System.Linq;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower;
using Fact.Lower.Passes;
using Fact.Model;
using Fact.Properties.Generators;
using FsCheck;
using FsCheck.Fluent;

namespace Fact.Properties.Lower.Passes;

/// <summary>How guests break the rules.</summary>
[Flags]
public enum Mischief
{
    None = 0,

    /// <summary>Values without pointers are any bits.</summary>
    Garbles = 1,

    /// <summary>Allocators change what is in memories already.</summary>
    Scribbles = 2,

    /// <summary>An allocator, the callee or post-return throws.</summary>
    Throws = 4,

    /// <summary>The caller passes a bad address for the result.</summary>
    Points = 8,

    /// <summary>An instance may not be left, or not be entered.</summary>
    Nests = 16,
}

/// <summary>An adapter to plan, what to put into the guests, how much of it to spoil, and what is known of the guests, who keep to it.</summary>
public sealed record PlanScenario(AdapterPlan Plan, int Seed, int Corruptions, Mischief Mischief, CompileOptions Options, AdapterFacts Facts)
{
    private const AdapterFacts FlagsUnseen = AdapterFacts.CallerFlagUnseen | AdapterFacts.CalleeFlagUnseen;

    internal Adapter Build()
    {
        var adapter = Plan.Build();
        // The flags of an instance are seen or not, whatever it does in a call.
        bool contradicts = adapter.Lift.Instance.Id == adapter.Lower.Instance.Id && (Facts & FlagsUnseen) != FlagsUnseen;
        return adapter with { Facts = contradicts ? Facts & ~FlagsUnseen : Facts };
    }

    /// <summary>Without what the specification has no word for.</summary>
    public PlanScenario Tame() => this with { Mischief = Mischief & Mischief.Garbles, Options = Options with { ExceptionBarrier = false } };

    internal CallPlan Planned(PassList passes) => Planned(Build(), Options.Lower, passes);

    internal static CallPlan Planned(Adapter adapter, LowerOptions options, PassList passes)
    {
        var plans = Planning.Run([adapter], options with { Passes = passes }, new CodeBudget(1), out var errors);
        // What would be too large for one function, where a pass is left out, is planned all the same.
        return plans.Length == 1 ? plans[0] : throw new InvalidOperationException(string.Join("\n", errors.Items));
    }

    public override string ToString() => $"{Plan}\nseed {Seed}, {Corruptions} corruptions, {Mischief}, {Facts}, {Options}";
}

/// <summary>Makes them: FsCheck finds the generator by its type.</summary>
public static class PlanScenarios
{
    public static Arbitrary<PlanScenario> Scenario() => Arb.From(
        Gen.Frequency((3, Any), (1, Alone)),
        s => AdapterGen.Shrink(s.Plan).Select(plan => s with { Plan = plan })
            .Concat(s.Corruptions > 0 ? [s with { Corruptions = s.Corruptions - 1 }] : [])
            .Concat(s.Mischief != 0 ? [s with { Mischief = 0 }] : [])
            .Concat(s.Facts != 0 ? [s with { Facts = 0 }] : []));

    /// <summary>Options with which no pass is left out, and each does all that it can.</summary>
    public static CompileOptions AllPasses { get; } = new(Transcoders: Fact.Ir.Transcoders.Simd, Optimize: Optimize.Speed);

    private static Gen<PlanScenario> Any =>
        from plan in Gen.Frequency((4, AdapterGen.Plans(0, fixedLimit: 200)), (1, PlansWithoutPointers), (3, PlansOfLikeParts))
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from corruptions in Gen.Elements(0, 0, 1, 1, 2, 4)
        from mischief in Gen.Frequency((1, Gen.Elements(Enum.GetValues<Mischief>())), (1, Gen.Choose(0, 31).Select(bits => (Mischief)bits)))
        from limit in Gen.Elements(Enum.GetValues<ByteLimit>())
        from barrier in Gen.Elements(false, true)
        from reentrance in Gen.Elements(Enum.GetValues<Reentrance>())
        from facts in Gen.Frequency((1, Gen.Constant(AdapterFacts.None)), (1, Gen.Choose(0, 63).Select(bits => (AdapterFacts)bits)), (1, Gen.Constant((AdapterFacts)63)))
        select new PlanScenario(
            plan,
            seed,
            corruptions,
            mischief,
            AllPasses with { ByteLimit = limit, ExceptionBarrier = barrier, Reentrance = reentrance },
            facts);

    /// <summary>Nothing goes wrong, or nothing else than that values are any bits.</summary>
    private static Gen<PlanScenario> Alone =>
        from scenario in Any
        from plan in PlansOfLikeParts
        from mischief in Gen.Elements(Mischief.None, Mischief.Garbles)
        select scenario with { Plan = plan, Corruptions = 0, Mischief = mischief };

    /// <summary>Values that are flat: any bits are worth trying.</summary>
    private static Gen<AdapterPlan> PlansWithoutPointers =>
        from plan in AdapterGen.Plans(0, fixedLimit: 64)
        from types in TypeGen.Any(borrows: true, fixedLimit: 64).Where(type => !SpecAbi.ContainsPointer(type)).ArrayOf(3)
        select plan with
        {
            Type = new([.. types.Take(2).Select((type, i) => new Param("p" + i, type))], SpecAbi.ContainsBorrow(types[2]) ? null : types[2]),
        };

    /// <summary>Types that are easily mistaken for one another.</summary>
    private static readonly ValType[][] Alike =
    [
        [new ValType.Own(new(0)), new ValType.Own(new(1)), new ValType.Stream(new(0)), new ValType.Stream(new(1))],
        [ValType.Of(PrimitiveType.Bool), ValType.Of(PrimitiveType.U8), ValType.Of(PrimitiveType.S8), new ValType.Flags(["a"]), new ValType.Enum(["a", "b"])],
        [ValType.Of(PrimitiveType.U16), ValType.Of(PrimitiveType.S16), new ValType.Flags([.. Enumerable.Range(0, 16).Select(i => "f" + i)])],
        [ValType.Of(PrimitiveType.Char), ValType.Of(PrimitiveType.U32), ValType.Of(PrimitiveType.F32), new ValType.Own(new(0))],
        [ValType.Of(PrimitiveType.U64), ValType.Of(PrimitiveType.F64), ValType.Of(PrimitiveType.S64), ValType.Of(PrimitiveType.S8), ValType.Of(PrimitiveType.F32)],
    ];

    /// <summary>Variants and tuples of them, alone or in lists.</summary>
    private static Gen<AdapterPlan> PlansOfLikeParts =>
        from plan in AdapterGen.Plans(0, fixedLimit: 64)
        from alike in Gen.Elements(Alike)
        from parts in Gen.Choose(1, 10).SelectMany(count => Gen.Elements(alike).ArrayOf(count))
        from type in Gen.Elements<ValType>(
            new ValType.Variant([.. parts.Select((part, i) => new Case("c" + i, part)), new("none", null)]),
            new ValType.Tuple([.. parts.Take(3)]),
            new ValType.FixedLengthList(parts[0], (uint)parts.Length),
            parts[0])
        from inList in Gen.Elements(false, true, true)
        let whole = inList ? new ValType.List(type) : type
        select plan with { Type = new([new("p", whole)], whole) };
}
