using System.Linq;
using Fact.Component;
using Fact.Component.Ast;
using Fact.Component.Plan;
using Fact.Ir;
using Xunit;

namespace Fact.Properties.Component.Link;

/// <summary>Streams, futures, error contexts and task results carry numbers as resources do.</summary>
public sealed class ChannelLaws
{
    /// <summary>A component that produces a stream for another, with many built-ins.</summary>
    internal const string Text = """
        (component
          (component $producer
            (core module $m
              (func (export "f") (result i32) unreachable)
              (func (export "callback") (param i32 i32 i32) (result i32) unreachable)
              (memory (export "mem") 1))
            (core instance $i (instantiate $m))
            (alias core export $i "mem" (core memory $mem))
            (type $s (stream u8))
            (type $ff (future string))
            (core func $new (canon stream.new $s))
            (core func $write (canon stream.write $s async (memory $mem)))
            (core func $return (canon task.return (result (stream u8))))
            (core func $context (canon error-context.drop))
            (core func $drop (canon future.drop-readable $ff))
            (core module $n
              (import "" "new" (func (result i64))) (import "" "write" (func (param i32 i32 i32) (result i32)))
              (import "" "return" (func (param i32))) (import "" "context" (func (param i32))) (import "" "drop" (func (param i32))))
            (core instance (instantiate $n (with "" (instance
              (export "new" (func $new)) (export "write" (func $write)) (export "return" (func $return))
              (export "context" (func $context)) (export "drop" (func $drop))))))
            (func (export "f") async (result (stream u8))
              (canon lift (core func $i "f") async (callback (core func $i "callback")))))
          (component $consumer
            (import "f" (func $f async (result (stream u8))))
            (core module $m (memory (export "mem") 1))
            (core instance $i (instantiate $m))
            (core func (canon lower (func $f) async (memory (core memory $i "mem")))))
          (instance $p (instantiate $producer))
          (instance (instantiate $consumer (with "f" (func $p "f")))))
        """;

    [Fact]
    public void Both_sides_name_their_own_tables_of_one_element_type()
    {
        var plan = Linked.Plan(Text);
        var adapter = Assert.Single(plan.Adapters).Adapter;
        Assert.True(adapter.Lift.Options.Async);
        Assert.True(adapter.Lower.Options.Async);
        Assert.NotNull(adapter.Lift.Options.Callback);
        var element = ValType.Of(PrimitiveType.U8);
        Assert.Equal(new ChannelTable(new InstanceId(1), element), Table(plan, adapter.Lift.Type.Result!));
        Assert.Equal(new ChannelTable(new InstanceId(2), element), Table(plan, adapter.Lower.Type.Result!));
        Assert.Contains(plan.Trampolines.Items,
            t => t is Trampoline.Stream made && made.Op == EndOp.New && made.Table == ((ValType.Stream)adapter.Lift.Type.Result!).Table);
    }

    [Fact]
    public void What_a_task_returns_has_the_number_that_the_adapter_has()
    {
        var plan = Linked.Plan(Text);
        var adapter = plan.Adapters[0].Adapter;
        Assert.Equal(adapter.TaskReturn, plan.Trampolines.Items.OfType<Trampoline.TaskReturn>().Single().Results);
        Assert.Equal([adapter.Lift.Type.Result!], plan.Tables.ResultTuples[(int)adapter.TaskReturn.Value]);
    }

    [Fact]
    public void Futures_and_error_contexts_have_tables_of_their_own()
    {
        var plan = Linked.Plan(Text);
        Assert.Equal([new ChannelTable(new InstanceId(1), ValType.Of(PrimitiveType.String))], plan.Tables.FutureTables);
        Assert.Equal([new InstanceId(1)], plan.Tables.ErrorContextTables);
        Assert.Equal(new ErrorContextTableId(0), plan.Trampolines.Items.OfType<Trampoline.ErrorContextDrop>().Single().Table);
    }

    [Fact]
    public void Built_ins_know_their_options()
    {
        var plan = Linked.Plan(Text);
        var write = plan.Trampolines.Items.OfType<Trampoline.StreamCopy>().Single();
        var options = plan.Options[(int)write.Options.Value];
        Assert.Equal(new InstanceId(1), options.Instance);
        Assert.True(options.Options.Async);
        Assert.Equal(new CoreDef.Export(new CoreInstanceId(0), "mem"), plan.CoreMemories[(int)options.Options.Memory!.Id.Value]);
    }

    private static ChannelTable Table(LinkPlan plan, ValType type) => plan.Tables.StreamTables[(int)((ValType.Stream)type).Table.Value];
}
