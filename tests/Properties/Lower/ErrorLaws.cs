using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Lower;
using Fact.Properties.Generators;
using Xunit;

namespace Fact.Properties.Lower;

/// <summary>What is wrong with an adapter is said with its place; nothing throws.</summary>
public sealed class ErrorLaws
{
    private static readonly ValType Bool = ValType.Of(PrimitiveType.Bool), U8 = ValType.Of(PrimitiveType.U8), Text = ValType.Of(PrimitiveType.String);

    private static readonly Dictionary<string, (ValType Type, string Path, string Message)> Types = new()
    {
        ["record without fields"] = (new ValType.Record([]), "", "a record needs at least one field"),
        ["tuple without types"] = (new ValType.Tuple([]), "", "a tuple needs at least one type"),
        ["variant without cases"] = (new ValType.Variant([]), "", "a variant needs at least one case"),
        ["enum without labels"] = (new ValType.Enum([]), "", "an enum needs at least one label"),
        ["flags without labels"] = (new ValType.Flags([]), "", "a flags needs at least one label"),
        ["33 flags"] = (new ValType.Flags([.. Enumerable.Range(0, 33).Select(i => "f" + i)]), "", "at most 32 labels, this one has 33"),
        ["fixed-length list of nothing"] = (new ValType.FixedLengthList(U8, 0), "", "needs at least one element"),
        ["two fields of one name"] = (new ValType.Record([new("x", U8), new("x", U8)]), "", "two fields of the record are named \"x\""),
        ["two cases of one name"] = (new ValType.Variant([new("x", U8), new("y", U8), new("x", null)]), "", "two cases of the variant are named \"x\""),
        ["two labels of one name"] = (new ValType.Enum(["x", "x"]), "", "two labels of the enum are named \"x\""),
        ["two flags that differ in case"] = (new ValType.Flags(["x", "X"]), "", "two labels of the flags are named \"X\""),
        ["map by floats"] = (new ValType.Map(ValType.Of(PrimitiveType.F64), U8), "", "the key of a map"),
        ["map by records"] = (new ValType.Map(new ValType.Tuple([U8]), U8), "", "the key of a map"),
        ["2^28 bytes"] = (new ValType.FixedLengthList(U8, 1 << 28), "", "2^28 bytes or more"),
        ["2^28 bytes only with 64-bit pointers"] = (new ValType.FixedLengthList(Text, 1 << 24), "", "2^28 bytes or more"),
        ["2^92 bytes"] = (new ValType.FixedLengthList(new ValType.FixedLengthList(new ValType.FixedLengthList(U8, uint.MaxValue), uint.MaxValue), uint.MaxValue),
            " · list element · list element", "2^28 bytes or more"),
        ["too many cases"] = (new ValType.Enum([.. Enumerable.Range(0, 100_001).Select(i => "c" + i)]), "", "an enum has at most 100000 labels, this one has 100001"),
        ["deep inside a record"] = (
            new ValType.Record([new("x", new ValType.List(new ValType.Record([])))]), " · record field \"x\" · list element", "a record needs at least one field"),
        ["deep inside a variant"] = (
            new ValType.Variant([new("a", null), new("b", new ValType.Option(new ValType.Tuple([])))]), " · variant case \"b\" · option some", "a tuple needs"),
        ["deep inside a result"] = (new ValType.Result(new ValType.Tuple([U8, new ValType.Flags([])]), null), " · result ok · tuple element 1", "a flags needs"),
        ["deep inside an error"] = (new ValType.Result(null, new ValType.Map(U8, new ValType.Enum([]))), " · result error · map value", "an enum needs"),
        ["101 levels"] = (Nested(101), "", "the type nests 101 levels deep; the limit is 100"),
        ["a million levels"] = (Nested(1_000_000), "", "the limit is 100"),
    };

    public static TheoryData<string> TypeNames => [.. Types.Keys];

    [Theory]
    [MemberData(nameof(TypeNames))]
    public void A_faulty_type_is_reported_with_its_path(string name)
    {
        var (type, path, message) = Types[name];
        var good = AdapterPlan.Of(new([new("p", U8), new("q", U8)], U8)).Build();
        foreach (var (errors, side) in new[]
        {
            (Compiled.Errors(good with { Lift = good.Lift with { Type = new([new("p", U8), new("q", type)], U8) } }), "lift"),
            (Compiled.Errors(good with { Lower = good.Lower with { Type = new([new("p", U8), new("q", type)], U8) } }), "lower"),
        })
        {
            Assert.Contains(errors, e => e.Adapter == "adapter0" && e.Path == $"{side} · param \"q\"{path}" && e.Message.Contains(message, StringComparison.Ordinal));
        }
        var inResult = Compiled.Errors(good with { Lift = good.Lift with { Type = new([new("p", U8), new("q", U8)], type) } });
        Assert.Contains(inResult, e => e.Path == $"lift · result{path}" && e.Message.Contains(message, StringComparison.Ordinal));
    }

    public static TheoryData<string> TypesOfTooMuchCode => ["fields", "parts"];

    [Theory]
    [MemberData(nameof(TypesOfTooMuchCode))]
    public void A_type_that_takes_too_much_code_is_reported_with_its_path(string name)
    {
        ValType type = name == "fields"
            ? new ValType.Record([.. Enumerable.Range(0, 62_600).Select(i => new Field("f" + i, Bool))])
            : new ValType.Tuple([.. Enumerable.Repeat(new ValType.Option(U8), 25_000)]);
        var inside = Compiled.Errors(AdapterPlan.Of(new([new("p", U8), new("q", new ValType.List(type))], null)).Build());
        Assert.Contains(inside, e => e.Path == "lower · param \"q\" · list element" && e.Message.Contains("takes too much code", StringComparison.Ordinal));
        var result = Compiled.Errors(AdapterPlan.Of(new([], type)).Build());
        Assert.Contains(result, e => e.Path == "lower · result" && e.Message.Contains("takes too much code", StringComparison.Ordinal));
    }

    [Fact]
    public void A_type_of_100_levels_is_fine() =>
        Assert.Empty(Compiled.Errors(AdapterPlan.Of(new([new("p", Nested(100))], null)).Build()));

    private static readonly Dictionary<string, (Func<Adapter, Adapter> Break, string Path, string Message)> Adapters = new()
    {
        ["lower memory"] = (a => a with { Lower = Without(a.Lower, o => o with { Memory = null }) }, "lower", "add the memory option"),
        ["lift memory"] = (a => a with { Lift = Without(a.Lift, o => o with { Memory = null }) }, "lift", "add the memory option"),
        ["lower realloc"] = (a => a with { Lower = Without(a.Lower, o => o with { Realloc = null }) }, "lower", "add the option"),
        ["lift realloc"] = (a => a with { Lift = Without(a.Lift, o => o with { Realloc = null }) }, "lift", "add the option"),
        ["callback of the caller"] = (a => a with { Lower = Without(a.Lower, o => o with { Callback = new(9) }) }, "lower", "callback belongs to the lift side"),
        ["post-return of the caller"] = (a => a with { Lower = Without(a.Lower, o => o with { PostReturn = new(9) }) }, "lower", "post-return belongs to the lift side"),
        ["callback of a synchronous callee"] = (a => a with { Lift = Without(a.Lift, o => o with { Callback = new(9) }) }, "lift", "needs the async option"),
        ["post-return of an asynchronous callee"] = (
            a => a with { Lift = Without(a.Lift, o => o with { Async = true, PostReturn = new(9) }) }, "lift", "does not go with the async option"),
        ["page size"] = (a => a with { Lift = Without(a.Lift, o => o with { Memory = o.Memory! with { Type = new(false, 4) } }) }, "lift", "page size"),
        ["gc"] = (a => a with { Lift = Without(a.Lift, o => o with { DataModel = DataModel.Gc }) }, "lift", "not supported"),
        ["core type of the lift"] = (a => a with { Lift = a.Lift with { CoreType = CoreFuncType.Empty } }, "lift",
            "the core type is () -> (), but the component type and options give (i32 i32) -> (i32)"),
        ["core type of the lower"] = (
            a => a with { Lower = a.Lower with { CoreType = CoreFuncType.Empty } }, "lower", "but the component type and options give (i32 i32 i32) -> ()"),
        ["memory of 64 bits"] = (a => a with { Lift = Without(a.Lift, o => o with { Memory = o.Memory! with { Type = new(true) } }) }, "lift", "(i64 i64) -> (i64)"),
        ["parameter count"] = (a => Retyped(a, new([], Text)), "", "the caller passes 1 parameters and the callee takes 0"),
        ["parameter type"] = (a => Retyped(a, new([new("p", new ValType.List(U8))], Text)), "param \"p\"", "the two sides have different types here"),
        ["result type"] = (a => Retyped(a, new([new("p", Text)], U8)), "result", "the two sides have different types here"),
        ["no result"] = (a => Retyped(a, new([new("p", Text)], null)), "result", "one side has a result and the other has none"),
        ["borrow in the result"] = (a => Retyped(a, new([new("p", Text)], new ValType.List(new ValType.Borrow(new(1))))), "lift · result", "cannot contain a borrow"),
    };

    public static TheoryData<string> AdapterNames => [.. Adapters.Keys];

    [Theory]
    [MemberData(nameof(AdapterNames))]
    public void A_faulty_adapter_is_reported_with_the_place(string name)
    {
        var (broken, path, message) = Adapters[name];
        var errors = Compiled.Errors(broken(AdapterPlan.Of(new([new("p", Text)], Text)).Build()));
        Assert.Contains(errors, e => e.Adapter == "adapter0" && e.Path == path && e.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Types_that_differ_inside_are_reported_with_the_path()
    {
        var lower = new ValType.Record([new("x", new ValType.List(new ValType.Variant([new("c", U8), new("d", null)]))), new("y", U8)]);
        var lift = new ValType.Record([new("x", new ValType.List(new ValType.Variant([new("c", Text), new("e", null)]))), new("z", U8)]);
        var errors = Compiled.Errors(Retyped(AdapterPlan.Of(new([new("p", lower)], null)).Build(), new([new("p", lift)], null)));
        Assert.Contains(errors, e => e.Path == "param \"p\" · record field \"x\" · list element · variant case \"c\"");
        Assert.Contains(errors, e => e.Path == "param \"p\" · record field \"x\" · list element" && e.Message.Contains("case \"d\"", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.Path == "param \"p\"" && e.Message.Contains("a field \"y\" where the other has \"z\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Parts_in_another_order_are_reported()
    {
        ValType[] lower = [new ValType.Record([new("x", U8), new("y", Text)]), new ValType.Variant([new("x", U8), new("y", Text)]), new ValType.Enum(["x", "y"]),
            new ValType.Flags(["x", "y"])];
        ValType[] lift = [new ValType.Record([new("y", Text), new("x", U8)]), new ValType.Variant([new("y", Text), new("x", U8)]), new ValType.Enum(["y", "x"]),
            new ValType.Flags(["y", "x"])];
        for (int i = 0; i < lower.Length; i++)
            Assert.NotEmpty(Compiled.Errors(Retyped(AdapterPlan.Of(new([new("p", lower[i])], null)).Build(), new([new("p", lift[i])], null))));
    }

    [Fact]
    public void A_difference_in_any_part_of_a_type_is_reported_at_the_part()
    {
        (Func<ValType, ValType> Whole, string Path)[] parts =
        [
            (part => part, ""),
            (part => new ValType.List(part), " · list element"),
            (part => new ValType.FixedLengthList(part, 2), " · list element"),
            (part => new ValType.Map(part, U8), " · map key"),
            (part => new ValType.Map(U8, part), " · map value"),
            (part => new ValType.Record([new("a", U8), new("b", part)]), " · record field \"b\""),
            (part => new ValType.Tuple([U8, part]), " · tuple element 1"),
            (part => new ValType.Variant([new("a", U8), new("b", part)]), " · variant case \"b\""),
            (part => new ValType.Option(part), " · option some"),
            (part => new ValType.Result(part, U8), " · result ok"),
            (part => new ValType.Result(U8, part), " · result error"),
        ];
        foreach (var (whole, path) in parts)
            Assert.Equal([$"param \"p\"{path}: {Different}"], Differences(whole(U8), whole(Text)));
    }

    [Fact]
    public void Types_of_different_shapes_are_reported_from_either_side()
    {
        (ValType, ValType, string)[] pairs =
        [
            (new ValType.List(U8), new ValType.FixedLengthList(U8, 2), Different),
            (new ValType.FixedLengthList(U8, 2), new ValType.FixedLengthList(U8, 3), Different),
            (new ValType.Record([new("a", U8)]), new ValType.Record([new("a", U8), new("b", U8)]), Different),
            (new ValType.Tuple([U8]), new ValType.Tuple([U8, U8]), Different),
            (new ValType.Variant([new("a", U8)]), new ValType.Variant([new("a", U8), new("b", U8)]), Different),
            (new ValType.Variant([new("a", U8)]), new ValType.Variant([new("a", null)]), "the case \"a\" has a value on one side only"),
            (new ValType.Enum(["a"]), new ValType.Flags(["a"]), Different),
            (new ValType.Enum(["a"]), new ValType.Enum(["a", "b"]), Different),
            (new ValType.Result(U8, null), new ValType.Result(null, null), Different),
            (new ValType.Result(null, U8), new ValType.Result(null, null), Different),
            (new ValType.Result(U8, null), new ValType.Result(null, U8), Different),
            (new ValType.Own(new(1)), new ValType.Borrow(new(1)), Different),
        ];
        foreach (var (one, other, message) in pairs)
        {
            Assert.Equal(["param \"p\": " + message], Differences(one, other));
            Assert.Equal(["param \"p\": " + message], Differences(other, one));
        }
    }

    [Fact]
    public void Names_of_exports_must_differ()
    {
        var plain = AdapterPlan.Of(new([], null)).Build();
        var isAsync = (AdapterPlan.Of(new([], null), new(Async: true)) with { Number = 1 }).Build();
        Assert.Contains(Compiled.Errors(plain, plain), e => e.Message.Contains("exports the name \"adapter0\"", StringComparison.Ordinal));
        Assert.Contains(Compiled.Errors(isAsync, plain with { Name = "[async-start]adapter1" }),
            e => e.Message.Contains("exports the name \"[async-start]adapter1\"", StringComparison.Ordinal));
        Assert.Contains(Compiled.Errors(plain with { Name = "[adapter-callee]adapter1" }, isAsync), e => e.Adapter == "adapter1");
    }

    [Fact]
    public void A_memory_has_one_type()
    {
        var a = AdapterPlan.Of(new([new("p", Text)], Text)).Build();
        var b = (AdapterPlan.Of(new([new("p", Text)], Text), lift: new(Memory: MemoryPlan.With64)) with { Number = 1 }).Build();
        b = b with { Lift = Without(b.Lift, o => o with { Memory = o.Memory! with { Id = a.Lift.Options.Memory!.Id } }) };
        Assert.Contains(Compiled.Errors(a, b), e => e.Adapter == "adapter1" && e.Path == "lift" && e.Message.Contains("another type", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_error_is_reported_not_only_the_first()
    {
        var broken = AdapterPlan.Of(new([new("p", new ValType.Record([])), new("q", new ValType.Flags([]))], new ValType.Tuple([]))).Build();
        Assert.Equal(6, Compiled.Errors(broken).Length);
    }

    [Fact]
    public void Parameters_that_together_are_too_large_are_an_error()
    {
        var half = new ValType.FixedLengthList(U8, 1 << 27);
        var plan = AdapterPlan.Of(new([.. Enumerable.Range(0, 3).Select(i => new Param("p" + i, half))], null));
        Assert.Contains(Compiled.Errors(plan.Build()), e => e.Path == "lift · params" && e.Message.Contains("2^28 bytes", StringComparison.Ordinal));
    }

    [Fact]
    public void Too_many_parameters_are_an_error()
    {
        var plan = AdapterPlan.Of(new([.. Enumerable.Range(0, 62_600).Select(i => new Param("p" + i, Bool))], null));
        Assert.Contains(Compiled.Errors(plan.Build()), e => e.Path == "lower · params" && e.Message.Contains("too much code", StringComparison.Ordinal));
    }

    [Fact]
    public void An_encoding_that_is_none_is_an_error()
    {
        var adapter = AdapterPlan.Of(new([new("p", Text)], null)).Build();
        var broken = adapter with { Lift = Without(adapter.Lift, o => o with { StringEncoding = (StringEncoding)3 }) };
        Assert.Contains(Compiled.Errors(broken), e => e.Path == "lift" && e.Message.Contains("string encoding", StringComparison.Ordinal));
    }

    [Fact]
    public void Parameters_and_results_alike_are_an_error_under_the_gc_option()
    {
        static Diagnostic[] Errors(ComponentFuncType type)
        {
            var adapter = AdapterPlan.Of(type).Build();
            return Compiled.Errors(adapter with { Lift = Without(adapter.Lift, o => o with { DataModel = DataModel.Gc }) });
        }

        Assert.Contains(Errors(new([new("p", U8)], null)), e => e.Path == "lift" && e.Message.StartsWith("not supported", StringComparison.Ordinal));
        Assert.Contains(Errors(new([], U8)), e => e.Path == "lift" && e.Message.StartsWith("not supported", StringComparison.Ordinal));
        Assert.Empty(Errors(new([], null)));
    }

    [Fact]
    public void A_name_that_is_not_unicode_is_an_error()
    {
        var adapter = AdapterPlan.Of(new([], null)).Build();
        Assert.Contains(Compiled.Errors(adapter with { Name = "\uD800" }), e => e.Message.Contains("surrogate", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_name_as_long_as_engines_take_is_fine_and_a_longer_one_is_an_error(bool isAsync)
    {
        int most = EngineLimits.Common.NameBytes - 64;
        var adapter = AdapterPlan.Of(new([], null), new(Async: isAsync), new(Async: isAsync)).Build();
        Assert.Null(Engines.Fault(Compiled.Module([adapter with { Name = new('é', most / 2) }], CompileOptions.Debug).Bytes));
        Assert.Contains(Compiled.Errors(adapter with { Name = new('é', (most / 2) + 1) }), e => e.Message.Contains($"engines take {most}", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_that_are_too_long_together_are_an_error()
    {
        var adapter = AdapterPlan.Of(new([], null)).Build();
        string name = new('x', 99_000);
        Adapter[] adapters = [.. Enumerable.Range(0, 700).Select(i => adapter with { Name = name + i })];
        Assert.Contains("together", Assert.Single(Compiled.Errors(adapters)).Message, StringComparison.Ordinal);
        Assert.Empty(Compiled.Errors(adapters[..600]));
    }

    [Fact]
    public void What_is_reported_is_limited()
    {
        // Every path has the long name in it.
        var type = new ValType.Record(
            [new(new('x', 90_000), new ValType.Record([.. Enumerable.Range(0, 2_000).Select(i => new Field("f" + i, new ValType.FixedLengthList(U8, 0)))]))]);
        var errors = Compiled.Errors(AdapterPlan.Of(new([new("p", type)], null)).Build());
        Assert.InRange(errors.Length, 100, 200);
    }

    [Fact]
    public void An_error_of_all_adapters_names_none() => Assert.Equal("why", new Diagnostic(DiagnosticCode.TooLarge, "why").ToString());

    [Fact]
    public void An_error_in_words_has_adapter_path_and_message() =>
        Assert.Equal("adapter \"a\" · lift · result: why", new Diagnostic(DiagnosticCode.TypeMismatch, "why", "lift · result", Adapter: "a").ToString());

    [Fact]
    public void An_error_of_a_whole_adapter_has_no_path_in_words() =>
        Assert.Equal("adapter \"a\": why", new Diagnostic(DiagnosticCode.TypeMismatch, "why", "", Adapter: "a").ToString());

    private const string Different = "the two sides have different types here";

    /// <summary>What is wrong with a parameter that has one type for the caller and another for the callee.</summary>
    private static IEnumerable<string> Differences(ValType lower, ValType lift) =>
        Compiled.Errors(Retyped(AdapterPlan.Of(new([new("p", lower)], null)).Build(), new([new("p", lift)], null))).Select(error => $"{error.Path}: {error.Message}");

    private static ValType Nested(int depth)
    {
        ValType type = U8;
        for (int i = 1; i < depth; i++)
            type = new ValType.List(type);
        return type;
    }

    private static AdapterSide Without(AdapterSide side, Func<CanonicalOptions, CanonicalOptions> change) => side with { Options = change(side.Options) };

    /// <summary>With another type on the lift side, and what it needs there.</summary>
    private static Adapter Retyped(Adapter adapter, ComponentFuncType type)
    {
        var other = AdapterPlan.Of(type, lift: new(Memory: MemoryPlan.With32, ReallocAnyway: true)).Build();
        return adapter with { Lift = other.Lift with { Type = type } };
    }
}
