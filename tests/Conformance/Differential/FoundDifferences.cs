using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Fact.Ir;
using Xunit;

namespace Fact.Conformance.Differential;

/// <summary>What generated cases found once, made small: each of these showed a difference before it was put right.</summary>
public sealed class FoundDifferences
{
    private static readonly ValType Text = ValType.Of(PrimitiveType.String);

    /// <summary>The first attempt at UTF-8 leaves nothing but ASCII in memory that is then given up for more. Spec: <c>store_string_to_utf8</c>.</summary>
    [Theory]
    [InlineData("aé", true)]
    [InlineData("aé", false)]
    [InlineData("\uF06D\uF0F9\uE468", true)]
    public void Strings_that_become_utf8(string text, bool isUtf16)
    {
        var bytes = (isUtf16 ? Encoding.Unicode : Encoding.Latin1).GetBytes(text);
        AssertSame(Passing(Text, new Node.Text([.. bytes], isUtf16, Place.Good), StringEncoding.Latin1OrUtf16, StringEncoding.Utf8));
    }

    /// <summary>The tag of a 64-bit length is no reason to lose the length.</summary>
    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    public void Tagged_lengths_of_64_bits(bool caller64, bool callee64)
    {
        var scenario = Passing(Text, new Node.Text([0x25, 0x45], true, Place.Good), StringEncoding.Latin1OrUtf16, StringEncoding.Latin1OrUtf16);
        AssertSame(scenario with { Pair = scenario.Pair with { Caller = new(caller64, 1), Callee = new(callee64, 1) } });
    }

    /// <summary>
    /// The elements of a list are stored before its address and length, which shows where an allocator puts the elements
    /// into the record that the two go to. Spec: <c>store_list</c>.
    /// </summary>
    [Fact]
    public void Elements_that_overlap_their_list()
    {
        var type = new ValType.List(new ValType.List(Text));
        var empty = new Node.Text([], true, Place.Good);
        var scenario = Passing(type, List(List(empty)), StringEncoding.Utf16, StringEncoding.Utf8);
        AssertSame(scenario with { Case = scenario.Case with { CalleeReallocs = [new(ReallocKind.Behave, 0), new(ReallocKind.Overlap, 4)] } });
    }

    private static Node.Sequence List(params IEnumerable<Node> elements) => new(elements.ToEquatableArray(), Place.Good);

    private static Scenario Passing(ValType type, Node node, StringEncoding lower, StringEncoding lift) => new(
        new Pair(new(false, 1), new(false, 1), [new FuncUnderTest(new([new("p", type)], null), lower, lift, PostReturn: false)]),
        new Case(0, [node], Place.Good, null, Place.Good, Place.Good, [], [], Calls: 1, Garbage: 0));

    private static void AssertSame(Scenario scenario)
    {
        using IRuntime? reference = scenario.Pair.Caller.Is64 || scenario.Pair.Callee.Is64 ? null : new ReferenceRuntime();
        using var ours = new FactRuntime();
        var differences = new Judge(reference, ours, ours).Differences(scenario) ?? throw new InvalidOperationException("the component does not compile");
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }
}
