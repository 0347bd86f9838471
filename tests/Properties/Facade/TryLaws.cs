using System;
using System.Linq;
using Fact.Ir;
using Fact.Model.Laws;
using Fact.Properties.Cli;
using Fact.Properties.Generators;
using FsCheck.Xunit;
using Wasmtime;
using Xunit;

namespace Fact.Properties.Facade;

/// <summary>The forms for callers that have no use for <c>Either</c> say what the others say.</summary>
[Properties(Arbitrary = [typeof(Arbitraries)])]
public sealed class TryLaws
{
    [Law]
    public void Of_adapters(AdapterPlan plan, bool twice)
    {
        EquatableArray<Adapter> adapters = twice ? [plan.Build(), plan.Build()] : [plan.Build()];
        bool done = AdapterCompiler.TryCompile(adapters, CompileOptions.Default, out var module, out var diagnostics);
        var result = AdapterCompiler.Compile(adapters, CompileOptions.Default);
        Assert.Equal(!twice, done);
        Assert.Equal(result.Match(Right: found => found.Bytes.ToArray(), Left: _ => new byte[0]), module?.Bytes.ToArray() ?? []);
        Assert.Equal(result.Match(Right: _ => default, Left: found => found), diagnostics);

        Assert.Equal(done, AdapterCompiler.TryCompileAll([adapters, adapters], CompileOptions.Default, out var modules, out var all));
        Assert.Equal(done ? 2 : 0, modules.Length);
        Assert.Equal(diagnostics, all);
    }

    [Theory]
    [InlineData("library")]
    [InlineData("numbers")]
    public void Of_components(string sample)
    {
        byte[] bytes = Module.ConvertText(System.IO.File.ReadAllText(Repository.Sample(sample)));
        Assert.True(ComponentCompiler.TryLink(bytes, out var plan, out var none));
        Assert.Empty(none);
        Assert.True(ComponentCompiler.TryCompile(plan, CompileOptions.Default, out var fromPlan, out _));
        Assert.True(ComponentCompiler.TryCompile(bytes, CompileOptions.Default, out var component, out _));
        Assert.Equal(component.AdapterModules.Items.Select(module => module.ToText()), fromPlan.AdapterModules.Items.Select(module => module.ToText()));
        Assert.True(component.TryToJson(out var json, out _));
        Assert.Equal(component.ToJson().Match(Right: text => text.ToArray(), Left: _ => new byte[0]), json.ToArray());
    }

    [Fact]
    public void Of_what_is_no_component()
    {
        Assert.False(ComponentCompiler.TryLink(new byte[] { 1, 2 }, out var plan, out var diagnostics));
        Assert.Null(plan);
        Assert.Equal(DiagnosticCode.NotAComponent, Assert.Single(diagnostics).Code);
        Assert.False(ComponentCompiler.TryCompile(ReadOnlyMemory<byte>.Empty, CompileOptions.Default, out var component, out _));
        Assert.Null(component);
    }

    [Fact]
    public void A_missing_adapter_is_the_callers_mistake() =>
        Assert.Equal("adapters", Assert.Throws<ArgumentException>(() => AdapterCompiler.Compile([null!], CompileOptions.Default)).ParamName);
}
