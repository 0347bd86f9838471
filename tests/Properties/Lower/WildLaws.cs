using System;
using System.Linq;
using Fact.Model.Laws;
using Fact.Properties.Generators;
using FsCheck.Xunit;
using Xunit;

namespace Fact.Properties.Lower;

/// <summary>Whatever a caller hands over becomes a valid module or errors, and never an exception.</summary>
[Properties(Arbitrary = [typeof(Arbitraries), typeof(WildGen)])]
public sealed class WildLaws
{
    [Law(400)]
    public void What_the_compiler_accepts_validates(WildSet wild, CompileOptions options) =>
        AdapterCompiler.Compile(wild.Adapters, options).Match(
            Right: module => Assert.Null(Engines.Fault(module.Bytes)),
            Left: errors => Assert.NotEmpty(errors.Items));

    [Law(300)]
    public void An_error_names_an_adapter_of_the_set_and_says_what_is_wrong(WildSet wild)
    {
        foreach (var error in Compiled.Errors([.. wild.Adapters.Items]))
        {
            Assert.Contains(error.Adapter, wild.Adapters.Items.Select(adapter => adapter.Name));
            Assert.NotEmpty(error.Message);
            Assert.DoesNotContain('\n', error.ToString());
        }
    }

    [Law(200)]
    public void Another_core_type_is_always_an_error(AdapterPlan plan, bool lift, byte where)
    {
        var adapter = plan.Build();
        var side = lift ? adapter.Lift : adapter.Lower;
        var types = side.CoreType.Params.Items;
        var changed = types.IsEmpty || where % 3 == 0 ? types.Add(Fact.Ir.CoreValType.F32) : types.RemoveAt(where % types.Length);
        side = side with { CoreType = side.CoreType with { Params = [.. changed] } };
        string path = lift ? "lift" : "lower";
        Assert.Contains(
            Compiled.Errors(lift ? adapter with { Lift = side } : adapter with { Lower = side }),
            e => e.Path == path && e.Message.StartsWith("the core type is", StringComparison.Ordinal));
    }

    [Law(300)]
    public void A_memory_or_allocator_that_values_need_is_an_error_where_it_is_missing(AdapterPlan plan)
    {
        static SidePlan Least(SidePlan side) => side with { Memory = MemoryPlan.WhereNeeded, ReallocAnyway = false };

        var adapter = (plan with { Lower = Least(plan.Lower), Lift = Least(plan.Lift) }).Build();
        foreach (bool lift in new[] { false, true })
        {
            var options = (lift ? adapter.Lift : adapter.Lower).Options;
            if (options.Memory is not null)
                Missing(lift, options with { Memory = null }, "values of this function live in memory, but the side has none");
            if (options.Realloc is not null)
                Missing(lift, options with { Realloc = null }, "values are allocated on this side, but it has no realloc");
        }

        void Missing(bool lift, Fact.Ir.CanonicalOptions options, string message) => Assert.Contains(
            Compiled.Errors(lift ? adapter with { Lift = adapter.Lift with { Options = options } } : adapter with { Lower = adapter.Lower with { Options = options } }),
            e => e.Path == (lift ? "lift" : "lower") && e.Message.StartsWith(message, StringComparison.Ordinal));
    }
}
