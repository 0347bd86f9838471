using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Model;
using FsCheck;
using FsCheck.Fluent;

namespace Fact.Properties.Generators;

/// <summary>Adapters as a careless caller might make them: valid ones in which something was changed.</summary>
public sealed record WildSet(EquatableArray<Adapter> Adapters)
{
    public override string ToString() =>
        string.Join("\n", Adapters.Items.Select(a => $"{a.Name}: {TypeText.Of(a.Lower.Type)} / {TypeText.Of(a.Lift.Type)} / {a.Lower} / {a.Lift}"));
}

/// <summary>Makes them. <c>[Law]</c> finds the generator by <see cref="Wild"/>.</summary>
public static class WildGen
{
    public static Arbitrary<WildSet> Wild() => Arb.From(
        from set in Arbitraries.Sets().Generator
        from other in Arbitraries.Plans().Generator
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select Changed(set.Build(), other.Build(), new Random(seed)));

    private static WildSet Changed(EquatableArray<Adapter> adapters, Adapter other, Random random)
    {
        Adapter[] changed = [.. adapters.Items];
        int times = random.Next(4);
        for (int i = 0; i < times; i++)
        {
            ref var adapter = ref changed[random.Next(changed.Length)];
            adapter = random.Next(6) switch
            {
                0 => adapter with { Name = random.Next(2) == 0 ? changed[0].Name : Name(random) },
                1 => adapter with { Lift = other.Lift },
                2 => adapter with { Lower = other.Lower },
                3 => adapter with { Lift = Side(adapter.Lift, random) },
                _ => adapter with { Lower = Side(adapter.Lower, random) },
            };
        }
        return new([.. changed]);
    }

    private static string Name(Random random) => random.Next(4) switch
    {
        0 => "",
        1 => "\uDC00",
        2 => "[async-start]adapter0",
        _ => "f0 (mem0 => mem1)\0\u2028💥",
    };

    private static AdapterSide Side(AdapterSide side, Random random) => random.Next(5) switch
    {
        0 => side with { CoreType = new([.. side.CoreType.Params.Items.Take(random.Next(3))], []) },
        1 => side with { Instance = AdapterPlan.Chain(Enumerable.Range(0, 1 + random.Next(3) * 20).Select(_ => (uint)random.Next(3))) },
        2 or 3 => side with { Options = Options(side.Options, random) },
        _ => side with { Type = Type(side.Type, random) },
    };

    private static CanonicalOptions Options(CanonicalOptions options, Random random) => random.Next(9) switch
    {
        0 => options with { Memory = null },
        1 => options with { Realloc = null },
        2 => options with { Callback = new CoreFuncId(1) },
        3 => options with { PostReturn = new CoreFuncId(1) },
        4 => options with { Async = !options.Async },
        5 => options with { DataModel = DataModel.Gc },
        6 => options with { Memory = new(new(0), new(true)) },
        7 => options with { Memory = new(new(77), new(false, random.Next(20))) },
        _ => options with { StringEncoding = (StringEncoding)random.Next(4) },
    };

    private static ComponentFuncType Type(ComponentFuncType type, Random random)
    {
        if (random.Next(4) == 0 || type.Params.IsEmpty)
            return type with { Result = type.Result is { } result ? Broken(result, random) : null };
        int i = random.Next(type.Params.Length);
        return type with { Params = [.. type.Params.Items.SetItem(i, type.Params[i] with { Type = Broken(type.Params[i].Type, random) })] };
    }

    /// <summary>A type with something wrong or different in it, somewhere.</summary>
    private static ValType Broken(ValType type, Random random)
    {
        ValType[] wrong =
        [
            new ValType.Record([]),
            new ValType.Tuple([]),
            new ValType.Variant([]),
            new ValType.Enum([]),
            new ValType.Flags([]),
            new ValType.Flags([.. Enumerable.Range(0, 33).Select(i => "f" + i)]),
            new ValType.FixedLengthList(type, 0),
            new ValType.FixedLengthList(type, uint.MaxValue),
            new ValType.FixedLengthList(type, 1 << 20),
            new ValType.Map(type, type),
            new ValType.Record([new("x", type), new("X", type)]),
            new ValType.Borrow(new(uint.MaxValue)),
            new ValType.List(type),
            Enumerable.Range(0, 300).Aggregate(type, (inner, _) => new ValType.Option(inner)),
        ];
        List<ValType> parts = [.. SpecAbi.Parts(type).Take(20)];
        return type switch
        {
            ValType.List => new ValType.List(Broken(parts[0], random)),
            ValType.Option => new ValType.Option(Broken(parts[0], random)),
            ValType.Tuple when random.Next(3) > 0 => new ValType.Tuple([.. parts.Select((part, i) => i == 0 ? Broken(part, random) : part)]),
            _ => wrong[random.Next(wrong.Length)],
        };
    }
}
