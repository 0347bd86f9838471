using System.Linq;
using Fact.Component.Plan;
using Fact.Ir;
using Fact.Properties.Generators;
using Xunit;

namespace Fact.Properties.Component.Link;

/// <summary>Which lowered functions are adapters, how they and the component instances are numbered, and what they know.</summary>
public sealed class AdapterLaws
{
    [Fact]
    public void Component_instances_are_numbered_in_the_order_of_instantiation_the_root_first()
    {
        var plan = Linked.Plan($"""
            (component
              {Linked.Leaf}
              (component $middle
                {Linked.Leaf}
                (instance $a (instantiate $leaf))
                (instance $b (instantiate $leaf))
                (export "f" (func $b "f")))
              (instance $x (instantiate $middle))
              (instance $y (instantiate $leaf)))
            """);
        Assert.Equal([null, 0u, 1u, 1u, 0u], plan.Instances.Items.Select(i => i.Parent?.Value));
    }

    [Fact]
    public void An_adapter_knows_the_instances_of_both_sides_up_to_the_root()
    {
        var plan = Linked.Plan($"""
            (component
              (component $outer
                {Linked.Leaf}
                (instance $a (instantiate $leaf))
                (export "f" (func $a "f")))
              {Linked.Relay}
              (instance $x (instantiate $outer))
              (instance $y (instantiate $relay (with "f" (func $x "f")))))
            """);
        var adapter = Assert.Single(plan.Adapters).Adapter;
        Assert.Equal("adapter0", adapter.Name);
        Assert.Equal(AdapterPlan.Chain(2, 1, 0), adapter.Lift.Instance);
        Assert.Equal(AdapterPlan.Chain(3, 0), adapter.Lower.Instance);
    }

    [Fact]
    public void A_component_imported_by_another_is_instantiated_by_it()
    {
        // The instantiation is inside $user, whatever the place where the component is written.
        var plan = Linked.Plan($"""
            (component
              {Linked.Leaf}
              (component $user
                (import "c" (component $c (export "f" (func))))
                (instance $i (instantiate $c)))
              (instance (instantiate $user (with "c" (component $leaf)))))
            """);
        Assert.Equal([null, 0u, 1u], plan.Instances.Items.Select(i => i.Parent?.Value));
    }

    [Fact]
    public void What_a_component_lifts_and_lowers_itself_is_an_adapter_like_others()
    {
        var plan = Linked.Plan("""
            (component
              (core module $m (func (export "f")))
              (core instance $i (instantiate $m))
              (func $f (canon lift (core func $i "f")))
              (core func $g (canon lower (func $f)))
              (core module $n (import "" "g" (func)))
              (core instance (instantiate $n (with "" (instance (export "g" (func $g)))))))
            """);
        var adapter = Assert.Single(plan.Adapters).Adapter;
        Assert.Equal(AdapterPlan.Chain(0), adapter.Lift.Instance);
        Assert.Equal(AdapterPlan.Chain(0), adapter.Lower.Instance);
        Assert.Empty(plan.Trampolines);
    }

    [Fact]
    public void A_lowered_import_is_a_call_of_the_host()
    {
        var plan = Linked.Plan("""
            (component
              (import "i" (instance $i (export "f" (func (param "x" u32)))))
              (core func $g (canon lower (func $i "f")))
              (core module $n (import "" "g" (func (param i32))))
              (core instance (instantiate $n (with "" (instance (export "g" (func $g)))))))
            """);
        var lower = Assert.IsType<Trampoline.LowerImport>(Assert.Single(plan.Trampolines));
        Assert.Equal(new ImportedItem(new ImportId(0), ["f"]), plan.ImportedItems[(int)lower.Import.Value]);
        Assert.Equal([new Param("x", ValType.Of(PrimitiveType.U32))], lower.FuncType.Params);
        Assert.Equal(new CoreFuncType([CoreValType.I32], []), lower.CoreType);
    }

    [Fact]
    public void Lowering_a_function_twice_in_the_same_way_makes_one_adapter()
    {
        string Component(string second) => $"""
            (component
              (component $callee
                (core module $m (func (export "f") (param i32 i32)) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable) (memory (export "mem") 1))
                (core instance $i (instantiate $m))
                (func (export "f") (param "s" string) (canon lift (core func $i "f") (memory (core memory $i "mem")) (realloc (core func $i "realloc")))))
              (component $caller
                (import "f" (func $f (param "s" string)))
                (core module $m (memory (export "mem") 1))
                (core instance $i (instantiate $m))
                (core func $a (canon lower (func $f) (memory (core memory $i "mem"))))
                (core func $b (canon lower (func $f) (memory (core memory $i "mem")) {second}))
                (core module $n (import "" "a" (func (param i32 i32))) (import "" "b" (func (param i32 i32))))
                (core instance (instantiate $n (with "" (instance (export "a" (func $a)) (export "b" (func $b)))))))
              (instance $x (instantiate $callee))
              (instance $y (instantiate $caller (with "f" (func $x "f")))))
            """;
        Assert.Single(Linked.Plan(Component("")).Adapters);
        Assert.Equal(2, Linked.Plan(Component("string-encoding=utf16")).Adapters.Length);
    }

    [Fact]
    public void A_function_exported_under_several_names_is_one_function()
    {
        var plan = Linked.Plan("""
            (component
              (component $callee
                (core module $m (func $f) (export "a" (func $f)) (export "b" (func $f)))
                (core instance $i (instantiate $m))
                (func (export "f") (canon lift (core func $i "a")))
                (func (export "g") (canon lift (core func $i "b"))))
              (component $caller
                (import "f" (func $f))
                (import "g" (func $g))
                (core func (canon lower (func $f)))
                (core func (canon lower (func $g))))
              (instance $x (instantiate $callee))
              (instance (instantiate $caller (with "f" (func $x "f")) (with "g" (func $x "g")))))
            """);
        Assert.Single(plan.Adapters);
        Assert.Equal([new CoreDef.Export(new CoreInstanceId(0), "a")], plan.CoreFuncs);
    }

    [Fact]
    public void Outer_aliases_mean_the_instance_around_not_the_one_that_instantiates()
    {
        var plan = Linked.Plan("""
            (component
              (component $maker
                (core module $m (func (export "f")))
                (component $inner
                  (core instance $i (instantiate $m))
                  (func (export "f") (canon lift (core func $i "f"))))
                (export "c" (component $inner)))
              (instance $made (instantiate $maker))
              (alias export $made "c" (component $c))
              (instance $i (instantiate $c))
              (export "f" (func $i "f")))
            """);
        var instantiate = Assert.IsType<Initializer.InstantiateCoreModule>(Assert.Single(plan.Initializers));
        Assert.Equal(new ModuleSource.Embedded(new CoreModuleId(0)), instantiate.Module);
    }

    [Fact]
    public void Names_are_kept_for_people()
    {
        var plan = Linked.Plan($"""
            (component $root
              {Linked.Leaf}
              {Linked.Relay}
              (instance $first (instantiate $leaf))
              (instance (instantiate $relay (with "f" (func $first "f")))))
            """);
        Assert.Equal(["root", "first", "relay"], plan.Instances.Items.Select(i => i.Name));
        Assert.Equal("f", Assert.Single(plan.Adapters).FuncName);
    }
}
