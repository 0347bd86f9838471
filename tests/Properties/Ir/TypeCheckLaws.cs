using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Model.Laws;
using Fact.Properties.Generators;
using FsCheck.Xunit;
using Xunit;

namespace Fact.Properties.Ir;

/// <summary>What is wrong with a type is said with its place, once for each type object.</summary>
[Properties(Arbitrary = [typeof(Arbitraries), typeof(WildGen)])]
public sealed class TypeCheckLaws
{
    private static readonly ValType U8 = ValType.Of(PrimitiveType.U8), Text = ValType.Of(PrimitiveType.String);

    private static readonly Dictionary<string, (ValType Type, string Path)> Faults = new()
    {
        ["a record needs at least one field"] = (new ValType.Record([]), ""),
        ["a tuple needs at least one type"] = (new ValType.Option(new ValType.Tuple([])), "option some"),
        ["a variant needs at least one case"] = (new ValType.List(new ValType.Variant([])), "list element"),
        ["an enum needs at least one label"] = (new ValType.FixedLengthList(new ValType.Enum([]), 2), "list element"),
        ["a flags needs at least one label"] = (new ValType.Result(new ValType.Flags([]), null), "result ok"),
        ["a flags type has at most 32 labels, this one has 33"] = (new ValType.Result(null, new ValType.Flags(Many("f", 33))), "result error"),
        ["an enum has at most 100000 labels, this one has 100001"] = (new ValType.Enum(Many("c", 100_001)), ""),
        ["a list of fixed length needs at least one element"] = (new ValType.FixedLengthList(U8, 0), ""),
        ["two fields of the record are named \"x\"; names must differ in more than case and hyphens"] =
            (new ValType.Record([new("x", U8), new("y", U8), new("x", U8)]), ""),
        ["two cases of the variant are named \"aB\"; names must differ in more than case and hyphens"] =
            (new ValType.Map(U8, new ValType.Variant([new("a-b", U8), new("aB", null)])), "map value"),
        ["two labels of the flags are named \"c7\"; names must differ in more than case and hyphens"] =
            (new ValType.Tuple([U8, new ValType.Flags([.. Many("c-", 20), "c7"])]), "tuple element 1"),
        ["the key of a map must be a bool, an integer, a char or a string"] =
            (new ValType.Record([new("m", new ValType.Map(ValType.Of(PrimitiveType.F32), U8))]), "record field \"m\""),
        ["a value of the type has 2^28 bytes or more; make it smaller or use a list"] = (new ValType.FixedLengthList(Text, 1 << 24), ""),
        ["the type nests 101 levels deep; the limit is 100"] = (Enumerable.Range(0, 100).Aggregate(U8, (part, _) => new ValType.Option(part)), ""),
    };

    public static TheoryData<string> Messages => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_faulty_type_is_reported_with_its_path(string message) => Assert.Contains((Faults[message].Path, message), Reports(Faults[message].Type));

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_type_with_a_faulty_part_is_reported_by_the_part(string message)
    {
        if (Faults[message].Type.Depth > 90)
            return;
        var (type, path) = Faults[message];
        string inside = "variant case \"v\"" + (path.Length == 0 ? "" : " · " + path);
        Assert.Contains((inside, message), Reports(new ValType.Variant([new("u", null), new("v", type)])));
    }

    [Law(500)]
    public void Valid_types_are_fine(ValType type) => Assert.Empty(Reports(type));

    [Law(300)]
    public void Whatever_is_in_a_set_of_adapters_checking_ends_and_says_where(WildSet set)
    {
        foreach (var adapter in set.Adapters)
            Assert.All(Reports(adapter.Lift.Type), report => Assert.Matches("^(param |params$|result)", report.Path));
    }

    [Fact]
    public void A_type_object_is_looked_at_once()
    {
        var fault = new ValType.Record([]);
        var doubled = Enumerable.Range(0, 90).Aggregate((ValType)fault, (part, _) => new ValType.Tuple([part, part]));
        Assert.Single(Reports(doubled));
    }

    [Fact]
    public void Functions_are_checked_by_parameters_and_result()
    {
        var half = new ValType.FixedLengthList(U8, 1 << 27);
        Assert.Empty(Reports(new ComponentFuncType([new("a", half)], half)));
        Assert.Equal(
            [("params", "the parameters together have 2^28 bytes or more; make them smaller or use a list")],
            Reports(new ComponentFuncType([new("a", half), new("b", half)], null)));
        Assert.Equal([("result", "a result cannot contain a borrow")], Reports(new ComponentFuncType([], new ValType.List(new ValType.Borrow(new(1))))));
        Assert.Equal([("param \"a\"", "a record needs at least one field")], Reports(new ComponentFuncType([new("a", new ValType.Record([]))], U8)));
    }

    private static EquatableArray<string> Many(string prefix, int count) => [.. Enumerable.Range(0, count).Select(i => prefix + i)];

    private static List<(string Path, string Message)> Reports(ValType type)
    {
        var reports = new List<(string, string)>();
        new TypeCheck((_, path, message) => reports.Add((path.ToString(), message))).Check(type, new ValuePath());
        return reports;
    }

    private static List<(string Path, string Message)> Reports(ComponentFuncType type)
    {
        var reports = new List<(string, string)>();
        new TypeCheck((_, path, message) => reports.Add((path.ToString(), message))).Check(type, new ValuePath());
        return reports;
    }
}
