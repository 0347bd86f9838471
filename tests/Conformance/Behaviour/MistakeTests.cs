using System.Linq;
using Fact.Conformance.Behaviour.Rig;
using Fact.Ir;
using Fact.Model;
using Fact.Model.Guests;
using Fact.Properties.Generators;
using Wasmtime;
using Xunit;
using Import = Fact.Ir.Import;

namespace Fact.Conformance.Behaviour;

/// <summary>Mistakes that have been made in adapter compilers, and are not made here. Each fails when its fix is taken out.</summary>
public sealed class MistakeTests
{
    [Fact]
    public void A_discriminant_equal_to_the_number_of_cases_is_none_of_them()
    {
        foreach (var type in new ValType[] { new ValType.Enum(["a", "b"]), new ValType.Option(Make.U8), new ValType.Variant([new("a", null), new("b", Make.U8)]) })
        {
            using var rig = Make.Rig(Make.Takes(type));
            Assert.Equal("invalid variant discriminant", rig.Traps([2UL, .. new ulong[rig.Lower.Side.CoreType.Params.Length - 1]]).Message);
        }
    }

    [Fact]
    public void The_most_bytes_of_a_string_are_the_limit_itself()
    {
        using var rig = Make.Rig(Make.Takes(Make.Text));
        Assert.Equal("string out of bounds of memory", rig.Traps(0x400, (1 << 28) - 1).Message);
        Assert.Equal("string byte size exceeds maximum", rig.Traps(0x400, 1 << 28).Message);
    }

    [Fact]
    public void The_bounds_of_utf16_are_counted_in_bytes()
    {
        using var rig = Make.Rig(Make.Takes(Make.Text), new(StringEncoding.Utf16));
        Assert.Equal("string out of bounds of memory", rig.Traps(0x20000 - 8, 5).Message);
    }

    [Fact]
    public void The_alignment_of_every_allocation_is_checked()
    {
        // "a€" takes two steps to become UTF-16, and a third to lose what is left over.
        for (int call = 0; call < 3; call++)
        {
            using var rig = Make.Rig(Make.Takes(Make.Text), lift: new(StringEncoding.Latin1OrUtf16));
            int unaligned = call;
            rig.Lift.Heap.Answer = (n, _) => n == unaligned ? 0x9001 : null;
            Assert.Equal("pointer not aligned correctly", TrapReport.Of(rig, () => rig.Pass(Make.String(rig.Lower, "a€"))).Message);
            Assert.Equal(call + 1, rig.Lift.Heap.Calls.Count);
        }
    }

    [Fact]
    public void The_bounds_of_an_allocation_that_grows_are_checked_with_its_new_size()
    {
        using var rig = Make.Rig(Make.Takes(Make.Text), new(StringEncoding.Utf16), new());
        rig.Lift.Heap.Answer = (n, call) => n == 1 ? 0x20000 - call.NewSize + 1 : null;
        Assert.Equal("realloc result out of bounds of memory", TrapReport.Of(rig, () => rig.Pass(Make.String(rig.Lower, "é€"))).Message);
    }

    [Fact]
    public void The_alignment_of_returned_strings_and_lists_is_checked()
    {
        foreach (var (type, encoding) in new[] { (Make.Text, StringEncoding.Utf16), (Make.Text, StringEncoding.Latin1OrUtf16),
            (new ValType.List(Make.U64), StringEncoding.Utf8) })
        {
            using var rig = Make.Rig(Make.Gives(type), lift: new(encoding));
            ulong pair = rig.Lift.Put(System.BitConverter.GetBytes(0x501UL | (1UL << 32)), 4);
            rig.Callee = _ => [new(CoreValType.I32, pair)];
            Assert.Equal("pointer not aligned correctly", rig.Traps(rig.Lower.Room(8, 8)).Message);
        }
    }

    [Theory]
    [InlineData(MemoryPlan.With32, MemoryPlan.With64, 48)]
    [InlineData(MemoryPlan.With64, MemoryPlan.With32, 24)]
    public void Bytes_of_a_list_are_counted_anew_for_the_other_memory(MemoryPlan lower, MemoryPlan lift, ulong bytes)
    {
        using var rig = Make.Rig(Make.Takes(new ValType.List(Make.Text)), new(Memory: lower), new(Memory: lift));
        rig.Pass(Make.List(Enumerable.Range(0, 3).Select(i => Make.String(rig.Lower, "x"))));
        Assert.Equal(bytes, rig.Lift.Heap.Calls[0].NewSize);
    }

    [Fact]
    public void The_return_pointer_of_an_asynchronous_call_is_the_callers()
    {
        using var rig = Make.Rig(Make.Gives(Make.Text), new(Memory: MemoryPlan.With64, Async: true), new(Memory: MemoryPlan.With32, Async: true));
        Assert.Equal("far", ((SpecValue.Text)rig.Return(Make.String(rig.Lift, "far"))).Value);
        Assert.Equal(CoreValType.I64,
            rig.Module.Exports.Items.Single(export => export.Name.StartsWith("[async-return]", System.StringComparison.Ordinal)).Type.Params[^1]);
    }

    [Fact]
    public void A_very_wide_type_ends()
    {
        var wide = new ValType.Record([.. Enumerable.Range(0, 3000).Select(i => new Field("f" + i, i % 2 == 0 ? Make.U16 : Make.Bool))]);
        using var rig = Make.Rig(Make.Takes(new ValType.List(wide)));
        var value = Make.List(Make.Record(Enumerable.Range(0, 3000).Select(i => ("f" + i, i % 2 == 0 ? Make.Bits((ulong)i) : new SpecValue.Bool(i % 3 == 0)))));
        Assert.Equal([value], rig.Pass(value));
    }

    [Fact]
    public void An_exception_does_not_cross_the_barrier()
    {
        using var rig = Make.Rig(new([], null), options: Make.Explained with { ExceptionBarrier = true }, replace: (store, import) => import is Import.Callee
            ? new Instance(store, Module.FromText(Engines.All, "thrower", "(module (tag $e) (func (export \"f\") (throw $e)))")).GetFunction("f")
            : null);
        Assert.Equal("uncaught exception at a component boundary", rig.Traps().Message);
    }

    [Fact]
    public void Imports_have_names_of_their_own()
    {
        // The same callee for two adapters, another for a third; one callback, one post-return, transcoders both ways.
        var echo = new ComponentFuncType([new("p", Make.Text)], Make.Text);
        var sync = AdapterPlan.Of(echo, new(StringEncoding.Utf16), new(PostReturn: true));
        var module = Compiled.Module(
            [
                sync.Build(),
                (sync with { Number = 1 }).Build() with { Callee = sync.Build().Callee },
                (AdapterPlan.Of(echo, new(Async: true), new(Async: true, Callback: true)) with { Number = 2 }).Build(),
                (AdapterPlan.Of(echo, new(), new(Async: true, Callback: true)) with { Number = 3 }).Build(),
            ],
            CompileOptions.Default);
        Assert.Equal(module.Imports.Length, module.Imports.Items.Select(import => (import.Module, import.Name)).Distinct().Count());
        Assert.Equal(["adapter0", "adapter2", "adapter3"], module.Imports.Items.Where(import => import.Module == "callee").Select(import => import.Name));

        // Several memories, allocators and callbacks, which are named by numbers; and adapters that would have the same name.
        Assert.Equal(2, module.Imports.Items.Count(import => import.Module == "memory"));
        Assert.Equal(2, module.Imports.Items.Count(import => import.Module == "realloc"));
        Assert.Equal(1, module.Imports.Items.Count(import => import.Module == "callback"));
        Assert.Contains(Compiled.Errors(sync.Build(), sync.Build()), error => error.Message.Contains("a name of its own", System.StringComparison.Ordinal));
    }

    [Fact]
    public void Post_return_may_not_leave_its_instance()
    {
        using var rig = Make.Rig(new([], null), lift: new(PostReturn: true));
        rig.CallBits();
        Assert.Equal(["callee [1:LE 2:LE]", "post-return [1:LE 2:-E]"], rig.Story);
    }

    [Fact]
    public void Instances_around_the_callee_must_be_enterable_too()
    {
        using var rig = Make.Rig(new([], null), kinship: Kinship.Cousins, options: Make.OlderRule);
        rig.Flags[2].SetValue(1);
        Assert.Equal("cannot enter instance", rig.Traps().Message);
    }

    [Fact]
    public void Utf16_that_became_latin1_shrinks_with_an_alignment_of_one()
    {
        using var rig = Make.Rig(Make.Takes(Make.Text), new(StringEncoding.Latin1OrUtf16), new(StringEncoding.Latin1OrUtf16));
        rig.Call(rig.Lower.Setup.LowerFlatValues(SpecAbi.MaxFlatParams, [Make.String(rig.Lower, "abc", tagged: true)], rig.Lower.Params));
        Assert.Equal([(0UL, 2UL, 6UL), (6UL, 1UL, 3UL)], rig.Lift.Heap.Calls.Select(call => (call.OldSize, call.Alignment, call.NewSize)));
    }
}
