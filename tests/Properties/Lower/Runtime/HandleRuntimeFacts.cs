using System;
using System.Linq;
using Fact.Ir;
using Xunit;

namespace Fact.Properties.Lower.Runtime;

/// <summary>Rules of the runtime module, one by one; <see cref="HandleRuntimeLaws"/> holds its handles to the model.</summary>
public sealed class HandleRuntimeFacts
{
    private static readonly InstanceNode Root = new(new(0)), Inner = new(new(1), Root), Innermost = new(new(2), Inner), Sibling = new(new(3), Root);

    /// <summary>Instance 1 defines a resource; tables 0, 1 and 2 are those of instances 1, 2 and 3, then two of types of the host in the root.</summary>
    private static HandleRuntime Input(bool destructor = false, CoreValType rep = CoreValType.I32) => new(
        4,
        [new RuntimeResource.Defined(Inner, rep, destructor), new RuntimeResource.Imported(), new RuntimeResource.Imported()],
        [new(Inner, new(0)), new(Innermost, new(0)), new(Sibling, new(0)), new(Root, new(1)), new(Root, new(2))],
        [
            .. Enumerable.Range(0, 5).Select(table => new RuntimeBuiltin(RuntimeBuiltinOp.Drop, new((uint)table))),
            new(RuntimeBuiltinOp.New, new(0)), new(RuntimeBuiltinOp.Rep, new(0)),
        ]);

    [Fact]
    public void As_many_handles_and_lends_as_the_host_allows()
    {
        using var rig = new RuntimeRig(CompiledRuntime.Of(Input()));
        rig.Set("max-handles", 2);
        rig.Ok("[resource-new]0", 1);
        Assert.Equal(2ul, rig.Ok("[resource-new]0", 2));
        Assert.Equal("cannot allocate another handle: there are as many as the host allows", rig.Trap("[resource-new]0", 3));
        Assert.Equal("cannot allocate another handle: there are as many as the host allows", rig.Trap("entry-add", 3, 1, 1));
        Assert.Equal(1ul, rig.Ok("transfer-own", 1, 0, 1));
        rig.Ok("enter-call");
        rig.Ok("lift-borrow", 2, 0);
        rig.Ok("lift-borrow", 1, 1);
        Assert.Equal("cannot lend another handle: calls in progress are lent as many as the host allows", rig.Trap("lift-borrow", 1, 1));
        Assert.Equal((2u, 2u), (rig.Value("handles"), rig.Value("lends")));
        rig.Ok("exit-call");
        rig.Ok("[resource-drop]0", 2);
        Assert.Equal((1u, 0u), (rig.Value("handles"), rig.Value("lends")));
        Assert.Equal(2ul, rig.Ok("[resource-new]0", 3));
    }

    [Fact]
    public void The_greatest_index_is_the_last()
    {
        using var rig = new RuntimeRig(CompiledRuntime.Of(Input(), maxIndex: 63));
        for (ulong i = 1; i <= 63; i++)
            Assert.Equal(i, rig.Ok("[resource-new]0", 1));
        Assert.Equal("cannot allocate another handle: index overflow", rig.Trap("[resource-new]0", 3));
        Assert.Equal(1ul, rig.Ok("lower-own", 1, 1));
        rig.Ok("[resource-drop]0", 7);
        Assert.Equal(7ul, rig.Ok("[resource-new]0", 3));
    }

    [Theory]
    [InlineData(CoreValType.I32)]
    [InlineData(CoreValType.I64)]
    public void Hundreds_of_thousands_of_handles_keep_what_they_are(CoreValType rep)
    {
        const int Count = 150_000;
        using var rig = new RuntimeRig(CompiledRuntime.Of(Input(rep: rep)));
        long Rep(int i) => rep == CoreValType.I64 ? (i * 1_000_000_007L) ^ (1L << 40) : i * 7;
        for (int i = 1; i <= Count; i++)
            rig.Ok("lower-own", Rep(i), i % 3);
        for (int i = 1; i <= Count; i += 997)
            Assert.Equal((ulong)Rep(i), rig.Ok("lift-own", ((i - 1) / 3) + 1, i % 3));
        Assert.Equal((uint)(Count - Enumerable.Range(0, Count).Count(i => i % 997 == 0)), rig.Value("handles"));
    }

    [Fact]
    public void A_memory_that_cannot_grow_is_a_trap()
    {
        using var rig = new RuntimeRig(CompiledRuntime.Of(Input()), memoryLimit: 200_000);
        int made = 0;
        string? trap = null;
        for (; trap is null && made < 100_000; made++)
            trap = rig.Call("[resource-new]0", 1).Trap;
        Assert.Equal("cannot allocate another handle: out of memory", trap);
        Assert.InRange(made, 2_000, 10_000);
    }

    [Fact]
    public void What_was_wrong_can_be_asked()
    {
        using var rig = new RuntimeRig(CompiledRuntime.Of(Input()));
        rig.Ok("[resource-new]0", 1);
        Assert.Equal("unknown handle index", rig.Trap("[resource-rep]0", 17));
        Assert.Equal((17u, 1u, 0u), (rig.Value("fault-index"), rig.Value("fault-expected"), rig.Value("fault-found")));
        Assert.Equal("unknown handle index", rig.Trap("[resource-drop]0", -1));
        rig.Ok("lower-own", 1, 3);
        Assert.Equal("handle index used with the wrong type", rig.Trap("[resource-drop]4", 1));
        Assert.Equal((1u, 3u, 2u), (rig.Value("fault-index"), rig.Value("fault-expected"), rig.Value("fault-found")));
        rig.Ok("entry-add", 1, 5, 99);
        Assert.Equal("handle index used with the wrong type", rig.Trap("[resource-drop]0", 2));
        Assert.Equal(5u | (1u << 31), rig.Value("fault-found"));
        Assert.Equal("handle index used with the wrong type", rig.Trap("entry-value", 1, 4, 2));
        Assert.Equal("handle index used with the wrong type", rig.Trap("entry-remove", 1, 5, 1));
    }

    [Fact]
    public void Numbers_that_mean_nothing_are_traps()
    {
        const string Unknown = "there is no such table, instance or resource type";
        using var rig = new RuntimeRig(CompiledRuntime.Of(Input()));
        foreach (long number in new long[] { 5, int.MaxValue, -1 })
        {
            Assert.Equal(Unknown, rig.Trap("transfer-own", 1, number, 0));
            Assert.Equal(Unknown, rig.Trap("lower-own", 1, number));
            Assert.Equal(Unknown, rig.Trap("entry-add", number, 1, 1));
            Assert.Equal(Unknown, rig.Trap("entry-kind", number, 1));
            Assert.Equal(Unknown, rig.Trap("same-type", 1, number));
        }
        Assert.Equal(Unknown, rig.Trap("same-type", 0, 1));
        Assert.Equal(Unknown, rig.Trap("same-type", 1, 0));
    }

    [Fact]
    public void The_host_can_say_that_two_of_its_types_are_one()
    {
        using var rig = new RuntimeRig(CompiledRuntime.Of(Input()));
        Assert.Equal("handle index used with the wrong type", With(rig, "[resource-drop]4"));
        rig.Ok("same-type", 2, 1);
        rig.Ok("[resource-drop]4", 1);
        Assert.Equal([(2u, 77ul)], rig.Dropped);
        rig.Ok("lower-own", 8, 4);
        Assert.Equal(8ul, rig.Ok("lift-own", 1, 3));

        static string With(RuntimeRig rig, string name)
        {
            rig.Ok("lower-own", 77, 3);
            return rig.Trap(name, 1);
        }
    }

    [Fact]
    public void Built_ins_do_not_leave_an_instance_that_may_not_be_left()
    {
        using var rig = new RuntimeRig(CompiledRuntime.Of(Input()));
        rig.Ok("[resource-new]0", 5);
        rig.Flags[1].Wrap<int>()!.SetValue(2);
        Assert.Equal("cannot leave component instance", rig.Trap("[resource-new]0", 1));
        Assert.Equal("cannot leave component instance", rig.Trap("[resource-drop]0", 1));
        Assert.Equal(5ul, rig.Ok("[resource-rep]0", 1));
    }

    [Fact]
    public void A_destructor_is_called_once_its_handle_is_gone()
    {
        using var rig = new RuntimeRig(CompiledRuntime.Of(Input(destructor: true)));
        rig.Destructor(0, rep =>
        {
            Assert.Equal(0ul, rig.Ok("entry-kind", 1, 1));
            rig.Dropped.Add((0, rep));
        });
        rig.Ok("[resource-new]0", 5);
        rig.Ok("[resource-drop]0", 1);
        Assert.Equal([(0u, 5ul)], rig.Dropped);
        // A borrow is no reason to.
        rig.Ok("[resource-new]0", 6);
        rig.Ok("enter-call");
        ulong borrow = rig.Ok("transfer-borrow", 1, 0, 2);
        rig.Ok("[resource-drop]2", (long)borrow);
        rig.Ok("exit-call");
        Assert.Single(rig.Dropped);
    }

    [Fact]
    public void Exceptions_of_destructors_are_traps_where_there_is_a_barrier()
    {
        using var rig = new RuntimeRig(CompiledRuntime.Of(Input(destructor: true), new CompileOptions(ExceptionBarrier: true)));
        rig.Destructor(0, """(module (tag $t) (func (export "dtor") (param i32) (throw $t)))""");
        rig.Ok("[resource-new]0", 5);
        Assert.Equal("uncaught exception at a component boundary", rig.Trap("[resource-drop]0", 1));
    }

    [Fact]
    public void By_the_older_rule_a_destructor_enters_the_instances_that_its_caller_is_not_in()
    {
        var options = CompileOptions.Default with { Reentrance = Reentrance.Trap };
        using var rig = new RuntimeRig(CompiledRuntime.Of(Input(destructor: true), options));
        int[] Flags() => [.. rig.Flags.Select(flag => flag.Wrap<int>()!.GetValue())];
        int[] inside = [];
        rig.Destructor(0, _ => inside = Flags());

        // From a sibling the definer is entered, not the root that both are in; from within nothing is.
        foreach (var (table, entered) in new[] { (2, new[] { 3, 1, 3, 3 }), (1, [3, 3, 3, 3]), (0, [3, 3, 3, 3]) })
        {
            long handle = (long)rig.Ok("lower-own", 1, table);
            rig.Ok($"[resource-drop]{table}", handle);
            Assert.Equal(entered, inside);
            Assert.Equal([3, 3, 3, 3], Flags());
        }
        rig.Flags[1].Wrap<int>()!.SetValue(1);
        Assert.Equal("cannot enter component instance", rig.Trap("[resource-drop]2", (long)rig.Ok("lower-own", 1, 2)));
        rig.Ok("[resource-drop]1", (long)rig.Ok("lower-own", 1, 1));

        // The check is made even where there is no destructor.
        using var without = new RuntimeRig(CompiledRuntime.Of(Input(), options));
        without.Flags[1].Wrap<int>()!.SetValue(1);
        Assert.Equal("cannot enter component instance", without.Trap("[resource-drop]2", (long)without.Ok("lower-own", 1, 2)));
    }

    [Fact]
    public void A_call_that_is_current_can_be_exchanged_for_another()
    {
        using var rig = new RuntimeRig(CompiledRuntime.Of(Input()));
        rig.Ok("[resource-new]0", 5);
        rig.Ok("enter-call");
        rig.Ok("transfer-borrow", 1, 0, 2);
        uint first = rig.Value("current-call");
        rig.Set("current-call", 0);
        rig.Ok("enter-call");
        rig.Ok("exit-call");
        Assert.Equal(0u, rig.Value("current-call"));
        Assert.Equal("a call ends that did not begin", rig.Trap("exit-call"));
        rig.Set("current-call", first);
        Assert.Equal("borrow handles still remain at the end of the call", rig.Trap("exit-call"));
        rig.Ok("[resource-drop]2", 1);
        rig.Ok("exit-call");
        rig.Ok("[resource-drop]0", 1);
    }

    [Fact]
    public void What_cannot_be_kept_is_said()
    {
        var input = Input();
        Assert.Equal(["resource table 5: there is no resource type 9"], Errors(input with { Tables = [.. input.Tables, new(Root, new(9))] }));
        Assert.Equal(["resource table 5: there is no component instance 4"], Errors(input with { Tables = [.. input.Tables, new(new(new(4)), new(0))] }));
        Assert.Equal(["[resource-rep]7: there is no resource table 7"], Errors(input with { Builtins = [new(RuntimeBuiltinOp.Rep, new(7))] }));
        Assert.Equal(
            ["[resource-new]3: only resource types that a component instance defines have it"],
            Errors(input with { Builtins = [new(RuntimeBuiltinOp.New, new(3))] }));
        Assert.Equal(
            ["[resource-drop]3: it is there twice"],
            Errors(input with { Builtins = [new(RuntimeBuiltinOp.Drop, new(3)), new(RuntimeBuiltinOp.Drop, new(3))] }));
        Assert.Equal(
            ["resource type 3: it is represented by f32; it must be i32 or i64"],
            Errors(input with { Resources = [.. input.Resources, new RuntimeResource.Defined(Root, CoreValType.F32, false)] }));
        Assert.Contains("more than the 1000000", Assert.Single(Errors(input with { Instances = uint.MaxValue })), StringComparison.Ordinal);
        var deep = Root;
        for (int i = 0; i < 40; i++)
            deep = new(new(1), deep);
        var nested = input with { Tables = [new(deep, new(0)), new(deep, new(0))], Builtins = [] };
        Assert.Contains("nested too deep", Assert.Single(Errors(nested, Reentrance.Trap)), StringComparison.Ordinal);
        Assert.Empty(Errors(input with { Tables = [new(deep, new(0))], Builtins = [] }));

        static string[] Errors(HandleRuntime runtime, Reentrance reentrance = Reentrance.Allow) => RuntimeCompiler
            .Compile(runtime, CompileOptions.Default with { Reentrance = reentrance })
            .Match(_ => [], errors => errors.Select(error => error.ToString()).ToArray());
    }

    [Fact]
    public void The_module_is_linear_in_what_it_keeps_and_an_engine_takes_it()
    {
        long one = Size(1), many = Size(30_000);
        Assert.True(many < 30_000 * (Size(100) - one) / 90, $"{one} bytes for one, {many} for 30000");

        static long Size(int count)
        {
            var module = RuntimeCompiler.Compile(Many(count), CompileOptions.Default)
                .Match(module => module, errors => throw new InvalidOperationException(errors.ToString()));
            Assert.Null(Generators.Engines.Fault(module.Bytes));
            return module.Bytes.Length;
        }

        static HandleRuntime Many(int count) => new(
            1,
            [.. Enumerable.Repeat(new RuntimeResource.Defined(Root, CoreValType.I32, HasDestructor: true), count)],
            [.. Enumerable.Range(0, count).Select(i => new RuntimeTable(Root, new((uint)i)))],
            [.. from op in Enum.GetValues<RuntimeBuiltinOp>() from i in Enumerable.Range(0, count) select new RuntimeBuiltin(op, new((uint)i))]);
    }
}
