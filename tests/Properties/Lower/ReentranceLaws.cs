using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Lower;
using Fact.Model.Laws;
using Fact.Properties.Generators;
using FsCheck.Xunit;
using Xunit;

namespace Fact.Properties.Lower;

/// <summary>What an adapter has to do with the component instances around its sides: nothing, unless the older rule of reentrance is asked for.</summary>
[Properties(Arbitrary = [typeof(Arbitraries), typeof(WildGen)])]
public sealed class ReentranceLaws
{
    private static readonly CompileOptions OlderRule = CompileOptions.Default with { Reentrance = Reentrance.Trap };

    [Law(200)]
    public void Where_reentrance_is_allowed_parents_do_not_matter(AdapterSet set, CompileOptions options)
    {
        options = options with { Reentrance = Reentrance.Allow };
        var adapters = set.Build();
        var orphans = adapters.Items.Select(a => a with
        {
            Lift = a.Lift with { Instance = new(a.Lift.Instance.Id) },
            Lower = a.Lower with { Instance = new(a.Lower.Instance.Id) },
        }).ToEquatableArray();
        Assert.Equal(Compiled.Module(adapters, options).Bytes.ToArray(), Compiled.Module(orphans, options).Bytes.ToArray());
    }

    [Law(200)]
    public void Where_reentrance_is_allowed_only_bit_0_of_flags_is_looked_at_and_changed(AdapterSet set, CompileOptions options)
    {
        foreach (var func in Compiled.Module(set.Build(), options with { Reentrance = Reentrance.Allow }).Code.Funcs)
        {
            Instr[] code = [.. CodeWalk.All(func.Body)];
            for (int i = 0; i < code.Length; i++)
            {
                // Flags are read in order to test the bit, to set it, or to clear it.
                if (code[i] is Instr.Global { Op: GlobalOp.Get })
                {
                    Assert.Contains((code[i + 1], code[i + 2]), new (Instr, Instr)[]
                    {
                        (new Instr.I32Const(1), new Instr.Plain(PlainOp.I32And)),
                        (new Instr.I32Const(1), new Instr.Plain(PlainOp.I32Or)),
                        (new Instr.I32Const(~1), new Instr.Plain(PlainOp.I32And)),
                    });
                }
            }
        }
    }

    [Fact]
    public void However_deep_instances_are_an_adapter_is_as_large_where_reentrance_is_allowed()
    {
        var shallow = Between(AdapterPlan.Chain(1, 0), AdapterPlan.Chain(2, 0));
        var deep = Between(Deep(1, 100_000), Deep(2, 100_000));
        Assert.Equal(Compiled.Module([shallow], CompileOptions.Default).Bytes.ToArray(), Compiled.Module([deep], CompileOptions.Default).Bytes.ToArray());
    }

    [Theory]
    [InlineData(32, 0)]
    [InlineData(0, 32)]
    [InlineData(32, 32)]
    public void By_the_older_rule_instances_may_be_32_deep(int lower, int lift)
    {
        var module = Compiled.Module([Between(Deep(1, lower), Deep(2, lift))], OlderRule);
        Assert.Equal(lift + 2, module.Imports.Items.Count(import => import.Denotes is Import.InstanceFlags));
    }

    [Theory]
    [InlineData(33, 0)]
    [InlineData(0, 33)]
    [InlineData(100_000, 100_000)]
    public void By_the_older_rule_deeper_ones_are_an_error_that_names_the_limit(int lower, int lift)
    {
        var adapter = Between(Deep(1, lower), Deep(2, lift));
        var errors = AdapterCompiler.Compile([adapter, adapter with { Name = "other" }], OlderRule).Match(Right: _ => [], Left: found => found);
        var error = Assert.Single(errors);
        Assert.Equal("adapter0", error.Adapter);
        Assert.Contains("an instance may be inside of 32 others", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Instances_are_equal_that_are_in_equal_instances()
    {
        Assert.Equal(AdapterPlan.Chain(2, 1, 0), AdapterPlan.Chain(2, 1, 0));
        Assert.Equal(AdapterPlan.Chain(2, 1, 0).GetHashCode(), AdapterPlan.Chain(2, 1, 0).GetHashCode());
        Assert.NotEqual(AdapterPlan.Chain(2, 1, 0), AdapterPlan.Chain(2, 3, 0));
        Assert.NotEqual(AdapterPlan.Chain(2, 1, 0), AdapterPlan.Chain(2, 0));
        Assert.NotEqual(AdapterPlan.Chain(2, 0), AdapterPlan.Chain(2));
        Assert.Equal(Deep(1, 1_000_000), Deep(1, 1_000_000));
    }

    private static Adapter Between(InstanceNode lower, InstanceNode lift)
    {
        var adapter = AdapterPlan.Of(new([], null), lift: new(PostReturn: true)).Build();
        return adapter with { Lower = adapter.Lower with { Instance = lower }, Lift = adapter.Lift with { Instance = lift } };
    }

    /// <summary>An instance inside of so many others, which only it is in.</summary>
    private static InstanceNode Deep(uint id, int depth) => AdapterPlan.Chain(Numbers(id, depth).Prepend(id));

    private static IEnumerable<uint> Numbers(uint id, int depth) => Enumerable.Range(0, depth).Select(i => (id * 1_000_000) + (uint)i);
}
