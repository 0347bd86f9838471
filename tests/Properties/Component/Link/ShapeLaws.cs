using System.Linq;
using Fact.Component.Plan;
using Fact.Ir;
using Xunit;

namespace Fact.Properties.Component.Link;

/// <summary>What a plan says of imports and exports.</summary>
public sealed class ShapeLaws
{
    [Fact]
    public void Functions_in_exported_instances_are_found_however_deep()
    {
        var plan = Linked.Plan($"""
            (component
              {Linked.Leaf}
              (instance $a (instantiate $leaf))
              (instance $inner (export "g" (func $a "f")))
              (instance $outer (export "inner" (instance $inner)))
              (export "outer" (instance $outer)))
            """);
        var outer = Assert.IsType<ExportItem.Instance>(Assert.Single(plan.Exports).Item);
        var inner = Assert.IsType<ExportItem.Instance>(Assert.Single(plan.ExportedInstances[(int)outer.Id.Value]).Item);
        Assert.True(inner.Id.Value < outer.Id.Value);
        var func = Assert.IsType<ExportItem.Func>(Assert.Single(plan.ExportedInstances[(int)inner.Id.Value]).Item);
        Assert.Equal(new InstanceId(1), plan.Options[(int)func.Options.Value].Instance);
        Assert.Equal(new CoreDef.Export(new CoreInstanceId(0), "f"), plan.CoreFuncs[(int)func.Callee.Value]);
    }

    [Fact]
    public void Exported_functions_keep_the_names_and_resources_of_their_types()
    {
        var plan = Linked.Plan("""
            (component
              (type $r' (resource (rep i32)))
              (export $r "thing" (type $r'))
              (type $rec' (record (field "count" u32) (field "thing" (own $r))))
              (export $rec "rec" (type $rec'))
              (core module $m (func (export "f") (param i32 i32)))
              (core instance $i (instantiate $m))
              (func (export "f") (param "p" $rec) (canon lift (core func $i "f"))))
            """);
        var func = Assert.IsType<ExportItem.Func>(plan.Exports[^1].Item).FuncType;
        var record = Assert.IsType<ValType.Record>(Assert.Single(func.Params).Type);
        Assert.Equal(["count", "thing"], record.Fields.Items.Select(f => f.Name));
        var own = Assert.IsType<ValType.Own>(record.Fields[1].Type);
        Assert.Equal(new ResourceTable(new InstanceId(0), new RuntimeResourceId(0)), plan.Tables.ResourceTables[(int)own.Table.Value]);
        Assert.Equal("thing", plan.Tables.Resources[0].Name);
        Assert.Equal(new PlanType.Resource(new RuntimeResourceId(0)), Assert.IsType<ExportItem.Type>(plan.Exports[0].Item).Bound);
    }

    [Fact]
    public void A_resource_has_the_name_by_which_an_exported_instance_shows_it()
    {
        var plan = Linked.Plan("""
            (component
              (type $hidden (resource (rep i32)))
              (type $r (resource (rep i32)))
              (component $shim
                (import "import-type-cart" (type $cart (sub resource)))
                (export "cart" (type $cart)))
              (instance $i (instantiate $shim (with "import-type-cart" (type $r))))
              (export "shop" (instance $i)))
            """);
        Assert.Equal([null, "cart"], plan.Tables.Resources.Select(resource => resource.Name));
    }

    [Fact]
    public void An_imported_core_module_is_instantiated_by_the_names_of_its_type()
    {
        var plan = Linked.Plan("""
            (component
              (import "m" (core module $m (import "env" "g" (func)) (export "f" (func))))
              (core module $n (func (export "g")))
              (core instance $i (instantiate $n))
              (core instance $j (instantiate $m (with "env" (instance $i))))
              (func (export "f") (canon lift (core func $j "f"))))
            """);
        var second = Assert.IsType<Initializer.InstantiateCoreModule>(plan.Initializers[1]);
        Assert.Equal(new ModuleSource.Imported(new ImportedItemId(0)), second.Module);
        Assert.Equal([new CoreArg("env", "g", new CoreDef.Export(new CoreInstanceId(0), "g"))], second.Args);
        var imported = Assert.IsType<PlanExtern.CoreModule>(Assert.Single(plan.Imports).Extern);
        Assert.Equal("f", Assert.Single(plan.CoreModuleTypes[(int)imported.Id.Value].Exports).Name);
    }

    [Fact]
    public void Core_modules_are_listed_in_the_order_of_their_bytes_used_or_not()
    {
        var plan = Linked.Plan("(component (core module) (component (core module (memory 1))) (core module $m) (export \"m\" (core module $m)))");
        Assert.Equal(3, plan.CoreModules.Length);
        Assert.Equal(plan.CoreModules.Items.Select(m => m.Offset).Order(), plan.CoreModules.Items.Select(m => m.Offset));
        Assert.Equal(new ExportItem.CoreModule(new ModuleSource.Embedded(new CoreModuleId(2))), Assert.Single(plan.Exports).Item);
    }

    [Fact]
    public void A_destructor_is_there_when_its_resource_type_is_defined()
    {
        var plan = Linked.Plan("""
            (component
              (core module $m (func (export "dtor") (param i32)))
              (core instance $i (instantiate $m))
              (type $r (resource (rep i32) (dtor (core func $i "dtor")))))
            """);
        Assert.IsType<Initializer.InstantiateCoreModule>(plan.Initializers[0]);
        Assert.Equal(new Initializer.DefineResource(new RuntimeResourceId(0)), plan.Initializers[1]);
        var dtor = Assert.IsType<PlanResource.Defined>(Assert.Single(plan.Tables.Resources)).Dtor;
        Assert.Equal(new CoreDef.Export(new CoreInstanceId(0), "dtor"), plan.CoreFuncs[(int)dtor!.Value.Value]);
    }

    [Fact]
    public void Types_of_imports_that_are_not_resources_ask_nothing_of_a_host()
    {
        var plan = Linked.Plan("(component (type $t' (record (field \"x\" u8))) (import \"t\" (type $t (eq $t'))) (import \"f\" (func (param \"p\" $t))))");
        Assert.Equal(["f"], plan.Imports.Items.Select(i => i.Name));
    }

    [Theory]
    [InlineData("(import \"f\" (func $f)) (export \"g\" (func $f))", "export \"g\"", "exported again")]
    [InlineData("(import \"c\" (component))", "import \"c\"", "imports a component")]
    [InlineData("(component $c) (export \"c\" (component $c))", "export \"c\"", "exports a component")]
    [InlineData("(component $c) (instance $i (export \"c\" (component $c))) (export \"i\" (instance $i))", "export \"i\" · export \"c\"", "has a component in it")]
    public void What_cannot_be_run_is_said(string definitions, string path, string message)
    {
        var error = Linked.Error($"(component {definitions})");
        Assert.Equal(path, error.Path);
        Assert.Contains(message, error.Message, System.StringComparison.Ordinal);
    }
}
