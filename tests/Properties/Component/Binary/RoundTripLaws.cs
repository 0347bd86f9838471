using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Component.Ast;
using Fact.Component.Binary;
using Fact.Model.Laws;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace Fact.Properties.Component.Binary;

/// <summary>A tree and how to write it: padding of numbers, longest section.</summary>
public sealed record Written
{
    internal Written(ComponentAst ast, int padding, int sectionLength) => (Ast, Padding, SectionLength) = (ast, padding, sectionLength);

    internal ComponentAst Ast { get; init; }

    internal int Padding { get; init; }

    internal int SectionLength { get; init; }
}

/// <summary>Arbitrary trees.</summary>
public static class Trees
{
    /// <summary>Grows with the size; shrinks by leaving definitions out.</summary>
    public static Arbitrary<Written> Written() => Arb.From(
        from size in Gen.Sized(size => Gen.Constant(2 + (size / 4)))
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from padding in Gen.Choose(0, 6)
        from length in Gen.Elements(1, 2, 1000)
        select new Written(new AstMaker(seed, size).Component(), padding, length),
        Smaller);

    private static IEnumerable<Written> Smaller(Written written) =>
        Enumerable.Range(0, written.Ast.Definitions.Length)
            .Select(i => written with
            {
                Ast = written.Ast with { Definitions = [.. written.Ast.Definitions.Items.RemoveAt(i)] },
            })
            .Concat(written.Padding > 0 ? [written with { Padding = 0 }] : []);
}

/// <summary>Decoding undoes encoding.</summary>
[Properties(Arbitrary = [typeof(Trees)])]
public class RoundTripLaws
{
    [Law(500)]
    public void Decoding_an_encoded_tree_returns_it(Written written)
    {
        var (_, decoded) = Decode(written);
        Assert.Equal(written.Ast, Offsets.Clear(decoded));
    }

    [Law(300)]
    public void Offsets_say_where_things_begin(Written written)
    {
        var (encoded, decoded) = Decode(written);
        Assert.Equal(encoded.Marks, Offsets.Of(decoded));
        Assert.Equal(encoded.ToArray().Length, decoded.Length);
    }

    [Law(50)]
    public void A_cut_tree_is_an_error_inside_it_or_a_smaller_tree(Written written)
    {
        var (encoded, whole) = Decode(written);
        byte[] bytes = encoded.ToArray();
        for (int length = 0; length < bytes.Length; length++)
        {
            ComponentDecoder.Decode(bytes.AsMemory(0, length)).Match(
                Right: part => Assert.True(part.Definitions.Length <= whole.Definitions.Length),
                Left: error => Assert.InRange(error.Offset ?? -1, 0, length));
        }
    }

    [Law(50)]
    public void A_tree_with_one_byte_changed_never_throws(Written written, byte change)
    {
        byte[] bytes = AstEncoder.Component(new Out(written.Padding), written.Ast, written.SectionLength).ToArray();
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= change;
            ComponentDecoder.Decode(bytes).IfLeft(error => Assert.InRange(error.Offset ?? -1, 0, bytes.Length));
            bytes[i] ^= change;
        }
    }

    private static (Out Encoded, ComponentAst Decoded) Decode(Written written)
    {
        var encoded = AstEncoder.Component(new Out(written.Padding), written.Ast, written.SectionLength);
        return ComponentDecoder.Decode(encoded.ToArray()).Match(
            Right: ast => (encoded, ast),
            Left: error => throw new InvalidOperationException(error.ToString()));
    }
}
