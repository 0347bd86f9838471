using System;
using System.Linq;
using System.Threading;
using Fact.Ir;
using Fact.Properties.Generators;
using Xunit;

namespace Fact.Properties.Facade;

/// <summary>Several modules at once.</summary>
public sealed class CompileAllLaws
{
    private static readonly Adapter
        Good = AdapterPlan.Of(new([new("p", ValType.Of(PrimitiveType.U8))], null)).Build(),
        Bad = Good with { Name = "bad", Lift = Good.Lift with { CoreType = CoreFuncType.Empty } },
        Worse = Bad with { Name = "worse" };

    [Fact]
    public void No_adapters_make_a_module_without_content()
    {
        var module = Compiled.Module([], CompileOptions.Debug);
        Assert.Null(Engines.Fault(module.Bytes));
        Assert.True(module.Imports.IsEmpty && module.Exports.IsEmpty && module.Code.Funcs.IsEmpty);
    }

    [Fact]
    public void No_sets_make_no_modules() =>
        Assert.True(AdapterCompiler.CompileAll([], CompileOptions.Default).Match(Right: modules => modules.IsEmpty, Left: _ => false));

    [Fact]
    public void The_errors_of_all_sets_come_in_the_order_of_the_sets() => Assert.Equal(
        ["worse", "bad"],
        AdapterCompiler.CompileAll([[Worse], [Good], [Bad, Worse]], CompileOptions.Default).Match(
            Right: _ => [],
            Left: errors => errors.Items.Select(error => error.Adapter!).ToArray()));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_cancelled_token_is_heeded(int sets) => Assert.ThrowsAny<OperationCanceledException>(() =>
        AdapterCompiler.CompileAll([.. Enumerable.Repeat<EquatableArray<Adapter>>([Good], sets)], CompileOptions.Default, new CancellationToken(canceled: true)));
}
