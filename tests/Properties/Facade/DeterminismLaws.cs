using System.Linq;
using System.Threading.Tasks;
using Fact.Emit;
using Fact.Ir;
using Fact.Model.Laws;
using Fact.Properties.Generators;
using FsCheck.Xunit;
using Xunit;

namespace Fact.Properties.Facade;

/// <summary>The same input gives the same bytes, whoever asks, when and beside whom.</summary>
[Properties(Arbitrary = [typeof(Arbitraries), typeof(WildGen)])]
public sealed class DeterminismLaws
{
    [Law(150)]
    public void Compiling_is_deterministic(AdapterSet set, CompileOptions options) =>
        Assert.Equal(Bytes(set.Build(), options), Bytes(set.Build(), options));

    [Law(60)]
    public void Compiling_in_parallel_gives_the_same_bytes(AdapterSet set, CompileOptions options)
    {
        var expected = Bytes(set.Build(), options);
        var results = new byte[8][];
        Parallel.For(0, results.Length, i => results[i] = Bytes(set.Build(), options));
        Assert.All(results, bytes => Assert.Equal(expected, bytes));
    }

    [Law(60)]
    public void Compiling_all_sets_at_once_gives_what_each_alone_gives(AdapterSet a, AdapterSet b, CompileOptions options)
    {
        EquatableArray<Adapter>[] sets = [a.Build(), b.Build(), []];
        var modules = AdapterCompiler.CompileAll(sets, options).Match(Right: all => all, Left: _ => []);
        Assert.Equal(sets.Select(set => Bytes(set, options)), modules.Items.Select(module => module.Bytes.ToArray()));
    }

    [Law(100)]
    public void How_types_share_their_parts_does_not_matter(AdapterSet set, CompileOptions options)
    {
        var adapters = set.Build();
        var copies = adapters.Items.Select(adapter => adapter with
        {
            Lift = adapter.Lift with { Type = Unshared(adapter.Lift.Type) },
            Lower = adapter.Lower with { Type = Unshared(adapter.Lower.Type) },
        }).ToEquatableArray();
        Assert.Equal(Bytes(adapters, options), Bytes(copies, options));
    }

    [Law(100)]
    public void Programs_lowered_apart_and_combined_are_the_program_lowered_together(AdapterSet set, CompileOptions options)
    {
        var adapters = set.Build();
        var apart = adapters.Items.Select(adapter => Compiled.Program([adapter], options.Lower));
        var combined = Emitted.Of(Combine.Run(apart), options.Emit);
        Assert.Equal(Bytes(adapters, options), combined.Bytes.ToArray());
    }

    [Law(60)]
    public void An_adapter_costs_only_its_own_function_the_second_time(AdapterPlan plan)
    {
        var once = Compiled.Module(plan);
        var twice = Compiled.Module([plan.Build(), (plan with { Number = 1 }).Build()], CompileOptions.Default);
        int own = plan.Lower.Async || plan.Lift.Async ? 3 : 1;
        Assert.Equal(once.Code.Funcs.Length + own, twice.Code.Funcs.Length);
    }

    private static byte[] Bytes(EquatableArray<Adapter> adapters, CompileOptions options) =>
        [.. Compiled.Module(adapters, options).Bytes];

    private static ComponentFuncType Unshared(ComponentFuncType type) => type with
    {
        Params = [.. type.Params.Items.Select(p => p with { Type = Unshared(p.Type) })],
        Result = type.Result is { } result ? Unshared(result) : null,
    };

    private static ValType Unshared(ValType type) => type switch
    {
        ValType.List t => new ValType.List(Unshared(t.Element)),
        ValType.FixedLengthList t => new ValType.FixedLengthList(Unshared(t.Element), t.Length),
        ValType.Map t => new ValType.Map(Unshared(t.Key), Unshared(t.Value)),
        ValType.Record t => new ValType.Record([.. t.Fields.Items.Select(f => f with { Type = Unshared(f.Type) })]),
        ValType.Tuple t => new ValType.Tuple([.. t.Types.Items.Select(Unshared)]),
        ValType.Variant t => new ValType.Variant([.. t.Cases.Items.Select(c => c with { Type = c.Type is { } payload ? Unshared(payload) : null })]),
        ValType.Option t => new ValType.Option(Unshared(t.Some)),
        ValType.Result t => new ValType.Result(t.Ok is { } ok ? Unshared(ok) : null, t.Error is { } error ? Unshared(error) : null),
        _ => type with { },
    };
}
