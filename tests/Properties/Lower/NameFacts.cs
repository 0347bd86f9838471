using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Properties.Generators;
using Xunit;

namespace Fact.Properties.Lower;

/// <summary>The names that a debugger shows of helpers and their parameters.</summary>
public sealed class NameFacts
{
    private static readonly ValType Text = ValType.Of(PrimitiveType.String);

    /// <summary>So many strings take less code than what has a function of its own, and with something around them more.</summary>
    private static readonly ValType Some = new ValType.Tuple([.. Enumerable.Repeat(Text, 7)]);

    private static readonly Dictionary<string, ValType> Kinds = new()
    {
        ["record"] = new ValType.Record([.. Enumerable.Range(0, 12).Select(i => new Field("f" + i, Text))]),
        ["tuple"] = new ValType.Tuple([.. Enumerable.Repeat(Text, 12)]),
        ["fixed-list"] = new ValType.FixedLengthList(Some, 3),
        ["option"] = new ValType.Option(Some),
        ["result"] = new ValType.Result(Some, Text),
        ["variant"] = new ValType.Variant([new("a", Some), new("b", Text)]),
    };

    public static TheoryData<string> KindNames => [.. Kinds.Keys];

    [Theory]
    [MemberData(nameof(KindNames))]
    public void A_helper_is_named_for_what_it_copies(string kind) =>
        Assert.Equal(
            new[] { kind, "check-range", "list", "reallocate", "string", "utf8-to-utf8" }.Order(),
            Helpers(new ValType.List(Kinds[kind])).Select(helper => helper.Name).Distinct().Order());

    [Fact]
    public void A_helper_that_copies_in_memory_names_both_addresses()
    {
        foreach (var helper in Helpers(new ValType.List(new ValType.List(Text))).Where(helper => helper.Name is "string" or "list" && helper.Type.Results.IsEmpty))
            Assert.Equal(["src", "dst"], Parameters(helper));
    }

    [Fact]
    public void A_helper_that_copies_a_flat_list_or_string_names_its_address_and_length()
    {
        foreach (var type in new[] { Text, new ValType.List(ValType.Of(PrimitiveType.Char)) })
            Assert.Equal(["src", "src_len"], Parameters(Helpers(type).Single(helper => helper.Name is "string" or "list")));
    }

    private static IEnumerable<SymbolicFunc> Helpers(ValType parameter) =>
        Compiled.Program([AdapterPlan.Of(new([new("p", parameter)], null)).Build()], new(Optimize: Optimize.Size)).Adapters
            .SelectMany(adapter => adapter.Funcs).Where(func => func.Role == FuncRole.Helper);

    private static IEnumerable<string> Parameters(SymbolicFunc func) => func.Locals.Take(func.Type.Params.Length).Select(local => local.Name);
}
