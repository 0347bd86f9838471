using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using Fact.Component;
using Fact.Component.Plan;
using Fact.Ir;
using Fact.Model.Laws;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace Fact.Properties.Component.Link;

/// <summary>Compositions of components that call each other, made at random.</summary>
/// <param name="Calls">For each instance after the first, the instances before it that it calls.</param>
public sealed record Composition(EquatableArray<EquatableArray<int>> Calls)
{
    /// <summary>Generates compositions.</summary>
    public static Arbitrary<Composition> Arbitrary() => Arb.From(
        from count in Gen.Choose(1, 12)
        from calls in Gen.ArrayOf(Gen.ArrayOf(Gen.Choose(0, 1_000), 3), count)
        select new Composition(calls.Select((call, i) => call.Take(call[0] % 4).Select(c => c % (i + 1)).Distinct().ToEquatableArray()).ToEquatableArray()));

    /// <summary>The component.</summary>
    public string Text()
    {
        var text = new StringBuilder($"(component {Linked.Leaf} (instance $i0 (instantiate $leaf))\n");
        for (int i = 0; i < Calls.Length; i++)
        {
            var calls = Calls[i];
            text.Append($"(component $c{i + 1}\n");
            for (int k = 0; k < calls.Length; k++)
                text.Append($"  (import \"f{k}\" (func $f{k})) (core func $g{k} (canon lower (func $f{k})))\n");
            text.Append($"  (core module $m {Each(calls.Length, "(import \"\" \"f{0}\" (func))")} (func (export \"f\")))\n");
            text.Append($"  (core instance $i (instantiate $m (with \"\" (instance {Each(calls.Length, "(export \"f{0}\" (func $g{0}))")}))))\n");
            text.Append("  (func (export \"f\") (canon lift (core func $i \"f\"))))\n");
            text.Append($"(instance $i{i + 1} (instantiate $c{i + 1} {string.Concat(calls.Items.Select((c, k) => $"(with \"f{k}\" (func $i{c} \"f\"))"))}))\n");
        }
        return text.Append($"(export \"f\" (func $i{Calls.Length} \"f\")))").ToString();
    }

    private static string Each(int count, string text) =>
        string.Concat(Enumerable.Range(0, count)
            .Select(i => text.Replace("{0}", i.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)));
}

/// <summary>What holds of every plan.</summary>
[Properties(Arbitrary = [typeof(Composition)])]
public sealed class PlanLaws
{
    [Law(60)]
    public void Every_call_between_instances_is_an_adapter(Composition composition)
    {
        var plan = Linked.Plan(composition.Text());
        Assert.Equal(
            composition.Calls.Items.SelectMany((calls, i) => calls.Items.Select(c => ((uint)c + 1, (uint)i + 2))),
            plan.Adapters.Items.Select(a => (a.Adapter.Lift.Instance.Id.Value, a.Adapter.Lower.Instance.Id.Value)));
        Assert.Equal(Enumerable.Range(0, plan.Adapters.Length).Select(i => $"adapter{i}"), plan.Adapters.Items.Select(a => a.Adapter.Name));
    }

    [Law(60)]
    public void Nothing_is_needed_before_it_is_there(Composition composition)
    {
        var plan = Linked.Plan(composition.Text());
        NothingIsNeededBeforeItIsThere(plan);
        Assert.Equal(plan.AdapterModules.Items.SelectMany(m => m.Adapters.Items), plan.Adapters.Items.Select(a => a.Adapter));
    }

    [Law(100)]
    public void Nothing_is_needed_before_it_is_there_whichever_adapters_are_left_out(Composition composition, int seed)
    {
        var plan = Linked.Plan(composition.Text());
        var random = new Random(seed);
        bool[] elided = [.. plan.Adapters.Items.Select(_ => random.Next((seed & 3) + 1) > 0)];
        var rest = ElidedAdapters.Remove(plan, elided);
        NothingIsNeededBeforeItIsThere(rest);
        Assert.Equal(plan.Adapters.Items.Select(a => a.Adapter), rest.Adapters.Items.Select(a => a.Adapter));
        Assert.Equal(elided, rest.Adapters.Items.Select(a => a.Module is null));
        Assert.All(rest.AdapterModules.Items, module => Assert.NotEmpty(module.Adapters.Items));
        for (int m = 0; m < rest.AdapterModules.Length; m++)
        {
            Assert.Equal(rest.Adapters.Items.Where(a => a.Module?.Value == m).Select(a => a.Adapter), rest.AdapterModules[m].Adapters.Items);
            Assert.Equal(rest.AdapterModules[m].Adapters[0], rest.Adapters[(int)rest.AdapterModules[m].First.Value].Adapter);
        }
        bool[] some = [.. elided.Select(gone => gone && random.Next(2) == 0)];
        Assert.Equal(rest, ElidedAdapters.Remove(ElidedAdapters.Remove(plan, some), elided));
        Assert.Equal(rest, ElidedAdapters.Remove(rest, some));
        // Who was given an adapter that is left out, is given what that would have called.
        CoreDef Followed(CoreDef def) =>
            def is CoreDef.Adapter(var id) && elided[id.Value] ? Followed(plan.CoreFuncs[(int)plan.Adapters[(int)id.Value].Adapter.Callee.Value]) : def;
        Assert.Equal(plan.CoreFuncs.Items.Select(Followed), rest.CoreFuncs.Items);
        Assert.Equal(
            plan.Initializers.Items.OfType<Initializer.InstantiateCoreModule>().SelectMany(i => i.Args.Items).Select(arg => arg with { Def = Followed(arg.Def) }),
            rest.Initializers.Items.OfType<Initializer.InstantiateCoreModule>().SelectMany(i => i.Args.Items));
    }

    private static void NothingIsNeededBeforeItIsThere(LinkPlan plan)
    {
        var (instances, modules) = (new HashSet<uint>(), new HashSet<uint>());
        void Need(CoreDef def) => Assert.True(def switch
        {
            CoreDef.Export(var instance, _) => instances.Contains(instance.Value),
            CoreDef.Adapter(var id) => modules.Contains(plan.Adapters[(int)id.Value].Module!.Value.Value),
            CoreDef.Trampoline => true,
        });
        foreach (var initializer in plan.Initializers)
        {
            switch (initializer)
            {
                case Initializer.InstantiateCoreModule(var instance, _, var args):
                    foreach (var arg in args)
                        Need(arg.Def);
                    Assert.True(instances.Add(instance.Value));
                    break;
                case Initializer.InstantiateAdapterModule(var module):
                    foreach (var adapter in plan.AdapterModules[(int)module.Value].Adapters)
                        Need(plan.CoreFuncs[(int)adapter.Callee.Value]);
                    Assert.True(modules.Add(module.Value));
                    break;
            }
        }
        Assert.Equal(plan.AdapterModules.Length, modules.Count);
    }

    /// <summary>They do nothing but call: all of them go.</summary>
    [Law(20)]
    public void Of_calls_without_values_no_adapter_is_left(Composition composition)
    {
        var compiled = ComponentCompiler.Compile(Wasmtime.Module.ConvertText(composition.Text()), CompileOptions.Default)
            .Match(Right: c => c, Left: errors => throw new Xunit.Sdk.XunitException(errors[0].ToString()));
        Assert.Empty(compiled.AdapterModules);
        Assert.All(compiled.Plan.Adapters.Items, adapter => Assert.Null(adapter.Module));
    }

    [Law(20)]
    public void Debug_builds_and_those_for_hosts_of_the_reference_have_all_adapters(Composition composition)
    {
        foreach (var options in new[] { CompileOptions.Debug, CompileOptions.Reference })
        {
            byte[] bytes = Wasmtime.Module.ConvertText(composition.Text());
            var compiled = ComponentCompiler.Compile(bytes, options).Match(Right: c => c, Left: errors => throw new Xunit.Sdk.XunitException(errors[0].ToString()));
            Assert.Equal(Linked.Plan(bytes), compiled.Plan);
        }
    }

    [Law(40)]
    public void A_module_ends_only_where_an_adapter_needs_it(Composition composition)
    {
        var plan = Linked.Plan(composition.Text());
        for (int m = 1; m < plan.AdapterModules.Length; m++)
        {
            // The callee's instance, or one before it, was made with an adapter of the module before.
            var callee = (CoreDef.Export)plan.CoreFuncs[(int)plan.AdapterModules[m].Adapters[0].Callee.Value];
            Assert.Contains(
                plan.Initializers.Items.OfType<Initializer.InstantiateCoreModule>().Where(i => i.Instance.Value <= callee.Instance.Value).SelectMany(i => i.Args.Items),
                arg => arg.Def is CoreDef.Adapter(var id) && plan.Adapters[(int)id.Value].Module!.Value.Value == m - 1);
        }
    }

    [Law(20)]
    public void Linking_is_deterministic(Composition composition)
    {
        byte[] bytes = Wasmtime.Module.ConvertText(composition.Text());
        Assert.Equal(Json(bytes), Json(bytes));
    }

    [Law(20)]
    public void Json_is_well_formed_and_its_numbers_are_in_range(Composition composition)
    {
        using var json = JsonDocument.Parse(Json(Wasmtime.Module.ConvertText(composition.Text())));
        var root = json.RootElement;
        Assert.Equal(PlanJson.Version, root.GetProperty("version").GetInt32());
        int funcs = root.GetProperty("coreFuncs").GetArrayLength();
        foreach (var module in root.GetProperty("adapterModules").EnumerateArray())
        {
            foreach (var import in module.GetProperty("imports").EnumerateArray())
            {
                if (import.GetProperty("denotes").TryGetProperty("func", out var func))
                    Assert.InRange(func.GetInt32(), 0, funcs - 1);
            }
        }
    }

    [Fact]
    public void Json_of_types_that_double_is_linear()
    {
        var text = new StringBuilder("(component (type $t0' (record (field \"x\" u8))) (import \"t0\" (type $t0 (eq $t0')))\n");
        for (int i = 1; i <= 20; i++)
            text.Append($"(type $t{i} (tuple $t{i - 1} $t{i - 1}))\n");
        byte[] bytes = Wasmtime.Module.ConvertText(text.Append("(import \"f\" (func (param \"p\" $t20))))").ToString());
        using var json = JsonDocument.Parse(Json(bytes));
        Assert.Equal(21, json.RootElement.GetProperty("types").GetArrayLength());
    }

    [Fact]
    public void A_component_without_adapters_has_a_plan_without_modules()
    {
        var compiled = ComponentCompiler.Compile(Wasmtime.Module.ConvertText($"(component {Linked.Leaf} (instance (instantiate $leaf)))"), CompileOptions.Default)
            .Match(Right: c => c, Left: errors => throw new Xunit.Sdk.XunitException(errors[0].ToString()));
        Assert.Empty(compiled.AdapterModules);
        Assert.Single(compiled.Plan.Initializers);
    }

    internal static string Json(byte[] bytes)
    {
        var compiled = ComponentCompiler.Compile(bytes, CompileOptions.Default).Match(
            Right: compiled => compiled,
            Left: errors => throw new Xunit.Sdk.XunitException(errors[0].ToString()));
        return compiled.ToJson().Match(
            Right: json => Encoding.UTF8.GetString(json.Span),
            Left: error => throw new Xunit.Sdk.XunitException(error.ToString()));
    }
}
