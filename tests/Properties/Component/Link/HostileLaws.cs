using System;
using System.Linq;
using System.Text;
using System.Threading;
using Fact.Component;
using Fact.Component.Binary;
using Fact.Component.Plan;
using Xunit;

namespace Fact.Properties.Component.Link;

/// <summary>What input can make the linker do is bounded.</summary>
public sealed class HostileLaws
{
    [Fact]
    public void Instantiations_that_multiply_end_with_an_error()
    {
        // Each component instantiates the one before it ten times: 10^8 instances when written out.
        var text = new StringBuilder("(component (component $c0)\n");
        for (int i = 1; i <= 8; i++)
        {
            string ten = string.Concat(Enumerable.Repeat("(instance (instantiate $inner))", 10));
            text.Append($"(component $c{i} (alias outer 1 $c{i - 1} (component $inner)) {ten})\n");
        }
        var error = Ending.Of(() => Linked.Error(text.Append("(instance (instantiate $c8)))").ToString()));
        Assert.Contains("more than 10000 component instances", error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Offset);
    }

    [Fact]
    public void Core_instances_that_multiply_end_with_an_error()
    {
        string cores = string.Concat(Enumerable.Repeat("(core instance (instantiate $m))", 100));
        string instances = string.Concat(Enumerable.Repeat("(instance (instantiate $c))", 200));
        var error = Ending.Of(() => Linked.Error($"(component (core module $m) (component $c (alias outer 1 $m (core module $m)) {cores}) {instances})"));
        Assert.Contains("more than 10000 core instances", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Definitions_that_multiply_end_with_an_error()
    {
        string aliases = string.Concat(Enumerable.Repeat("(alias export $i \"f\" (func))", 2_000));
        string instances = string.Concat(Enumerable.Repeat("(instance (instantiate $c (with \"i\" (instance $i))))", 3_000));
        string type = "(instance $i (export \"f\" (func)))";
        var error = Ending.Of(() => Linked.Error($"(component (component $c (import \"i\" {type}) {aliases}) (import \"i\" {type}) {instances})"));
        Assert.Contains("linking the component takes more than", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Types_that_double_are_linear()
    {
        // 2^19 records when written out.
        var plan = Ending.Of(() => Linked.Plan(Doubling("tuple", 19)));
        var type = ((ExportItem.Func)plan.Exports[^1].Item).FuncType.Params[0].Type;
        Assert.Equal(21, type.Depth);
    }

    [Fact]
    public void Types_of_too_large_values_are_rejected() =>
        Assert.Contains("less than 2^28", Ending.Of(() => Linked.Error(Doubling("tuple", 60))).Message, StringComparison.Ordinal);

    [Fact]
    public void Instance_types_that_double_are_rejected()
    {
        var text = new StringBuilder("(component (type $t0 (instance (export \"f\" (func))))\n");
        for (int i = 1; i <= 40; i++)
            text.Append($"(type $t{i} (instance (alias outer 1 $t{i - 1} (type $t)) (export \"a\" (instance (type $t))) (export \"b\" (instance (type $t)))))\n");
        var error = Ending.Of(() => Linked.Error(text.Append("(import \"i\" (instance (type $t40))))").ToString()));
        Assert.Contains("writes out to", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Instance_types_with_resource_types_that_are_used_often_end()
    {
        // Every use copies ten thousand exports.
        var exports = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"(export \"f{i}\" (func (param \"r\" (borrow $r))))"));
        var imports = string.Concat(Enumerable.Range(0, 900).Select(i => $"(import \"i{i}\" (instance (type $t)))"));
        byte[] bytes = Wasmtime.Module.ConvertText($"(component (type $t (instance (export \"r\" (type $r (sub resource))) {exports})) {imports})");
        Ending.Of(() => ComponentDecoder.Decode(bytes).Bind(ast => ComponentLinker.Link(ast).MapLeft(errors => errors[0])));
    }

    [Fact]
    public void A_deep_chain_of_instantiations_needs_no_deep_stack()
    {
        var text = new StringBuilder("(component (component $c0)\n");
        for (int i = 1; i <= 900; i++)
            text.Append($"(component $c{i} (alias outer 1 $c{i - 1} (component $inner)) (instance (instantiate $inner)))\n");
        byte[] bytes = Wasmtime.Module.ConvertText(text.Append("(instance (instantiate $c900)))").ToString());
        LinkPlan? plan = null;
        var thread = new Thread(() => plan = Linked.Plan(bytes), maxStackSize: 256 * 1024);
        thread.Start();
        thread.Join();
        Assert.Equal(902, plan!.Instances.Length);
        Assert.Equal(900u, plan.Instances[^1].Parent!.Value.Value);
    }

    [Fact]
    public void What_nests_as_deep_as_it_may_needs_no_deep_stack()
    {
        foreach (byte[] bytes in new[] { Binary.Samples.NestedTypes(100), Binary.Samples.NestedComponents(101) })
        {
            LinkPlan? plan = null;
            var thread = new Thread(() => plan = Linked.Plan(bytes), maxStackSize: 256 * 1024);
            thread.Start();
            thread.Join();
            Assert.NotNull(plan);
        }
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void Value_types_nest_as_deep_as_in_Wasmtime(int depth, bool isAllowed)
    {
        // A list of depth n has depth n + 1.
        var text = new StringBuilder("(component (type $t1 (list u8))\n");
        for (int i = 2; i < depth; i++)
            text.Append($"(type $t{i} (list $t{i - 1}))\n");
        byte[] bytes = Wasmtime.Module.ConvertText(text.Append(')').ToString());
        Assert.Equal(isAllowed, ComponentDecoder.Decode(bytes).Bind(ast => ComponentLinker.Link(ast).MapLeft(errors => errors[0])).IsRight);
        Assert.Equal(isAllowed, EngineOracle.Accepts(bytes));
    }

    [Fact]
    public void Damaged_components_are_rejected_or_compile()
    {
        foreach (string text in new[] { ChannelLaws.Text,
            $"(component {Linked.Leaf} {Linked.Relay} (instance $a (instantiate $leaf)) (instance (instantiate $relay (with \"f\" (func $a \"f\")))))" })
        {
            byte[] bytes = Wasmtime.Module.ConvertText(text);
            for (int i = 0; i < bytes.Length; i++)
            {
                ComponentCompiler.Compile(bytes.AsMemory(0, i), CompileOptions.Default);
                byte original = bytes[i];
                foreach (byte value in new[] { (byte)(original ^ 1), (byte)(original + 1), (byte)(original ^ 0x40), (byte)0xff })
                {
                    bytes[i] = value;
                    ComponentCompiler.Compile(bytes, CompileOptions.Default);
                }
                bytes[i] = original;
            }
        }
    }

    private static string Doubling(string kind, int depth)
    {
        var text = new StringBuilder("(component (type $t0' (record (field \"x\" u8))) (export $t0 \"t0\" (type $t0'))\n");
        for (int i = 1; i <= depth; i++)
            text.Append($"(type $t{i} ({kind} $t{i - 1} $t{i - 1}))\n");
        return text.Append($"""
            (core module $m (func (export "f") (param i32)) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable) (memory (export "mem") 1))
            (core instance $i (instantiate $m))
            (func (export "f") (param "p" $t{depth}) (canon lift (core func $i "f") (memory (core memory $i "mem")) (realloc (core func $i "realloc")))))
            """).ToString();
    }
}
