using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Model.Laws;
using Fact.Properties.Generators;
using FsCheck.Xunit;
using Xunit;

namespace Fact.Properties.Ir;

/// <summary>Types are written as WIT writes them.</summary>
[Properties(Arbitrary = [typeof(Arbitraries), typeof(WildGen)])]
public sealed class TypeTextFacts
{
    private static readonly ValType U8 = ValType.Of(PrimitiveType.U8), Text = ValType.Of(PrimitiveType.String);

    private static readonly Dictionary<string, ValType> Types = new()
    {
        ["u8"] = U8,
        ["string"] = Text,
        ["list<u8>"] = new ValType.List(U8),
        ["list<u8, 4>"] = new ValType.FixedLengthList(U8, 4),
        ["map<u8, string>"] = new ValType.Map(U8, Text),
        ["option<string>"] = new ValType.Option(Text),
        ["result"] = new ValType.Result(null, null),
        ["result<u8>"] = new ValType.Result(U8, null),
        ["result<_, u8>"] = new ValType.Result(null, U8),
        ["result<string, u8>"] = new ValType.Result(Text, U8),
        ["tuple<u8, string>"] = new ValType.Tuple([U8, Text]),
        ["record { a: u8, b: list<string> }"] = new ValType.Record([new("a", U8), new("b", new ValType.List(Text))]),
        ["variant { a, b(u8) }"] = new ValType.Variant([new("a", null), new("b", U8)]),
        ["enum { a, b }"] = new ValType.Enum(["a", "b"]),
        ["flags { a, b }"] = new ValType.Flags(["a", "b"]),
        ["resource 3"] = new ValType.Own(new(3)),
        ["borrow<resource 3>"] = new ValType.Borrow(new(3)),
        ["stream"] = new ValType.Stream(new(1)),
        ["stream<u8>"] = new ValType.Stream(new(1), U8),
        ["future<string>"] = new ValType.Future(new(1), Text),
        ["error-context"] = new ValType.ErrorContext(new(1)),
    };

    public static TheoryData<string> Texts => [.. Types.Keys];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_type_is_its_text(string text) => Assert.Equal(text, Types[text].ToString());

    [Fact]
    public void A_function_is_its_text()
    {
        Assert.Equal("func(a: u8, b: string) -> u8", new ComponentFuncType([new("a", U8), new("b", Text)], U8).ToString());
        Assert.Equal("async func()", new ComponentFuncType([], null, Async: true).ToString());
    }

    [Fact]
    public void Handles_are_called_by_their_resources_where_these_are_known()
    {
        string? Name(ResourceTableId table) => table.Value == 0 ? "file" : null;
        var handles = new ValType.Tuple([new ValType.Own(new(0)), new ValType.Borrow(new(0)), new ValType.Own(new(1))]);
        Assert.Equal("tuple<file, borrow<file>, resource 1>", TypeText.Of(handles, Name));
    }

    [Law(300)]
    public void Texts_are_short_however_large_the_type_is(ValType type)
    {
        // What is open when the text is cut off is closed, a long name is shortened: so much may come after the limit.
        Assert.InRange(type.ToString().Length, 1, TypeText.MaxLength + (2 * Printable.ShortLength) + 100);
    }

    [Fact]
    public void A_type_written_out_to_no_end_has_an_end()
    {
        var type = Enumerable.Range(0, 90).Aggregate((ValType)U8, (part, _) => new ValType.Tuple([part, part]));
        Assert.InRange(type.ToString().Length, TypeText.MaxLength, TypeText.MaxLength + 200);
        Assert.Contains("…", type.ToString(), StringComparison.Ordinal);
    }
}
