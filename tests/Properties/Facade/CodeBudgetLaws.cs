using System;
using System.Linq;
using System.Threading;
using Fact.Ir;
using Fact.Lower;
using Fact.Model.Laws;
using Fact.Properties.Generators;
using FsCheck.Xunit;
using Xunit;

namespace Fact.Properties.Facade;

/// <summary>The code of all adapters together is linear in their number, or an error names the limit.</summary>
[Properties(Arbitrary = [typeof(Arbitraries)])]
public sealed class CodeBudgetLaws
{
    private static readonly ValType Text = ValType.Of(PrimitiveType.String);

    [Law(100)]
    public void A_budget_of_what_is_needed_is_enough_and_one_instruction_less_is_an_error(AdapterSet set, CompileOptions options)
    {
        var adapters = set.Build();
        long work = Compiled.Work(adapters, options.Lower);
        Assert.True(Lowering.Run(adapters, options.Lower, new CodeBudget(adapters.Length, work, default)).IsRight);
        var errors = Lowering.Run(adapters, options.Lower, new CodeBudget(adapters.Length, work - 1, default)).Match(Right: _ => [], Left: e => e);
        Assert.Contains($"more than {work - 1} instructions", Assert.Single(errors).Message, StringComparison.Ordinal);
    }

    [Law(100)]
    public void Code_is_paid_for(AdapterSet set, CompileOptions options)
    {
        var adapters = set.Build();
        long instructions = Compiled.Program(adapters, options.Lower).Adapters.Items.SelectMany(a => a.Funcs.Items).Sum(func => CodeWalk.All(func.Body).LongCount());
        // A guard is paid for without the trap in it.
        Assert.InRange(Compiled.Work(adapters, options.Lower), instructions / 2, long.MaxValue);
    }

    public static TheoryData<int, bool, bool> Hostile => new()
    {
        { 3_000, true, false },
        { 3_000, false, true },
        { 30_000, true, true },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_large_type_used_with_many_memories_or_allocators_is_an_error(int count, bool memories, bool reallocs)
    {
        var adapters = Many(count, 2_000, memories, reallocs);
        var (error, allocated) = Ending.Of(() =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            return (Assert.Single(Compiled.Errors(adapters)), GC.GetAllocatedBytesForCurrentThread() - before);
        });
        Assert.Null(error.Adapter);
        Assert.Contains($"limit for {count} adapters", error.Message, StringComparison.Ordinal);
        Assert.InRange(allocated, 0, 500_000_000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(3_000)]
    public void How_adapters_are_divided_into_modules_does_not_matter_for_the_limit(int perModule)
    {
        var adapters = Many(3_000, 2_000, memories: true, reallocs: true);
        EquatableArray<Adapter>[] sets = [.. adapters.Chunk(perModule).Select(chunk => chunk.ToEquatableArray())];
        var errors = Ending.Of(() => AdapterCompiler.CompileAll(sets, CompileOptions.Debug)).Match(Right: _ => [], Left: e => e);
        Assert.Contains("limit for 3000 adapters", Assert.Single(errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_modules_that_lay_out_a_large_type_again_and_again_are_an_error()
    {
        // No code for it: the function that has the type is the same everywhere, but not in the module that it is checked for.
        EquatableArray<Adapter>[] sets = [.. Many(20_000, 5_000, memories: false, reallocs: false).Select(adapter => (EquatableArray<Adapter>)[adapter])];
        Assert.True(Ending.Of(() => AdapterCompiler.CompileAll(sets, CompileOptions.Default)).IsLeft);
    }

    [Fact]
    public void Small_types_with_many_memories_are_fine()
    {
        var adapters = Many(5_000, 3, memories: true, reallocs: true);
        EquatableArray<Adapter>[] sets = [.. adapters.Chunk(50).Select(chunk => chunk.ToEquatableArray())];
        Assert.True(AdapterCompiler.CompileAll(sets, CompileOptions.Default).IsRight);
    }

    [Fact]
    public void A_token_that_is_cancelled_meanwhile_is_heeded()
    {
        using var source = new CancellationTokenSource();
        var budget = new CodeBudget(10, source.Token);
        var adapters = Many(10, 10, memories: false, reallocs: true).ToEquatableArray();
        Assert.True(Lowering.Run(adapters, new(), budget).IsRight);
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => Lowering.Run(adapters, new(), budget));
    }

    /// <summary>Adapters that return one list of records, each with a memory or an allocator of its own.</summary>
    private static Adapter[] Many(int count, int fields, bool memories, bool reallocs)
    {
        var type = new ComponentFuncType([], new ValType.List(new ValType.Record([.. Enumerable.Range(0, fields).Select(i => new Field("f" + i, Text))])));
        var adapter = AdapterPlan.Of(type).Build();
        return [.. Enumerable.Range(0, count).Select(i => adapter with
        {
            Name = "a" + i,
            Lower = adapter.Lower with
            {
                Options = adapter.Lower.Options with
                {
                    Memory = memories ? adapter.Lower.Options.Memory! with { Id = new((uint)(1_000_000 + i)) } : adapter.Lower.Options.Memory,
                    Realloc = reallocs ? new CoreFuncId((uint)(1_000_000 + i)) : adapter.Lower.Options.Realloc,
                },
            },
        })];
    }
}
