using System;
using System.Linq;
using System.Text;
using Fact.Ir;
using Fact.Model.Laws;
using Fact.Values;
using FsCheck.Xunit;
using Xunit;

namespace Fact.Properties.Host;

/// <summary>WAVE text and values are two forms of the same thing, and no text can do harm.</summary>
[Properties(Arbitrary = [typeof(ValueGenerators), typeof(TextGenerators)])]
public sealed class WaveProperties
{
    [Law(500)]
    public void A_text_that_is_cut_off_is_a_prefix_and_says_so(TypedValues v, byte length)
    {
        string text = WavePrinter.Print(v.First), cut = WavePrinter.Print(v.First, maxLength: length);
        if (text.Length <= length)
        {
            Assert.Equal(text, cut);
            return;
        }
        Assert.EndsWith("…", cut, StringComparison.Ordinal);
        Assert.StartsWith(cut[..^1], text, StringComparison.Ordinal);
        Assert.InRange(cut.Length, length, length + 1);
        Assert.True(UnicodeText.IsWellFormed(cut));
    }

    [Law(2_000)]
    public void Reading_what_was_printed_returns_the_value(TypedValues v)
    {
        string text = WavePrinter.Print(v.First);
        Assert.Equal(CanonicalNans(v.First), Read(text, v.Type));
    }

    [Law(500)]
    public void White_space_and_comments_between_tokens_change_nothing(TypedValues v)
    {
        string text = WavePrinter.Print(v.First);
        var loose = new StringBuilder();
        int at = 0;
        for (var token = WaveLexer.Next(text, 0); token.Kind != WaveTokenKind.End; token = WaveLexer.Next(text, token.End))
        {
            loose.Append("\t// a comment ) ] } \"\r\n ").Append(text, token.Start, token.End - token.Start);
            at = token.End;
        }
        Assert.Equal(text.Length, at);
        Assert.Equal(CanonicalNans(v.First), Read(loose + " // end", v.Type));
    }

    [Law(1_000)]
    public void A_value_belongs_to_its_type_and_a_text_to_no_error(TypedValues v) =>
        Assert.True(ValueCheck.Check(v.First, v.Type).IsSuccess);

    [Law(2_000)]
    public void Text_with_a_piece_cut_out_is_read_or_refused_with_a_place(TypedValues v, ushort from, byte count)
    {
        string text = WavePrinter.Print(v.First);
        int at = from % (text.Length + 1);
        string cut = text.Remove(at, Math.Min(count % 4, text.Length - at));
        Either(cut, v.Type);
    }

    [Law(2_000)]
    public void Any_text_is_read_or_refused_with_a_place(TypedValues v, string text) => Either(text ?? "", v.Type);

    [Fact]
    public void Text_that_nests_deeper_than_its_type_is_refused_whatever_its_depth()
    {
        ValType type = ValType.Of(PrimitiveType.U8);
        for (int i = 0; i < 200; i++)
            type = new ValType.List(type);
        Assert.True(WaveParser.ParseValue(new string('[', 1_000_000), type).IsLeft);
        Assert.True(WaveParser.ParseValue(new string('(', 1_000_000), new ValType.Tuple([type])).IsLeft);
    }

    [Theory]
    [InlineData("f(1, \"x\")", "[1, \"x\", none]")]
    [InlineData(" f ( 1, \"x\", some(2), ) // done", "[1, \"x\", some(2)]")]
    [InlineData("f(1, \"x\", 2)", "[1, \"x\", some(2)]")]
    public void Options_at_the_end_of_a_call_may_be_left_out(string call, string arguments)
    {
        var type = new ComponentFuncType([new("a", U8), new("b", Text), new("c", new ValType.Option(U8))], null);
        var read = WaveParser.ParseArguments(call, type).IfLeft(e => throw new InvalidOperationException(e.ToString()));
        Assert.Equal(arguments, "[" + string.Join(", ", read.Items) + "]");
        Assert.Equal("f", WaveParser.FunctionName(call).IfLeft(e => e.ToString()));
    }

    [Theory]
    [InlineData("a:b/c@1.0.0#[method]file.read(1)", "a:b/c@1.0.0#[method]file.read")]
    [InlineData("f()", "f")]
    public void The_name_of_a_call_is_what_stands_before_its_parenthesis(string call, string name) =>
        Assert.Equal(name, WaveParser.FunctionName(call).IfLeft(e => e.ToString()));

    [Theory]
    [InlineData("{b: 2, a: 1}", "{a: 1, b: some(2)}")]
    [InlineData("{a: 1,}", "{a: 1}")]
    [InlineData("{%a: 1, b: none}", "{a: 1}")]
    public void Fields_of_a_record_stand_in_any_order(string text, string printed) =>
        Assert.Equal(printed, Read(text, new ValType.Record([new("a", U8), new("b", new ValType.Option(U8))])).ToString());

    [Theory]
    [InlineData("{:}")]
    [InlineData("{ : }")]
    [InlineData("{b: none}")]
    public void A_record_of_nothing_is_written_with_a_colon(string text) =>
        Assert.Equal("{:}", Read(text, new ValType.Record([new("b", new ValType.Option(U8))])).ToString());

    [Theory]
    [InlineData("\"\"\"\n    one\n      two\n  \"\"\"", "  one\n    two")]
    [InlineData("\"\"\"\r\none\r\n\"\"\"", "one")]
    [InlineData("\"\"\"\n\"\"\"", "")]
    [InlineData("\"\"\"\n\n\n\"\"\"", "\n")]
    [InlineData("\"\"\"\n a \\\"\"\\\"\\\\ \\r\n\"\"\"", " a \"\"\"\\ \r")]
    [InlineData("\"\\u{1F600} \\t\\n\\r\\'\\\"\\\\\"", "😀 \t\n\r'\"\\")]
    public void Strings_have_escapes_and_many_lines(string text, string value) => Assert.Equal(ComponentValues.String(value), Read(text, Text));

    [Theory]
    [InlineData("1e400", "inf")]
    [InlineData("-0", "-0")]
    [InlineData("6.022e+23", "602200000000000000000000")]
    [InlineData("1E-7", "0.0000001")]
    [InlineData("-1.5e10", "-15000000000")]
    [InlineData("nan", "nan")]
    [InlineData("-inf", "-inf")]
    public void Floats_are_printed_in_full(string text, string printed) => Assert.Equal(printed, Read(text, ValType.Of(PrimitiveType.F64)).ToString());

    [Theory]
    [InlineData("256", "column 1: expected an integer from 0 to 255, found `256`")]
    [InlineData("-1", "column 1: expected an integer from 0 to 255, found `-1`")]
    [InlineData("1.0", "column 1: expected an integer from 0 to 255, found `1.0`")]
    [InlineData("01", "column 1: expected an integer from 0 to 255, found `01`")]
    [InlineData("1 2", "column 3: the text goes on behind the value")]
    [InlineData("", "column 1: expected an integer from 0 to 255, found the end of the text")]
    public void Errors_say_what_was_expected(string text, string error) => Assert.Equal(error, Error(text, U8));

    [Fact]
    public void Errors_say_which_value_and_which_line()
    {
        var type = new ValType.List(new ValType.Record([new("x", new ValType.Option(U8))]));
        Assert.Equal("line 2, column 6: list element 1 · record field \"x\" · option some: expected an integer from 0 to 255, found `\"a\"`",
            Error("[{:},\n {x: \"a\"}]", type));
    }

    [Theory]
    [InlineData("ok", "column 1: expected a case of variant { ok, err(u8) }, found `ok`")]
    [InlineData("%err", "column 5: variant case \"err\": expected ( and a payload of the type u8, found the end of the text")]
    public void Cases_named_like_keywords_need_a_percent_sign(string text, string error) =>
        Assert.Equal(error, Error(text, new ValType.Variant([new("ok", null), new("err", U8)])));

    private static ValType U8 => ValType.Of(PrimitiveType.U8);

    private static ValType Text => ValType.Of(PrimitiveType.String);

    private static ComponentValue Read(string text, ValType type) =>
        WaveParser.ParseValue(text, type).IfLeft(e => throw new InvalidOperationException(e + " in " + text));

    private static string Error(string text, ValType type) => WaveParser.ParseValue(text, type).Match(v => "no error: " + v, e => e.ToString());

    private static void Either(string text, ValType type) => WaveParser.ParseValue(text, type).Match(
        value => Assert.True(ValueCheck.Check(value, type).IsSuccess),
        error =>
        {
            Assert.NotEmpty(error.Message);
            Assert.InRange(error.Position!.Value.Column, 1, text.Length + 1);
        });

    /// <summary>WAVE has one NaN.</summary>
    private static ComponentValue CanonicalNans(ComponentValue value) => value switch
    {
        ComponentValue.F32 v when float.IsNaN(BitConverter.UInt32BitsToSingle(v.Bits)) => new ComponentValue.F32(0x7FC0_0000),
        ComponentValue.F64 v when double.IsNaN(BitConverter.UInt64BitsToDouble(v.Bits)) => new ComponentValue.F64(0x7FF8_0000_0000_0000),
        ComponentValue.List v => new ComponentValue.List(v.Elements.Items.Select(CanonicalNans).ToEquatableArray()),
        ComponentValue.Map v => new ComponentValue.Map(v.Entries.Items.Select(e => new MapEntry(e.Key, CanonicalNans(e.Value))).ToEquatableArray()),
        ComponentValue.Record v => new ComponentValue.Record(v.Fields.Items.Select(f => f with { Value = CanonicalNans(f.Value) }).ToEquatableArray()),
        ComponentValue.Tuple v => new ComponentValue.Tuple(v.Elements.Items.Select(CanonicalNans).ToEquatableArray()),
        ComponentValue.Variant v => v with { Payload = v.Payload is null ? null : CanonicalNans(v.Payload) },
        ComponentValue.Option v => new ComponentValue.Option(v.Some is null ? null : CanonicalNans(v.Some)),
        ComponentValue.Ok v => new ComponentValue.Ok(v.Payload is null ? null : CanonicalNans(v.Payload)),
        ComponentValue.Error v => new ComponentValue.Error(v.Payload is null ? null : CanonicalNans(v.Payload)),
        _ => value,
    };
}
