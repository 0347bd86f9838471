using System;
using System.Linq;
using System.Threading;
using Fact.Ir;
using Fact.Model.Laws;
using Fact.Properties.Emit;
using Fact.Properties.Generators;
using FsCheck.Xunit;
using Xunit;
using Xunit.Sdk;

namespace Fact.Properties.Facade;

/// <summary>Explanations of adapters say what is in the module, and are linear.</summary>
[Properties(Arbitrary = [typeof(Arbitraries), typeof(WildGen)])]
public sealed class ExplainLaws
{
    [Law(200)]
    public void Sizes_are_those_of_the_code_section(AdapterSet set, CompileOptions options)
    {
        var module = Compiled.Module(set.Build(), options);
        var explanations = Explained(set.Build(), options);
        Assert.Equal(BodySizes(module.Bytes.AsMemory()), explanations.Items.SelectMany(e => e.Functions.Items.Concat(e.Helpers.Items)).Select(func => func.Bytes));
        Assert.Equal(BodySizes(module.Bytes.AsMemory()).Sum(), explanations.Items.Sum(e => e.Bytes));
    }

    [Law(200)]
    public void Functions_are_named_as_in_the_text_and_helpers_belong_to_who_needs_them_first(AdapterSet set, CompileOptions options)
    {
        string text = Compiled.Module(set.Build(), options).ToText();
        var explanations = Explained(set.Build(), options);
        Assert.All(explanations.Items.SelectMany(e => e.Functions.Items.Concat(e.Helpers.Items)),
            func => Assert.Contains($"(func ${func.Name} ", text, StringComparison.Ordinal));
        Assert.Equal(set.Build().Items.Select(adapter => adapter.Name), explanations.Items.Select(e => e.Adapter));
        foreach (var (adapter, explanation) in set.Build().Items.Zip(explanations.Items))
        {
            Assert.Equal(adapter.Lift.Options.Async || adapter.Lower.Options.Async ? 3 : 1, explanation.Functions.Length);
            Assert.NotNull(explanation.Plan);
        }
        // Alone, the first has the same helpers: nobody before it brought any.
        Assert.Equal(Explained([set.Build()[0]], options)[0].Helpers.Items.Select(func => func.Bytes).Sum() > 0, explanations[0].Helpers.Length > 0);
    }

    [Law(100)]
    public void Explaining_twice_says_the_same(AdapterSet set, CompileOptions options) => Assert.Equal(Explained(set.Build(), options), Explained(set.Build(), options));

    [Law(100)]
    public void What_is_wrong_is_what_compiling_says(WildSet wild, CompileOptions options)
    {
        var compiled = AdapterCompiler.Compile(wild.Adapters, options).Match(Right: _ => [], Left: errors => errors);
        Assert.Equal(compiled, AdapterExplainer.Explain(wild.Adapters, options).Match(Right: _ => [], Left: errors => errors));
    }

    [Fact]
    public void What_is_wrong_with_a_component_is_what_compiling_says()
    {
        byte[] bytes = [0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0, 7];
        Assert.Equal(
            ComponentCompiler.Compile(bytes, CompileOptions.Default).Match(Right: _ => [], Left: errors => errors),
            AdapterExplainer.Explain(bytes, CompileOptions.Default).Match(Right: _ => [], Left: errors => errors));
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(
            () => AdapterExplainer.Explain(Wasmtime.Module.ConvertText(Component.Link.Linked.Leaf.Insert(0, "(component ") + ")"), CompileOptions.Default, source.Token));
    }

    [Fact]
    public void What_would_be_too_large_without_passes_is_explained_all_the_same()
    {
        // Each level takes a helper, or sixty times the code of the level below.
        ValType type = ValType.Of(PrimitiveType.String);
        for (int depth = 0; depth < 3; depth++)
        {
            var inner = type;
            type = new ValType.Record([.. Enumerable.Range(0, 60).Select(i => new Field("f" + i, inner))]);
        }
        var adapter = AdapterPlan.Of(new ComponentFuncType([], new ValType.List(type))).Build();
        Assert.NotNull(Assert.Single(Explained([adapter], CompileOptions.Default)).Plan);
    }

    /// <summary>Every adapter shares one large type, so explaining each in full would take the product of the two.</summary>
    [Fact]
    public void Many_adapters_of_one_large_type_are_linear()
    {
        var (few, many) = Ending.Of(() => (Measure(500), Measure(2_000)));
        Assert.InRange(few.InFull, 1, 499);
        Assert.InRange(many.InFull, few.InFull, 1_999);
        Assert.InRange(many.Characters, 1, 4 * few.Characters);
        Assert.InRange(many.Allocated, 1, 6 * few.Allocated);
        // A name of a field takes four characters, and there are a hundred fields for each adapter.
        Assert.InRange(many.Characters, 1, 2_000 * 5_000 + 3_000_000);

        static (long Characters, long Allocated, int InFull) Measure(int count)
        {
            var adapters = Shared(count, fields: 2_000);
            long before = GC.GetAllocatedBytesForCurrentThread();
            var explanations = Explained(adapters, CompileOptions.Default);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.Equal(count, explanations.Length);
            Assert.All(explanations, e => Assert.True(e.Bytes > 0));
            // Those that are explained come first.
            Assert.Equal(explanations.Items.OrderBy(e => e.Plan is null).Select(e => e.Adapter), explanations.Items.Select(e => e.Adapter));
            long characters = explanations.Items.Where(e => e.Plan is not null)
                .Sum(e => e.Plan!.Naive.Items.Sum(line => (long)line.Length) + e.Plan.Plan.Items.Sum(line => (long)line.Length)
                + e.Plan.Effects.Items.Sum(effect => effect.Changes.Items.Sum(line => (long)line.Length)));
            return (characters, allocated, explanations.Items.Count(e => e.Plan is not null));
        }
    }

    /// <summary>Types that double at each level have few nodes and many paths.</summary>
    [Fact]
    public void A_type_with_more_paths_than_anybody_could_walk_is_explained()
    {
        ValType type = ValType.Of(PrimitiveType.Char);
        for (int depth = 0; depth < 45; depth++)
            type = new ValType.List(new ValType.Tuple([type, type]));
        var adapter = AdapterPlan.Of(new ComponentFuncType([new("p", type)], type)).Build();
        var plan = Ending.Of(() => Assert.Single(Explained([adapter], CompileOptions.Default))).Plan!;
        Assert.InRange(plan.Naive.Length, 90, 500);
        Assert.InRange(plan.Plan.Length, 90, 500);
    }

    private static EquatableArray<Adapter> Shared(int count, int fields)
    {
        var type = new ComponentFuncType([],
            new ValType.List(new ValType.Record(
            [.. Enumerable.Range(0, fields).Select(i => new Field("f" + i, ValType.Of(i % 2 == 0 ? PrimitiveType.Bool : PrimitiveType.U8)))])));
        var adapter = AdapterPlan.Of(type).Build();
        return [.. Enumerable.Range(0, count).Select(i => adapter with { Name = "a" + i })];
    }

    private static EquatableArray<AdapterExplanation> Explained(EquatableArray<Adapter> adapters, CompileOptions options) =>
        AdapterExplainer.Explain(adapters, options).Match(Right: explained => explained, Left: errors => throw new XunitException(errors[0].ToString()));

    /// <summary>The sizes in the code section, read from the bytes.</summary>
    private static int[] BodySizes(ReadOnlyMemory<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        reader.Slice(8);
        while (!reader.Ended)
        {
            byte id = reader.Byte();
            var section = reader.Slice(reader.Count());
            if (id == 10)
                return [.. section.Vector(() => section.Slice(section.Count()).Length)];
        }
        return [];
    }
}
