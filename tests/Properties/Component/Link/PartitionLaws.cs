using System.Collections.Generic;
using System.Linq;
using System.Text;
using Fact.Component.Plan;
using Xunit;

namespace Fact.Properties.Component.Link;

/// <summary>How adapters are divided into modules, and where their instantiation comes.</summary>
public sealed class PartitionLaws
{
    [Fact]
    public void Independent_adapters_share_a_module()
    {
        var plan = Linked.Plan($"""
            (component
              {Linked.Leaf}
              {Linked.Relay}
              (instance $a (instantiate $leaf))
              (instance $b (instantiate $relay (with "f" (func $a "f"))))
              (instance $c (instantiate $relay (with "f" (func $a "f")))))
            """);
        // Both relays call the leaf, which is there first.
        Assert.Equal([2], plan.AdapterModules.Items.Select(m => m.Adapters.Length));
    }

    [Fact]
    public void An_adapter_that_needs_an_instance_made_with_one_starts_a_module()
    {
        var plan = Linked.Plan($"""
            (component
              {Linked.Leaf}
              {Linked.Relay}
              (instance $a (instantiate $leaf))
              (instance $b (instantiate $relay (with "f" (func $a "f"))))
              (instance $c (instantiate $relay (with "f" (func $b "f"))))
              (instance $d (instantiate $relay (with "f" (func $c "f")))))
            """);
        Assert.Equal([1, 1, 1], plan.AdapterModules.Items.Select(m => m.Adapters.Length));
        Assert.Equal(
            ["core 0", "adapters 0", "core 1", "adapters 1", "core 2", "adapters 2", "core 3"],
            plan.Initializers.Items.Select(Text));
    }

    [Fact]
    public void An_adapter_whose_callee_is_one_starts_a_module()
    {
        // The middle component lifts the lowered function itself.
        var plan = Linked.Plan($"""
            (component
              {Linked.Leaf}
              (component $through
                (import "f" (func $f))
                (core func $g (canon lower (func $f)))
                (func (export "f") (canon lift (core func $g))))
              (component $user (import "f" (func $f)) (core func (canon lower (func $f))))
              (instance $a (instantiate $leaf))
              (instance $b (instantiate $through (with "f" (func $a "f"))))
              (instance $c (instantiate $user (with "f" (func $b "f")))))
            """);
        Assert.Equal([1, 1], plan.AdapterModules.Items.Select(m => m.Adapters.Length));
        Assert.Equal(new CoreDef.Adapter(new AdapterId(0)), plan.CoreFuncs[(int)plan.Adapters[1].Adapter.Callee.Value]);
        Assert.Equal(["core 0", "adapters 0", "adapters 1"], plan.Initializers.Items.Select(Text));
    }

    [Fact]
    public void An_adapter_of_an_exported_function_is_instantiated_although_no_core_module_needs_it()
    {
        var plan = Linked.Plan($"""
            (component
              {Linked.Leaf}
              (instance $a (instantiate $leaf))
              (core func $g (canon lower (func $a "f")))
              (func (export "f") (canon lift (core func $g))))
            """);
        Assert.Equal(["core 0", "adapters 0"], plan.Initializers.Items.Select(Text));
        var export = Assert.IsType<ExportItem.Func>(Assert.Single(plan.Exports).Item);
        Assert.Equal(new CoreDef.Adapter(new AdapterId(0)), plan.CoreFuncs[(int)export.Callee.Value]);
    }

    [Fact]
    public void An_adapter_that_comes_after_a_resource_type_with_one_as_destructor_starts_a_module()
    {
        // The destructor must be there when the resource type is defined, which is before the last core instance.
        var plan = Linked.Plan($"""
            (component
              (component $callee
                (core module $m (func (export "d") (param i32)))
                (core instance $i (instantiate $m))
                (func (export "d") (param "x" u32) (canon lift (core func $i "d"))))
              (instance $c (instantiate $callee))
              (core func $dtor (canon lower (func $c "d")))
              (type $r (resource (rep i32) (dtor (core func $dtor))))
              {Linked.Leaf}
              (instance $l (instantiate $leaf))
              (component $user (import "f" (func $f)) (core func (canon lower (func $f))))
              (instance (instantiate $user (with "f" (func $l "f")))))
            """);
        Assert.Equal(["core 0", "adapters 0", "resource 0", "core 1", "adapters 1"], plan.Initializers.Items.Select(Text));
    }

    [Fact]
    public void A_chain_of_any_length_is_divided_without_recursion()
    {
        var text = new StringBuilder($"(component {Linked.Leaf} {Linked.Relay} (instance $i0 (instantiate $leaf))\n");
        for (int i = 1; i < 900; i++)
            text.Append($"(instance $i{i} (instantiate $relay (with \"f\" (func $i{i - 1} \"f\"))))\n");
        var plan = Linked.Plan(text.Append(')').ToString());
        Assert.Equal(899, plan.AdapterModules.Length);
    }

    [Theory]
    [InlineData(9_998, true)]
    [InlineData(9_999, false)]
    [InlineData(40_000, false)]
    public void Adapter_modules_count_as_instances(int adapters, bool isAllowed)
    {
        // Each has the one before it as its allocator; there are two core instances besides.
        var text = new StringBuilder("""
            (component
              (component $a
                (core module $m (func (export "f") (param i32 i32 i32 i32) (result i32) unreachable))
                (core instance $i (instantiate $m))
                (func (export "f") (param "a" u32) (param "b" u32) (param "c" u32) (param "d" u32) (result u32) (canon lift (core func $i "f"))))
              (instance $a (instantiate $a))
              (alias export $a "f" (func $f))
              (core module $m (memory (export "m") 1))
              (core instance $i (instantiate $m))
              (alias core export $i "m" (core memory $m))
              (core func (canon lower (func $f) (memory $m)))

            """);
        for (int i = 1; i < adapters; i++)
            text.Append($"(core func (canon lower (func $f) (memory $m) (realloc {i - 1})))\n");
        text.Append(')');
        if (isAllowed)
            Assert.Equal(adapters, Linked.Plan(text.ToString()).AdapterModules.Length);
        else
            Assert.Contains($"and {adapters} of adapter modules", Linked.Error(text.ToString()).Message, System.StringComparison.Ordinal);
    }

    private static string Text(Initializer initializer) => initializer switch
    {
        Initializer.InstantiateCoreModule(var instance, _, _) => $"core {instance.Value}",
        Initializer.InstantiateAdapterModule(var module) => $"adapters {module.Value}",
        Initializer.DefineResource(var resource) => $"resource {resource.Value}",
    };
}
