using System.Linq;
using Fact.Component.Plan;
using Fact.Ir;
using Xunit;

namespace Fact.Properties.Component.Link;

/// <summary>Which table a handle type names: one for each component instance and resource type, however the two got together.</summary>
public sealed class TableLaws
{
    private const string Maker = """
        (component $maker
          (type $r' (resource (rep i32)))
          (export $r "r" (type $r'))
          (core func $new (canon resource.new $r))
          (core module $m (import "" "new" (func (param i32) (result i32))) (func (export "make") (result i32) unreachable) (func (export "use") (param i32)))
          (core instance $i (instantiate $m (with "" (instance (export "new" (func $new))))))
          (func (export "make") (result (own $r)) (canon lift (core func $i "make")))
          (func (export "use") (param "r" (borrow $r)) (canon lift (core func $i "use"))))
        """;

    private const string User = """
        (component $user
          (import "r" (type $r (sub resource)))
          (import "make" (func $make (result (own $r))))
          (import "use" (func $use (param "r" (borrow $r))))
          (core func $make' (canon lower (func $make)))
          (core func $use' (canon lower (func $use)))
          (core func $drop (canon resource.drop $r))
          (core module $m (import "" "make" (func (result i32))) (import "" "use" (func (param i32))) (import "" "drop" (func (param i32))))
          (core instance (instantiate $m (with "" (instance (export "make" (func $make')) (export "use" (func $use')) (export "drop" (func $drop)))))))
        """;

    [Fact]
    public void Both_sides_of_an_adapter_name_their_own_tables_of_one_resource_type()
    {
        var plan = Linked.Plan($"""
            (component {Maker} {User}
              (instance $m (instantiate $maker))
              (instance $u (instantiate $user (with "r" (type $m "r")) (with "make" (func $m "make")) (with "use" (func $m "use")))))
            """);
        var resource = Assert.IsType<PlanResource.Defined>(Assert.Single(plan.Tables.Resources));
        Assert.Equal(new InstanceId(1), resource.Instance);
        var make = plan.Adapters.Items.Single(a => a.Adapter.Lift.Type.Result is not null).Adapter;
        var (lift, lower) = ((ValType.Own)make.Lift.Type.Result!, (ValType.Own)make.Lower.Type.Result!);
        Assert.Equal(new ResourceTable(new InstanceId(1), new RuntimeResourceId(0)), Table(plan, lift.Table));
        Assert.Equal(new ResourceTable(new InstanceId(2), new RuntimeResourceId(0)), Table(plan, lower.Table));
        var use = plan.Adapters.Items.Single(a => a.Adapter.Lift.Type.Result is null).Adapter;
        Assert.Equal(lift.Table, ((ValType.Borrow)use.Lift.Type.Params[0].Type).Table);
        Assert.Equal(lower.Table, ((ValType.Borrow)use.Lower.Type.Params[0].Type).Table);
        Assert.Contains(plan.Trampolines.Items, t => t is Trampoline.ResourceNew made && made.Table == lift.Table);
        Assert.Contains(plan.Trampolines.Items, t => t is Trampoline.ResourceDrop drop && drop.Table == lower.Table);
    }

    [Fact]
    public void Every_instantiation_has_a_resource_type_of_its_own()
    {
        var plan = Linked.Plan($"(component {Maker} (instance $a (instantiate $maker)) (instance $b (instantiate $maker)))");
        Assert.Equal([1u, 2u], plan.Tables.Resources.Items.Select(r => ((PlanResource.Defined)r).Instance.Value));
        Assert.Equal(
            [new ResourceTable(new InstanceId(1), new RuntimeResourceId(0)), new ResourceTable(new InstanceId(2), new RuntimeResourceId(1))],
            plan.Tables.ResourceTables);
    }

    [Fact]
    public void Resources_of_two_instantiations_do_not_mix()
    {
        var error = Linked.Error($"""
            (component {Maker} {User}
              (instance $a (instantiate $maker))
              (instance $b (instantiate $maker))
              (instance (instantiate $user (with "r" (type $a "r")) (with "make" (func $a "make")) (with "use" (func $b "use")))))
            """);
        Assert.Equal("instance 2: instantiation argument \"use\": parameter \"r\": the borrow types are of different resources", $"{error.Path}: {error.Message}");
    }

    [Fact]
    public void A_resource_type_that_comes_in_twice_has_one_table()
    {
        var plan = Linked.Plan($"""
            (component {Maker}
              (component $twice
                (import "a" (type $a (sub resource)))
                (import "b" (type $b (sub resource)))
                (core func (canon resource.drop $a))
                (core func (canon resource.drop $b)))
              (instance $m (instantiate $maker))
              (instance (instantiate $twice (with "a" (type $m "r")) (with "b" (type $m "r")))))
            """);
        // One of the maker, one of the instance that has the type under two names.
        Assert.Equal(2, plan.Tables.ResourceTables.Length);
        Assert.Single(plan.Trampolines.Items.OfType<Trampoline.ResourceDrop>());
    }

    [Fact]
    public void A_resource_type_is_followed_through_exports_of_instances_and_bundles()
    {
        var plan = Linked.Plan($"""
            (component {Maker}
              (component $wrap
                {Maker}
                (instance $m (instantiate $maker))
                (instance $bundle (export "r" (type $m "r")))
                (export "inner" (instance $bundle)))
              (instance $w (instantiate $wrap))
              (alias export $w "inner" (instance $inner))
              (alias export $inner "r" (type $r))
              (core func (canon resource.drop $r)))
            """);
        var drop = plan.Trampolines.Items.OfType<Trampoline.ResourceDrop>().Single();
        var table = Table(plan, drop.Table);
        Assert.Equal(new InstanceId(0), table.Instance);
        Assert.Equal(new InstanceId(2), ((PlanResource.Defined)plan.Tables.Resources[(int)table.Resource.Value]).Instance);
    }

    [Fact]
    public void Imported_resource_types_come_first_and_say_where_they_are()
    {
        var plan = Linked.Plan("""
            (component
              (import "i" (instance $i (export "r" (type $r (sub resource))) (export "same" (type (eq $r)))))
              (alias export $i "same" (type $same))
              (type $own (resource (rep i32)))
              (core func (canon resource.drop $same))
              (core func (canon resource.drop $own)))
            """);
        var imported = Assert.IsType<PlanResource.Imported>(plan.Tables.Resources[0]);
        Assert.Equal(new ImportedItem(new ImportId(0), ["r"]), plan.ImportedItems[(int)imported.Item.Value]);
        Assert.IsType<PlanResource.Defined>(plan.Tables.Resources[1]);
        Assert.Equal([0u, 1u], plan.Tables.ResourceTables.Items.Select(t => t.Resource.Value));
    }

    private static ResourceTable Table(LinkPlan plan, ResourceTableId id) => plan.Tables.ResourceTables[(int)id.Value];
}
