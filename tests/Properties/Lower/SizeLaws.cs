using System;
using System.IO;
using System.Linq;
using Fact.Ir;
using Fact.Model.Laws;
using Fact.Properties.Generators;
using Xunit;

namespace Fact.Properties.Lower;

/// <summary>Modules are linear in the size of the types, and compiling ends, however types are made.</summary>
public sealed class SizeLaws
{
    private static readonly ValType U8 = ValType.Of(PrimitiveType.U8), Text = ValType.Of(PrimitiveType.String);

    private static readonly SidePlan[] Sides = [new(), new(StringEncoding.Utf16, MemoryPlan.With64), new(StringEncoding.Latin1OrUtf16, Async: true)];

    /// <summary>Bytes of a module for each type in it: generous, but far from what a power would need.</summary>
    private const int BytesPerNode = 900;

    public static TheoryData<int, int, bool> Pairings()
    {
        var data = new TheoryData<int, int, bool>();
        for (int lower = 0; lower < Sides.Length; lower++)
        {
            for (int lift = 0; lift < Sides.Length; lift++)
                data.Add(lower, lift, (lower + lift) % 2 == 0);
        }
        return data;
    }

    [Fact]
    public void A_float_that_stays_in_an_integer_slot_of_its_width_is_not_converted()
    {
        ValType F64 = ValType.Of(PrimitiveType.F64), F32 = ValType.Of(PrimitiveType.F32);
        foreach (var type in new[] { new ValType.Result(F64, ValType.Of(PrimitiveType.U64)), new ValType.Result(F32, ValType.Of(PrimitiveType.U32)) })
        {
            var code = Compiled.Program([AdapterPlan.Of(new([new("p", type)], null)).Build()]).Adapters.SelectMany(adapter => adapter.Funcs)
                .SelectMany(func => CodeWalk.All(func.Body));
            Assert.DoesNotContain(code,
                instr => instr is Instr.Plain(PlainOp.F64ReinterpretI64 or PlainOp.I64ReinterpretF64 or PlainOp.F32ReinterpretI32 or PlainOp.I32ReinterpretF32));
        }
    }

    [Theory]
    [MemberData(nameof(Pairings))]
    public void Doubling_a_tuple_twenty_times_is_linear(int lower, int lift, bool debug) =>
        Linear(depth => Doubled(depth, ValType.Of(PrimitiveType.Bool), part => new ValType.Tuple([part, part])), 10, 20, lower, lift, debug);

    [Theory]
    [MemberData(nameof(Pairings))]
    public void Doubling_through_lists_forty_times_is_linear(int lower, int lift, bool debug) =>
        Linear(depth => Doubled(depth, Text, part => new ValType.Record([new("left", new ValType.List(part)), new("right", new ValType.List(part))])), 20, 40, lower,
            lift, debug);

    [Theory]
    [MemberData(nameof(Pairings))]
    public void Doubling_a_variant_forty_times_is_linear(int lower, int lift, bool debug) =>
        Linear(depth => Doubled(depth, Text, part => new ValType.Result(part, new ValType.Option(part))), 20, 40, lower, lift, debug);

    [Fact]
    public void Doubled_types_without_shared_parts_make_the_same_module()
    {
        // 2^12 objects on one side, 12 on the other.
        var shared = Doubled(12, Text, part => new ValType.Tuple([part, part]));
        var type = new ComponentFuncType([new("p", Unshared(12))], shared);
        var adapter = AdapterPlan.Of(type).Build();
        var module = Compiled.Module([adapter], CompileOptions.Default);
        var same = Compiled.Module(AdapterPlan.Of(new([new("p", shared)], shared)));
        Assert.Equal(same.Bytes.ToArray(), module.Bytes.ToArray());

        static ValType Unshared(int depth) => depth == 0 ? new ValType.Primitive(PrimitiveType.String) : new ValType.Tuple([Unshared(depth - 1), Unshared(depth - 1)]);
    }

    [Fact]
    public void Records_of_many_fields_are_linear() =>
        Linear(width => new ValType.Record([.. Enumerable.Range(0, width).Select(i => new Field("f" + i, Mixed(i)))]), 2500, 5000, 0, 1, false);

    [Fact]
    public void Variants_of_many_cases_with_different_payloads_are_linear() =>
        Linear(width => new ValType.Variant([.. Enumerable.Range(0, width).Select(i => new Case("c" + i, new ValType.FixedLengthList(U8, (uint)i + 1)))]), 2500, 5000, 0,
            1, false);

    [Fact]
    public void Variants_whose_cases_take_turns_with_many_payloads_are_linear() =>
        Linear(width => new ValType.Variant([.. Enumerable.Range(0, width).Select(i => new Case("c" + i, new ValType.FixedLengthList(U8, (uint)(i % 100) + 1)))]), 2500,
            5000, 0, 1, false);

    [Fact]
    public void Using_a_wide_variant_many_times_is_linear() =>
        Linear(width => Uses(width, new ValType.Variant([.. Enumerable.Range(0, width).Select(i => new Case("c" + i, i == 3 ? U8 : i == 7 ? Text : null))])), 500, 1000,
            0, 1, false);

    [Fact]
    public void Using_a_wide_enum_many_times_is_linear() =>
        Linear(width => Uses(width, new ValType.Enum([.. Enumerable.Range(0, width).Select(i => "c" + i)])), 500, 1000, 0, 1, false);

    private static ValType.Record Uses(int times, ValType part) => new([.. Enumerable.Range(0, times).Select(i => new Field("f" + i, part))]);

    [Theory]
    [InlineData(PrimitiveType.U64, 62_500)]
    [InlineData(PrimitiveType.String, 50_000)]
    [InlineData(PrimitiveType.Bool, 41_600)]
    public void The_widest_record_that_is_accepted_validates_even_in_a_debug_build(PrimitiveType field, int width) =>
        Assert.True(Length(Uses(width, ValType.Of(field)), 1, 1, true) > 0);

    [Fact]
    public void Enums_of_seventy_thousand_cases_are_linear() =>
        Linear(width => new ValType.Enum([.. Enumerable.Range(0, width).Select(i => "c" + i)]), 35_000, 70_000, 0, 0, false);

    [Theory]
    [MemberData(nameof(Pairings))]
    public void Lists_nested_ninety_deep_are_linear(int lower, int lift, bool debug) =>
        Linear(depth => Doubled(depth, U8, part => new ValType.List(part)), 45, 90, lower, lift, debug);

    [Theory]
    [MemberData(nameof(Pairings))]
    public void Records_of_one_field_nested_ninety_deep_are_linear(int lower, int lift, bool debug) =>
        Linear(depth => Doubled(depth, Text, part => new ValType.Record([new("x", part)])), 45, 90, lower, lift, debug, bytes: 4000);

    [Theory]
    [MemberData(nameof(Pairings))]
    public void The_length_of_a_fixed_length_list_does_not_matter(int lower, int lift, bool debug)
    {
        foreach (var element in new[] { U8, ValType.Of(PrimitiveType.Char), new ValType.Option(U8), ValType.Of(PrimitiveType.Bool) })
        {
            int small = Length(new ValType.FixedLengthList(element, 100), lower, lift, debug);
            int large = Length(new ValType.FixedLengthList(element, 1 << 24), lower, lift, debug);
            Assert.InRange(large, small - 40, small + 40);
        }
    }

    [Theory]
    [MemberData(nameof(Pairings))]
    public void Functions_of_many_parameters_are_linear(int lower, int lift, bool debug)
    {
        int small = Many(500), large = Many(1000);
        Assert.InRange(large, small, (small * 2 * 21 / 20) + 200); // indices become longer

        int Many(int count)
        {
            var type = new ComponentFuncType([.. Enumerable.Range(0, count).Select(i => new Param("p" + i, Mixed(i)))], null);
            var module = Compiled.Module(AdapterPlan.Of(type, Sides[lower], Sides[lift]), Options(debug));
            Assert.Null(Engines.Fault(module.Bytes));
            return module.Bytes.Length;
        }
    }

    /// <summary>Every handle is a call of the host; an asynchronous call makes it in its two parts.</summary>
    [Theory]
    [MemberData(nameof(Pairings))]
    public void Doubling_a_record_of_handles_is_linear(int lower, int lift, bool debug) => Linear(
        depth => Doubled(
            depth,
            new ValType.Tuple([new ValType.Own(new(1)), new ValType.Stream(new(1)), new ValType.Future(new(1)), new ValType.ErrorContext(new(1))]),
            part => new ValType.Record([new("left", part), new("right", new ValType.Option(part))])),
        10,
        20,
        lower,
        lift,
        debug);

    private static ValType Mixed(int i) => (i % 5) switch
    {
        0 => U8,
        1 => Text,
        2 => new ValType.Option(new ValType.Primitive(PrimitiveType.Char)),
        3 => new ValType.List(new ValType.FixedLengthList(U8, (uint)i)),
        _ => new ValType.Flags(["a", "b", "c"]),
    };

    private static ValType Doubled(int depth, ValType leaf, Func<ValType, ValType> twice)
    {
        for (int i = 0; i < depth; i++)
            leaf = twice(leaf);
        return leaf;
    }

    private static void Linear(Func<int, ValType> type, int half, int whole, int lower, int lift, bool debug, int bytes = BytesPerNode)
    {
        int small = Length(type(half), lower, lift, debug), large = Length(type(whole), lower, lift, debug);
        Assert.InRange(large, 1, (small * (long)whole / half * 5 / 4) + 1000);
        Assert.InRange(large, 1, bytes * whole);
    }

    /// <summary>What is written where it is needed makes functions longer, but not more of them, and none many times as long.</summary>
    [Law(200, Arbitrary = [typeof(Arbitraries)])]
    public void Fast_code_is_at_most_a_few_times_as_long_as_short_code(AdapterSet set, CompileOptions options)
    {
        var adapters = set.Build();
        int size = Compiled.Module(adapters, options with { Optimize = Optimize.Size }).Bytes.Length;
        int speed = Compiled.Module(adapters, options with { Optimize = Optimize.Speed }).Bytes.Length;
        Assert.InRange(speed, size / 2, (size * 3) + (adapters.Length * 1000));
    }

    [SyntheticFact]
    public void Fifty_adapters_for_hosts_of_the_reference_compiler_take_few_bytes()
    {
        int Length(CompileOptions options) => ComponentCompiler.Compile(File.ReadAllBytes(Corpus.Synthetic!), options).Match(
            Right: compiled => compiled.AdapterModules.Items.Sum(module => module.Bytes.Length),
            Left: errors => throw new InvalidOperationException(errors[0].ToString()));
        int size = Length(CompileOptions.Reference);
        Assert.InRange(size, 1, 31_000);
        Assert.InRange(Length(CompileOptions.Reference with { Optimize = Optimize.Speed }), size + 1, size * 3 / 2);
    }

    private static CompileOptions Options(bool debug) => debug ? new(ExceptionBarrier: true, Assertions: true, TrapInfo: true) : CompileOptions.Default;

    private static int Length(ValType type, int lower, int lift, bool debug)
    {
        var plan = AdapterPlan.Of(new([new("p", type)], type), Sides[lower], Sides[lift]);
        var module = Compiled.Module(plan, Options(debug));
        Assert.Null(Engines.Fault(module.Bytes));
        return module.Bytes.Length;
    }
}
