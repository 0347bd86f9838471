using System.Collections.Generic;
using System.IO;
using System.Linq;
using Fact.Component;
using Fact.Component.Plan;
using Fact.Ir;
using Fact.Properties;
using Xunit;

namespace Fact.Conformance.Corpus;

/// <summary>
/// A host written for the reference's adapter modules can host ours: there are as many of them, and each has the same imports
/// and exports, by name and type, but for flags, of which ours have fewer. Names number adapters, memories and functions, so they also pin the order in which
/// adapters are found and how they are divided into modules.
/// </summary>
public sealed class AdapterModuleLaws
{
    [CorpusFact]
    public void Synchronous_adapter_modules_have_the_reference_s_imports_and_exports() => Compare(gated: false);

    [CorpusFact]
    public void Gated_adapter_modules_have_the_reference_s_imports_and_exports() => Compare(gated: true);

    [CorpusFact]
    public void Instance_flags_are_those_of_the_plan_s_instances()
    {
        foreach (var component in Scripts.Components().Where(c => c.IsValid))
        {
            var compiled = Compiled(component);
            foreach (var import in compiled.AdapterModules.Items.SelectMany(m => m.Imports.Items))
            {
                if (import.Denotes is Import.InstanceFlags(var instance))
                {
                    Assert.Equal($"instance{instance.Value}", import.Name);
                    Assert.InRange(instance.Value, 0u, (uint)compiled.Plan.Instances.Length - 1);
                }
            }
        }
    }

    private static void Compare(bool gated)
    {
        var wrong = new List<string>();
        int modules = 0;
        foreach (var folder in Scripts.Components().Where(c => c.IsValid && c.IsGated == gated).GroupBy(c => Path.GetDirectoryName(c.Path)!))
        {
            if (!File.Exists(Path.Combine(folder.Key, "adapters.json")))
                continue;
            var reference = Surface.OfReference(folder.Key);
            foreach (var component in folder)
            {
                var expected = reference.GetValueOrDefault(Path.GetFileName(component.Path));
                var compiled = Compiled(component);
                var actual = compiled.AdapterModules.Items.Where((_, i) => !CallsItself(compiled.Plan.AdapterModules[i])).Select(Surface.Of).ToEquatableArray();
                modules += actual.Length;
                if (expected.Length != actual.Length || !actual.Items.Zip(expected.Items).All(pair => pair.Item1.Fits(pair.Item2)))
                    wrong.Add($"{component.Name}: expected {expected}, found {actual}");
            }
        }
        Assert.Empty(wrong);
        Assert.NotEqual(0, modules);
    }

    /// <summary>Whether the adapters of a module call the instance that calls them: where ours have an adapter, the reference's have a trap.</summary>
    private static bool CallsItself(PlanAdapterModule module) => module.Adapters.Items.All(a => a.Lift.Instance.Id == a.Lower.Instance.Id);

    private static CompiledComponent Compiled(ScriptComponent component) => ComponentCompiler.Compile(component.Bytes, CompileOptions.Reference)
        .Match(Right: compiled => compiled, Left: errors => throw new Xunit.Sdk.XunitException($"{component.Name}: {errors[0]}"));
}
