using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Model;

namespace Fact.Conformance.Differential;

/// <summary>Simpler values, with simpler types where the type can change too.</summary>
internal static class ValueShrinker
{
    private static readonly ValType Byte = ValType.Of(PrimitiveType.U8);

    public static IEnumerable<(ValType Type, Node Node)> Shrink(ValType type, Node node) => node switch
    {
        Node.Bits bits => Bits(type, bits),
        Node.Text text => Texts(text).Select(n => (type, (Node)n)),
        Node.Sequence list => Sequences(type, list),
        Node.Parts parts => Parts(type, parts),
        Node.Case chosen => Cases(type, chosen),
    };

    private static IEnumerable<(ValType, Node)> Bits(ValType type, Node.Bits bits)
    {
        if (type != Byte)
            yield return (Byte, new Node.Bits(0));
        if (bits.Value != 0)
            yield return (type, new Node.Bits(0));
    }

    private static IEnumerable<Node.Text> Texts(Node.Text text)
    {
        int unit = text.IsUtf16 ? 2 : 1;
        int units = text.Bytes.Length / unit;
        if (text.Length is not null)
            yield return text with { Length = null };
        if (text.At != Place.Good)
            yield return text with { At = Place.Good };
        if (units > 1)
        {
            yield return text with { Bytes = [.. text.Bytes.AsSpan()[..(units / 2 * unit)]] };
            yield return text with { Bytes = [.. text.Bytes.AsSpan()[(units / 2 * unit)..]] };
        }
        for (int i = 0; i < units && i < 12; i++)
            yield return text with { Bytes = [.. text.Bytes.AsSpan()[..(i * unit)], .. text.Bytes.AsSpan()[((i + 1) * unit)..]] };
    }

    private static IEnumerable<(ValType, Node)> Sequences(ValType type, Node.Sequence list)
    {
        var element = Shape.Element(type)!;
        foreach (var item in list.Elements.Items)
            yield return (element, item);
        if (list.Length is not null)
            yield return (type, list with { Length = null });
        if (list.At != Place.Good)
            yield return (type, list with { At = Place.Good });
        for (int i = 0; i < list.Elements.Length; i++)
            yield return (type, list with { Elements = new(list.Elements.Items.RemoveAt(i)) });
        if (list.Elements.IsEmpty && element != Byte)
            yield return (new ValType.List(Byte), list);
        if (list.Elements.Length == 1)
        {
            foreach (var (smaller, item) in Shrink(element, list.Elements[0]))
                yield return (new ValType.List(smaller), list with { Elements = [item] });
        }
    }

    private static IEnumerable<(ValType, Node)> Parts(ValType type, Node.Parts parts)
    {
        var types = Shape.Parts(type)!;
        for (int i = 0; i < types.Count; i++)
            yield return (types[i], parts.Items[i]);
        if (types.Count > 1)
        {
            for (int i = 0; i < types.Count; i++)
                yield return (new ValType.Tuple([.. types.Where((_, j) => j != i)]), new Node.Parts(new(parts.Items.Items.RemoveAt(i))));
        }
        for (int i = 0; i < types.Count; i++)
        {
            foreach (var (smaller, item) in Shrink(types[i], parts.Items[i]))
                yield return (new ValType.Tuple([.. types.Select((t, j) => j == i ? smaller : t)]), new Node.Parts(new(parts.Items.Items.SetItem(i, item))));
        }
    }

    private static IEnumerable<(ValType, Node)> Cases(ValType type, Node.Case chosen)
    {
        var cases = Shape.Cases(type)!;
        if (chosen.Payload is { } payload)
            yield return (cases[(int)chosen.Discriminant]!, payload);
        for (int i = 0; i < cases.Count; i++)
        {
            if (i != chosen.Discriminant && cases[i] is not null)
                yield return (Variant(cases, i, null), chosen);
        }
        if (cases.Count > 1 && cases[^1] is null && chosen.Discriminant < cases.Count - 1)
            yield return (Variant([.. cases.SkipLast(1)], -1, null), chosen);
        if (chosen.Payload is { } inner)
        {
            foreach (var (smaller, item) in Shrink(cases[(int)chosen.Discriminant]!, inner))
                yield return (Variant(cases, (int)chosen.Discriminant, smaller), chosen with { Payload = item });
        }
    }

    private static ValType.Variant Variant(IReadOnlyList<ValType?> cases, int index, ValType? payload) =>
        new([.. cases.Select((c, i) => new Ir.Case($"c{i}", i == index ? payload : c))]);
}
