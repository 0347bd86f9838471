using System;
using System.Linq;
using Fact.Ir;
using Fact.Model.Laws;
using Fact.Values;
using FsCheck.Xunit;
using Xunit;

namespace Fact.Properties.Host;

/// <summary>Values are equal when they look the same, and belong to their types only.</summary>
[Properties(Arbitrary = [typeof(ValueGenerators)])]
public sealed class ValueProperties
{
    [Law(500)]
    public void Equal_values_have_equal_hashes_and_texts(TypedValues v)
    {
        Assert.Equal(v.First, v.First);
        if (v.First.Equals(v.Second))
        {
            Assert.Equal(v.First.GetHashCode(), v.Second.GetHashCode());
            Assert.Equal(v.First.ToString(), v.Second.ToString());
        }
        if (v.First.ToString() != v.Second.ToString())
            Assert.NotEqual(v.First, v.Second);
    }

    [Fact]
    public void Values_of_types_with_many_labels_are_checked_and_read_in_time()
    {
        // 3 · 10^11 labels to look at, if each value looks at all.
        const int Labels = 100_000, Values = 3_000_000;
        var type = new ValType.Enum(Enumerable.Range(0, Labels).Select(i => $"e{i}").ToEquatableArray());
        var list = new ValType.List(type);
        ComponentValue last = new ComponentValue.Enum($"e{Labels - 1}");
        var values = new ComponentValue.List(Enumerable.Repeat(last, Values).ToEquatableArray());
        Assert.True(Ending.Of(() => ValueCheck.Check(values, list)).IsSuccess);
        string text = "[" + string.Join(",", Enumerable.Repeat($"e{Labels - 1}", Values)) + "]";
        Assert.Equal(Values, Ending.Of(() => WaveParser.ParseValue(text, list)).Match(value => ((ComponentValue.List)value).Length, _ => 0));
    }

    [Fact]
    public void Floats_are_equal_by_their_bits()
    {
        Assert.Equal(ComponentValues.F64(double.NaN), ComponentValues.F64(double.NaN));
        Assert.NotEqual(new ComponentValue.F64(0x7FF8_0000_0000_0001), ComponentValues.F64(double.NaN));
        Assert.NotEqual(ComponentValues.F32(0f), ComponentValues.F32(-0f));
    }

    [Law(500)]
    public void A_value_of_another_type_is_refused_or_belongs_to_it(TypedValues v, TypedValues w)
    {
        var check = ValueCheck.Check(v.First, w.Type);
        if (v.Type.Equals(w.Type))
            Assert.True(check.IsSuccess);
        check.IfFail(errors => Assert.All(errors, e => Assert.NotEmpty(e.Message)));
    }

    [Fact]
    public void Errors_carry_the_path_of_every_value_at_fault()
    {
        ValType u8 = ValType.Of(PrimitiveType.U8), text = ValType.Of(PrimitiveType.String);
        var type = new ComponentFuncType([new("p", new ValType.Record([new("x", new ValType.List(u8)), new("y", text)])), new("q", new ValType.Option(u8))], null);
        var errors = ValueCheck.CheckArguments(
            [ComponentValues.Record(("x", ComponentValues.List(ComponentValues.U8(1), ComponentValues.Char(new('c')))), ("y", ComponentValues.String("\uD800"))),
                ComponentValues.U8(1)],
            type).FailToSeq();
        Assert.Equal(
            [
                "param \"p\" · record field \"x\" · list element 1: expected u8, found a char",
                "param \"p\" · record field \"y\": the string is not text: it has a surrogate that is not one of a pair",
                "param \"q\": expected option<u8>, found a u8",
            ],
            errors.Map(e => e.ToString()).ToArray());
        Assert.Equal(["the function has 2 parameters, but there is 1 argument", "param \"p\": a value is missing (null)"],
            ValueCheck.CheckArguments([null!], type).FailToSeq().Map(e => e.ToString()).ToArray());
    }
}
