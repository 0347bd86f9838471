using Fact.Ir;
using Fact.Model.Laws;
using Fact.Properties.Generators;
using Xunit;

namespace Fact.Properties.Facade;

public sealed class OptionLaws
{
    private static readonly EquatableArray<Adapter> Adapters =
    [
        AdapterPlan.Of(new([new("p", ValType.Of(PrimitiveType.String)), new("q", new ValType.List(ValType.Of(PrimitiveType.Char)))], null)).Build(),
    ];

    /// <summary>Numbers that are no value of an enumeration are options from outside like others.</summary>
    [Law(200)]
    public void Whatever_numbers_options_are_compiling_throws_nothing(int optimize, int transcoders, int reentrance, int limit, int tables)
    {
        var options = CompileOptions.Default with
        {
            Optimize = (Optimize)optimize,
            Transcoders = (Transcoders)transcoders,
            Reentrance = (Reentrance)reentrance,
            ByteLimit = (ByteLimit)limit,
            HandleTables = (HandleTables)tables,
        };
        var first = AdapterCompiler.Compile(Adapters, options);
        Assert.Equal(first.Map(module => module.Bytes.Length), AdapterCompiler.Compile(Adapters, options).Map(module => module.Bytes.Length));
    }
}
