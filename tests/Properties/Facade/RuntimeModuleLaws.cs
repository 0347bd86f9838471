using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Fact.Component.Plan;
using Fact.Ir;
using Fact.Properties.Cli;
using Fact.Properties.Generators;
using Xunit;

namespace Fact.Properties.Facade;

/// <summary>The runtime module of a component fits its plan: who is linked to it gets what is asked for.</summary>
public sealed class RuntimeModuleLaws
{
    public static TheoryData<string> Components => [.. Repository.Samples, .. Corpus.Files];

    [Theory]
    [MemberData(nameof(Components))]
    public void The_runtime_module_has_what_adapters_and_guests_import(string path)
    {
        byte[] bytes = path.EndsWith(".wat", StringComparison.Ordinal) ? Wasmtime.Module.ConvertText(File.ReadAllText(path)) : File.ReadAllBytes(path);
        if (!ComponentCompiler.TryCompile(bytes, CompileOptions.Default, out var component, out _))
            return;
        Assert.Equal(component.Plan.Tables.ResourceTables.IsEmpty, component.Runtime is null);
        var reference = ComponentCompiler.Compile(bytes, CompileOptions.Default with { HandleTables = HandleTables.Imported }).Match(found => found, _ => null!);
        Assert.Null(reference.Runtime);
        foreach (var (expected, actual) in reference.AdapterModules.Zip(component.AdapterModules))
            Assert.True(expected.Bytes.AsSpan().SequenceEqual(actual.Bytes.AsSpan()));
        if (component.Runtime is not { } runtime)
            return;
        Assert.Null(Engines.Fault(runtime.Bytes));
        var exports = runtime.Exports.Items.ToDictionary(export => export.Name, export => export.Type);
        foreach (var import in component.AdapterModules.SelectMany(module => module.Imports).Where(import => import.Module == "resource"))
            Assert.Equal(import.Type, new ModuleImportType.Func(exports[import.Name]));
        foreach (var trampoline in component.Plan.Trampolines)
        {
            if (PlanHandles.Builtin(trampoline) is { } builtin)
                Assert.Equal(trampoline.CoreType, exports[builtin.Name]);
        }
        Assert.All(runtime.Imports, import => Assert.True(import.Denotes switch
        {
            Import.InstanceFlags flags => flags.Instance.Value < component.Plan.Instances.Length,
            Import.ResourceDrop drop => component.Plan.Tables.Resources[(int)drop.Resource.Value] is PlanResource.Imported,
            _ => false,
        }));
    }
}
