using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Lower.Passes;
using Fact.Model.Laws;
using Fact.Properties.Generators;
using Xunit;

namespace Fact.Properties.Lower.Passes;

/// <summary>Which functions convert strings themselves, and how much longer modules get by it.</summary>
public sealed class InlineStringsFacts
{
    /// <summary>Bytes that a function may get longer: what its budget of instructions is for, in the longest form.</summary>
    private const int BytesInPlace = 1_500;

    private static readonly ValType Text = ValType.Of(PrimitiveType.String), Bytes = new ValType.List(ValType.Of(PrimitiveType.U8));

    public static TheoryData<StringEncoding, StringEncoding, Transcoders> Pairs
    {
        get
        {
            var data = new TheoryData<StringEncoding, StringEncoding, Transcoders>();
            foreach (var from in System.Enum.GetValues<StringEncoding>())
            {
                foreach (var to in System.Enum.GetValues<StringEncoding>())
                {
                    data.Add(from, to, Transcoders.Wasm);
                    data.Add(from, to, Transcoders.Simd);
                }
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_loop_over_strings_calls_no_function_for_each(StringEncoding from, StringEncoding to, Transcoders transcoders)
    {
        var options = new CompileOptions(Transcoders: transcoders);
        Assert.DoesNotContain("string", Helpers(new ValType.List(Text), from, to, options));
        Assert.DoesNotContain("string", Helpers(new ValType.List(new ValType.Option(Text)), from, to, options));
        if (from != StringEncoding.Latin1OrUtf16)
            Assert.DoesNotContain("string", Helpers(new ValType.List(new ValType.Tuple([Text, Text])), from, to, options));
        Assert.Single(Helpers(new ValType.List(new ValType.Option(Bytes)), from, to, options), "list");
        Assert.Contains("string", Helpers(new ValType.List(Text), from, to, options with { Optimize = Optimize.Size }));
        Assert.Contains("string", Helpers(new ValType.List(Text), from, to, options with { Transcoders = Transcoders.Imported }));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void An_adapter_converts_a_string_itself_but_not_many(StringEncoding from, StringEncoding to, Transcoders transcoders)
    {
        var options = new CompileOptions(Transcoders: transcoders);
        Assert.DoesNotContain("string", Helpers(Text, from, to, options));
        Assert.DoesNotContain("string", Helpers(new ValType.Option(Text), from, to, options));
        Assert.Contains("string", Helpers(new ValType.Tuple([Text, Text, Text]), from, to, options));
        Assert.Contains("string", Helpers(new ValType.List(new ValType.Tuple([Text, Text, Text, Text])), from, to, options));
    }

    [Law(150, Arbitrary = [typeof(Arbitraries)])]
    public void Modules_grow_with_the_number_of_their_functions_only(AdapterPlan plan, bool simd)
    {
        var adapter = plan.Build();
        var options = new CompileOptions(Transcoders: simd ? Transcoders.Simd : Transcoders.Wasm);
        var without = Compiled.Module(adapter, options, PassList.All.Without("inline-strings"));
        var with = Compiled.Module(adapter, options, PassList.All);
        Assert.InRange(with.Bytes.Length, 0, without.Bytes.Length + (with.Code.Funcs.Length * BytesInPlace));
        Assert.True(with.Code.Funcs.Length <= without.Code.Funcs.Length);
    }

    private static IEnumerable<string> Helpers(ValType type, StringEncoding from, StringEncoding to, CompileOptions options) =>
        Compiled.Program([AdapterPlan.Of(new([new("p", type)], null), new(from), new(to)).Build()], options.Lower).Adapters[0].Funcs.Items
            .Where(func => func.Role == FuncRole.Helper).Select(func => func.Name);
}
