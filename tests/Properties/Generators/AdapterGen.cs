using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Lower;
using FsCheck;
using FsCheck.Fluent;

namespace Fact.Properties.Generators;

/// <summary>A set of adapters that go into one module.</summary>
public sealed record AdapterSet(EquatableArray<AdapterPlan> Plans)
{
    public EquatableArray<Adapter> Build() => [.. Plans.Items.Select(plan => plan.Build())];

    public override string ToString() => string.Join("\n", Plans.Items);
}

/// <summary>Generators of everything that the compiler takes.</summary>
public static class AdapterGen
{
    public static Gen<ComponentFuncType> FuncTypes(ulong fixedLimit) =>
        from count in Gen.Frequency((6, Gen.Choose(0, 3)), (2, Gen.Choose(4, 8)), (1, Gen.Choose(9, 20)))
        from types in TypeGen.Any(borrows: true, fixedLimit).ArrayOf(count)
        from names in Labels.Distinct(count)
        from result in Gen.Frequency((1, Gen.Constant<ValType?>(null)), (3, TypeGen.Any(borrows: false, fixedLimit).Select(t => (ValType?)t)))
        select new ComponentFuncType([.. types.Select((t, i) => new Param(names[i], t))], result);

    public static Gen<SidePlan> Sides =>
        from encoding in Gen.Elements(Enum.GetValues<StringEncoding>())
        from memory in Gen.Frequency((4, Gen.Constant(MemoryPlan.WhereNeeded)), (4, Gen.Elements(Enum.GetValues<MemoryPlan>())))
        from isAsync in Gen.Elements(false, false, true)
        from callback in Gen.Elements(false, true)
        from postReturn in Gen.Elements(false, true)
        from anyway in Gen.Elements(false, false, true)
        select new SidePlan(encoding, memory, isAsync, callback, postReturn, anyway);

    public static Gen<AdapterPlan> Plans(int number, ulong fixedLimit = TypeGen.LargeFixedLists) =>
        from type in FuncTypes(fixedLimit)
        from lower in Sides
        from lift in Sides
        from kinship in Gen.Elements(Enum.GetValues<Kinship>())
        select new AdapterPlan(number, type, lower, lift, kinship);

    public static Gen<CompileOptions> Options =>
        from limit in Gen.Elements(Enum.GetValues<ByteLimit>())
        from bits in Gen.Choose(0, 15)
        from reentrance in Gen.Elements(Enum.GetValues<Reentrance>())
        from transcoders in Gen.Elements(Enum.GetValues<Transcoders>())
        from optimize in Gen.Elements(Enum.GetValues<Optimize>())
        select new CompileOptions(limit, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0, reentrance, transcoders, Optimize: optimize);

    public static IEnumerable<AdapterPlan> Shrink(AdapterPlan plan)
    {
        foreach (var type in Shrink(plan.Type))
            yield return plan with { Type = type };
        if (plan.Kinship != Kinship.Siblings)
            yield return plan with { Kinship = Kinship.Siblings };
        foreach (var side in Shrink(plan.Lower))
            yield return plan with { Lower = side };
        foreach (var side in Shrink(plan.Lift))
            yield return plan with { Lift = side };
    }

    private static IEnumerable<ComponentFuncType> Shrink(ComponentFuncType type)
    {
        for (int i = 0; i < type.Params.Length; i++)
            yield return type with { Params = [.. type.Params.Items.RemoveAt(i)] };
        if (type.Result is { } result)
        {
            yield return type with { Result = null };
            foreach (var simpler in TypeGen.Shrink(result))
                yield return type with { Result = simpler };
        }
        for (int i = 0; i < type.Params.Length; i++)
        {
            foreach (var simpler in TypeGen.Shrink(type.Params[i].Type))
                yield return type with { Params = [.. type.Params.Items.SetItem(i, type.Params[i] with { Type = simpler })] };
        }
    }

    private static IEnumerable<SidePlan> Shrink(SidePlan side)
    {
        var plain = new SidePlan();
        SidePlan[] simpler =
        [
            side with { Encoding = plain.Encoding },
            side with { Memory = plain.Memory },
            side with { Async = false },
            side with { Callback = false },
            side with { PostReturn = false },
            side with { ReallocAnyway = false },
        ];
        return simpler.Where(one => one != side);
    }
}

/// <summary>What FsCheck makes arguments of laws with: <c>[Properties(Arbitrary = [typeof(Arbitraries)])]</c>.</summary>
public static class Arbitraries
{
    public static Arbitrary<ValType> Types() => Arb.From(TypeGen.Any(borrows: true), TypeGen.Shrink);

    public static Arbitrary<AdapterPlan> Plans() => Arb.From(AdapterGen.Plans(0), AdapterGen.Shrink);

    public static Arbitrary<AdapterSet> Sets() => Arb.From(
        from count in Gen.Frequency((4, Gen.Constant(1)), (3, Gen.Choose(2, 4)))
        from plans in Gen.CollectToArray(Enumerable.Range(0, count).Select(number => AdapterGen.Plans(number)))
        select new AdapterSet([.. plans]),
        set => set.Plans.Items.Select(plan => new AdapterSet([plan]))
            .Where(one => one.Plans.Length < set.Plans.Length)
            .Concat(set.Plans.Items.SelectMany((plan, i) => AdapterGen.Shrink(plan).Select(simpler => new AdapterSet(new(set.Plans.Items.SetItem(i, simpler)))))));

    public static Arbitrary<CompileOptions> Options() => Arb.From(AdapterGen.Options);
}
