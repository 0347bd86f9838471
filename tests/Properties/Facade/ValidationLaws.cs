using System.Collections.Immutable;
using System.Linq;
using Fact.Ir;
using Fact.Model.Laws;
using Fact.Properties.Generators;
using FsCheck.Xunit;
using Xunit;

namespace Fact.Properties.Facade;

/// <summary>What the compiler makes is a module that an engine takes and a host can read.</summary>
[Properties(Arbitrary = [typeof(Arbitraries), typeof(WildGen)])]
public sealed class ValidationLaws
{
    [Law(400)]
    public void Every_adapter_module_validates(AdapterSet set, CompileOptions options) =>
        Assert.Null(Engines.Fault(Compiled.Module(set.Build(), options).Bytes));

    [Law(150)]
    public void No_two_imports_and_no_two_exports_have_the_same_name(AdapterSet set, CompileOptions options)
    {
        var module = Compiled.Module(set.Build(), options);
        Assert.Equal(module.Imports.Length, module.Imports.Items.Select(import => (import.Module, import.Name)).Distinct().Count());
        Assert.Equal(module.Exports.Length, module.Exports.Items.Select(export => export.Name).Distinct().Count());
    }

    [Law(150)]
    public void No_two_imports_denote_the_same(AdapterSet set)
    {
        var module = Compiled.Module(set.Build(), CompileOptions.Default);
        Assert.Equal(module.Imports.Length, module.Imports.Items.Select(import => import.Denotes).Distinct().Count());
    }

    [Law(150)]
    public void An_adapter_has_the_core_type_of_the_lowering(AdapterSet set)
    {
        var module = Compiled.Module(set.Build(), CompileOptions.Default);
        foreach (var adapter in set.Build())
            Assert.Equal(adapter.Lower.CoreType, module.Exports.Items.Single(export => export.Name == adapter.Name).Type);
    }

    [Law(150)]
    public void Names_are_only_added_at_the_end(AdapterSet set, CompileOptions options)
    {
        var without = Compiled.Module(set.Build(), options with { Names = false }).Bytes;
        var with = Compiled.Module(set.Build(), options with { Names = true }).Bytes;
        Assert.True(with.Length > without.Length);
        int common = without.Length;
        if (!options.TrapInfo)
            Assert.Equal(without.AsSpan(), with.AsSpan()[..common]);
    }

    [Law(150)]
    public void Only_debug_builds_assert(AdapterSet set, CompileOptions options)
    {
        var traps = TrapCodes(Compiled.Module(set.Build(), options with { Assertions = false }));
        Assert.DoesNotContain(traps, code => code >= TrapCode.AssertPointerAligned);
    }

    [Law(150)]
    public void Only_modules_with_a_barrier_catch(AdapterSet set, CompileOptions options)
    {
        Assert.DoesNotContain(TrapCode.UncaughtException, TrapCodes(Compiled.Module(set.Build(), options with { ExceptionBarrier = false })));
        var adapters = set.Build();
        if (adapters.Items.Any(adapter => !adapter.Lift.Options.Async && !adapter.Lower.Options.Async))
            Assert.Contains(TrapCode.UncaughtException, TrapCodes(Compiled.Module(adapters, options with { ExceptionBarrier = true })));
    }

    private static ImmutableHashSet<TrapCode> TrapCodes(AdapterModule module) =>
        [.. module.Code.Funcs.Items.SelectMany(func => CodeWalk.All(func.Body)).OfType<Instr.Trap>().Select(trap => trap.Code)];
}
