using System.Linq;
using Fact.Ir;
using Fact.Lower.Passes;
using Fact.Properties.Generators;
using Xunit;

namespace Fact.Properties.Lower.Passes;

/// <summary>Which functions check ranges and allocations themselves.</summary>
public sealed class InlineSmallHelpersFacts
{
    private const string Pass = "inline-small-helpers";

    /// <summary>More parameters than are flat: they are read from a memory, which is checked, and written where an allocator says, which is checked too.</summary>
    private static readonly ComponentFuncType InMemory =
        new([.. Enumerable.Range(0, CanonicalAbi.MaxFlatParams + 1).Select(i => new Param("p" + i, ValType.Of(PrimitiveType.U32)))], null);

    [Fact]
    public void An_adapter_checks_the_memory_of_its_parameters_itself()
    {
        Assert.Equal(1, Functions(CompileOptions.Default, PassList.All));
        Assert.InRange(Functions(CompileOptions.Default, PassList.All.Without(Pass)), 2, 4);
        Assert.InRange(Functions(CompileOptions.Default with { Optimize = Optimize.Size }, PassList.All), 2, 4);
    }

    /// <summary>Parameters move inside of the barrier.</summary>
    [Fact]
    public void Behind_the_barrier_it_does_so_too()
    {
        var options = CompileOptions.Default with { ExceptionBarrier = true };
        Assert.InRange(Functions(options, PassList.All), 1, Functions(options, PassList.All.Without(Pass)) - 1);
    }

    private static int Functions(CompileOptions options, PassList passes) =>
        Compiled.Module(AdapterPlan.Of(InMemory, new(StringEncoding.Utf8), new(StringEncoding.Utf8)).Build(), options, passes).Code.Funcs.Length;
}
