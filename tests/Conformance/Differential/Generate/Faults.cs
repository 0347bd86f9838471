using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Model;

namespace Fact.Conformance.Differential.Generate;

/// <summary>Makes values wrong: picks one of the places where a guest can lie, and lies.</summary>
/// <param name="choice">Where randomness comes from.</param>
/// <param name="memory">The guest's memory.</param>
public sealed class Faults(Choice choice, GuestMemoryType memory)
{
    private static readonly byte[][] BadUtf8 =
    [
        [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x20], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF], [0xE1, 0x80], [0xED, 0xA0, 0x80],
        [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF],
    ];

    private static readonly byte[][] BadUtf16 =
    [
        [0x00, 0xD8], [0xFF, 0xDB], [0x00, 0xDC], [0xFF, 0xDF], [0x00, 0xDC, 0x00, 0xD8], [0x00, 0xD8, 0x00, 0xD8], [0x00, 0xD8, 0x41, 0x00],
    ];

    /// <summary>The values with one lie; null where there is nothing to lie about.</summary>
    public EquatableArray<Node>? Spoil(IReadOnlyList<ValType> types, EquatableArray<Node> nodes)
    {
        int sites = types.Zip(nodes.Items, (type, node) => (Type: type, Node: node)).Sum(pair => Sites(pair.Type, pair.Node));
        if (sites == 0)
            return null;
        int at = choice.Between(0, sites - 1);
        return types.Zip(nodes.Items, (type, node) => (Type: type, Node: node)).Select(pair => Walk(pair.Type, pair.Node, ref at)).ToEquatableArray();
    }

    /// <summary>A wrong place for so many bytes.</summary>
    public Place BadPlace(ulong alignment) => choice.Between(0, 3) switch
    {
        0 => new(PlaceKind.Free, choice.Of<ulong>(1, Math.Max(1, alignment / 2))),
        1 => new(PlaceKind.AtEnd, choice.Of<ulong>(0, 1, alignment, 8, 0x10000)),
        2 => new(PlaceKind.Absolute, choice.Of<ulong>(0, memory.Bytes - 1, memory.Bytes, memory.Bytes + 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFF0)),
        _ => new(PlaceKind.Absolute, memory.Is64 ? choice.Of<ulong>(1UL << 32, ulong.MaxValue, ulong.MaxValue - 15, 1UL << 63) : choice.Of(0xFFFF0000UL, 0xFFFFFF00UL)),
    };

    private static int Sites(ValType type, Node node) => node switch
    {
        Node.Bits => type is ValType.Enum or ValType.Own or ValType.Borrow or ValType.Primitive { Type: PrimitiveType.Char } ? 1 : 0,
        Node.Text => 1,
        Node.Sequence s => 1 + s.Elements.Items.Sum(e => Sites(Shape.Element(type)!, e)),
        Node.Parts p => Shape.Parts(type)!.Zip(p.Items.Items, (type, node) => (Type: type, Node: node)).Sum(pair => Sites(pair.Type, pair.Node)),
        Node.Case c => 1 + (c.Payload is { } payload ? Sites(Shape.Cases(type)![(int)c.Discriminant]!, payload) : 0),
    };

    private Node Walk(ValType type, Node node, ref int at)
    {
        if (at < 0)
            return node;
        int sites = Sites(type, node);
        if (at >= sites)
        {
            at -= sites;
            return node;
        }
        if (node is Node.Parts parts)
        {
            var items = new List<Node>();
            foreach (var (part, item) in Shape.Parts(type)!.Zip(parts.Items.Items))
                items.Add(Walk(part, item, ref at));
            return new Node.Parts(items.ToEquatableArray());
        }
        if (at-- == 0)
            return Lie(type, node);
        if (node is Node.Sequence sequence)
        {
            var elements = new List<Node>();
            foreach (var element in sequence.Elements)
                elements.Add(Walk(Shape.Element(type)!, element, ref at));
            return sequence with { Elements = elements.ToEquatableArray() };
        }
        var chosen = (Node.Case)node;
        return chosen with { Payload = Walk(Shape.Cases(type)![(int)chosen.Discriminant]!, chosen.Payload!, ref at) };
    }

    private Node Lie(ValType type, Node node)
    {
        switch (node)
        {
            case Node.Bits when type is ValType.Enum t:
                return new Node.Bits(BadDiscriminant(t.Labels.Length));
            case Node.Bits when Handles.Resource(type) is not null:
                return new Node.Bits(choice.Of<ulong>(0, 1, Handles.Stock, Handles.Stock + 1, (2 * Handles.Stock) + 1, 1000, 0x0FFFFFFF, 0x80000001, 0xFFFFFFFF));
            case Node.Bits:
                return new Node.Bits(choice.Of<ulong>(
                    0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0x110000, 0x11D800, 0x7FFFFFFF, 0x80000041, 0xFFFFFFFF, (ulong)choice.Between(0x110000, int.MaxValue - 1)));
            case Node.Case:
                return new Node.Case(BadDiscriminant(Shape.Cases(type)!.Count), null);
            case Node.Sequence s:
                var element = Shape.Element(type)!;
                return choice.OneIn(2)
                    ? s with { Length = BadLength(s.Elements.Length, memory.Abi.ElemSize(element)) }
                    : s with { At = BadPlace(memory.Abi.Alignment(element)) };
            case Node.Text text:
                int unit = text.IsUtf16 ? 2 : 1;
                return choice.Between(0, 5) switch
                {
                    0 => text with { Length = BadLength(text.Bytes.Length / unit, (ulong)unit) },
                    1 => text with { At = BadPlace(2) },
                    2 => text with { Bytes = [.. text.Bytes.AsSpan()[..^Math.Min(text.Bytes.Length, choice.Between(1, 3))]] },
                    _ => text with { Bytes = Insert(text.Bytes.AsSpan(), choice.Of<byte[]>(text.IsUtf16 ? BadUtf16 : BadUtf8), unit) },
                };
            default:
                throw new ArgumentOutOfRangeException(nameof(node));
        }
    }

    private EquatableArray<byte> Insert(ReadOnlySpan<byte> bytes, byte[] bad, int unit)
    {
        int at = choice.OneIn(3) ? bytes.Length / unit * unit : choice.Between(0, bytes.Length / unit) * unit;
        return [.. bytes[..at], .. bad, .. bytes[at..]];
    }

    private uint BadDiscriminant(int cases) => choice.Of<uint>((uint)cases, (uint)cases + 1, 0x7F, 0x80, 0xFF, 0x100, 0xFFFF, 0x10000, 0x80000000, 0xFFFFFFFF);

    private ulong BadLength(int length, ulong size)
    {
        ulong limit = choice.Of(1UL << 28, 1UL << 31, 1UL << 32);
        ulong honest = (ulong)length;
        return choice.Between(0, memory.Is64 ? 7 : 5) switch
        {
            0 => honest + (ulong)choice.Between(1, 4),
            1 => (limit / size) - 1,
            2 => limit / size,
            3 => (limit / size) + 1 + honest,
            4 => honest | 0x80000000,
            5 => choice.Of<ulong>(0x7FFFFFFF, 0x80000000, 0xFFFFFFFF),
            6 => choice.Of<ulong>(ulong.MaxValue, 1UL << 63, (1UL << 63) - 1, 1UL << 32),
            _ => (ulong.MaxValue / size) + 1 + honest,
        };
    }
}
