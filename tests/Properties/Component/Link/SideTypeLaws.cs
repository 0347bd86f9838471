using System.Collections.Generic;
using System.Linq;
using Fact.Component;
using Fact.Component.Binary;
using Fact.Component.Plan;
using Fact.Ir;
using Xunit;

namespace Fact.Properties.Component.Link;

/// <summary>The types that a plan has are those of the component, with the tables of the instance that sees them, and equal ones are one object.</summary>
public sealed class SideTypeLaws
{
    private const string Text = """
        (component
          (component $files
            (type $file' (resource (rep i32)))
            (export $file "file" (type $file'))
            (type $entry' (record (field "name" string) (field "file" (own $file)) (field "text" (stream u8)) (field "later" (future (list (own $file))))))
            (export $entry "entry" (type $entry'))
            (type $entries (list $entry))
            (core module $m
              (func (export "f") (param i32) (result i32) unreachable) (memory (export "mem") 1)
              (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
            (core instance $i (instantiate $m))
            (func (export "list") (param "of" (borrow $file)) (result $entries)
              (canon lift (core func $i "f") (memory (core memory $i "mem")) (realloc (core func $i "realloc")))))
          (component $user
            (import "files" (instance $files
              (export "file" (type $file (sub resource)))
              (type $entry' (record (field "name" string) (field "file" (own $file)) (field "text" (stream u8)) (field "later" (future (list (own $file))))))
              (export "entry" (type $entry (eq $entry')))
              (export "list" (func (param "of" (borrow $file)) (result (list $entry))))))
            (core module $m
              (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
            (core instance $i (instantiate $m))
            (core func (canon lower (func $files "list") (memory (core memory $i "mem")) (realloc (core func $i "realloc")))))
          (instance $f (instantiate $files))
          (instance (instantiate $user (with "files" (instance $f)))))
        """;

    [Fact]
    public void Handles_are_in_tables_of_the_instance_that_sees_the_type()
    {
        Check(Linked.Plan(Text));
        Check(Linked.Plan(ChannelLaws.Text));
    }

    [CorpusFact]
    public void So_they_are_in_all_components_that_others_made()
    {
        int adapters = 0;
        foreach (var (_, bytes) in Corpus.Components)
        {
            foreach (var plan in ComponentDecoder.Decode(bytes).Bind(ast => ComponentLinker.Link(ast).MapLeft(errors => errors[0])).RightAsEnumerable())
            {
                Check(plan);
                adapters += plan.Adapters.Length;
            }
        }
        Assert.InRange(adapters, 100, int.MaxValue);
    }

    [Fact]
    public void Both_sides_have_the_type_of_the_component_but_for_the_tables()
    {
        var adapter = Assert.Single(Linked.Plan(Text).Adapters).Adapter;
        Assert.NotEqual(adapter.Lift.Type, adapter.Lower.Type);
        Assert.Equal(Resolved(adapter.Lift.Type), Resolved(adapter.Lower.Type));
        Assert.Equal(
            "func(of: borrow<file>) -> list<record { name: string, file: file, text: stream<u8>, later: future<list<file>> }>",
            TypeText.Of(adapter.Lower.Type, Linked.Plan(Text).Tables.ResourceNames(_ => "file")));
    }

    private static string Resolved(ComponentFuncType type) => TypeText.Of(type, _ => "file");

    private static void Check(LinkPlan plan)
    {
        var seen = new HashSet<ValType>(ReferenceEqualityComparer.Instance);
        foreach (var side in plan.Adapters.Items.SelectMany(adapter => new[] { adapter.Adapter.Lift, adapter.Adapter.Lower }))
        {
            foreach (var type in side.Type.Params.Items.Select(param => param.Type).Append(side.Type.Result).OfType<ValType>())
                Check(plan.Tables, type, side.Instance.Id, []);
        }

        void Check(PlanTables tables, ValType type, InstanceId instance, HashSet<ValType> done)
        {
            if (!done.Add(type))
                return;
            seen.Add(type);
            if (type is ValType.Own(var owned))
                Assert.Equal(instance, tables.ResourceTables[(int)owned.Value].Instance);
            else if (type is ValType.Borrow(var borrowed))
                Assert.Equal(instance, tables.ResourceTables[(int)borrowed.Value].Instance);
            else if (type is ValType.Stream stream)
                Assert.Equal(new ChannelTable(instance, stream.Element), tables.StreamTables[(int)stream.Table.Value]);
            else if (type is ValType.Future future)
                Assert.Equal(new ChannelTable(instance, future.Element), tables.FutureTables[(int)future.Table.Value]);
            else if (type is ValType.ErrorContext(var contexts))
                Assert.Equal(instance, tables.ErrorContextTables[(int)contexts.Value]);
            for (int i = 0; i < TypeParts.Count(type); i++)
            {
                if (TypeParts.At(type, i) is { } part)
                    Check(tables, part, instance, done);
            }
        }

        Assert.Equal(seen.Count, seen.ToHashSet().Count);
    }
}
