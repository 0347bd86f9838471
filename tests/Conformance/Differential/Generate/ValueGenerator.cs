using System;
using System.Linq;
using System.Text;
using Fact.Ir;
using Fact.Model;

namespace Fact.Conformance.Differential.Generate;

/// <summary>Valid values of a type, with garbage where it means nothing.</summary>
/// <param name="choice">Where randomness comes from.</param>
/// <param name="encoding">How the guest encodes strings.</param>
/// <param name="handles">The handles that the guest has left.</param>
public sealed class ValueGenerator(Choice choice, StringEncoding encoding, HandlePool handles)
{
    private const int MaxElements = 200, MaxCharacters = 1500;
    private int left = MaxElements, charactersLeft = MaxCharacters;

    /// <summary>A value.</summary>
    public Node Value(ValType type)
    {
        if (Shape.Parts(type) is { } parts)
            return new Node.Parts(parts.Select(Value).ToEquatableArray());
        if (type is not ValType.Enum && Shape.Cases(type) is { } cases)
        {
            int index = choice.Between(0, cases.Count - 1);
            return new Node.Case((uint)index, cases[index] is { } payload ? Value(payload) : null);
        }
        if (Shape.Element(type) is { } element)
        {
            int count = Math.Min(left, choice.Of(0, 1, 1, 2, 3, 4, 7));
            left -= count;
            return new Node.Sequence(Enumerable.Range(0, count).Select(_ => Value(element)).ToEquatableArray(), Place.Good);
        }
        return type switch
        {
            ValType.Primitive { Type: PrimitiveType.String } => Text(),
            ValType.Primitive { Type: PrimitiveType.Char } =>
                new Node.Bits((ulong)Scalar(choice.Of<(int, int)>((0, 0x7F), (0x80, 0x7FF), (0xD000, 0xD7FF), (0xE000, 0xFFFF), (0x10000, 0x10FFFF)))),
            ValType.Own => new Node.Bits(handles.Take(Handles.Resource(type)!.Value)),
            ValType.Borrow => new Node.Bits(handles.Lend(Handles.Resource(type)!.Value)),
            ValType.Enum t => new Node.Bits((ulong)choice.Between(0, t.Labels.Length - 1)),
            _ => new Node.Bits(choice.Bits()),
        };
    }

    private Node.Text Text()
    {
        bool latin1 = encoding == StringEncoding.Latin1OrUtf16 && choice.OneIn(2);
        var text = new StringBuilder();
        for (int runs = choice.Between(0, 3); runs > 0 && charactersLeft > 0; runs--)
        {
            var range = latin1
                ? choice.Of<(int, int)>((0, 0x7F), (0x80, 0xFF), (0, 0xFF))
                : choice.Of<(int, int)>((0x20, 0x7E), (0x20, 0x7E), (0, 0xFF), (0x80, 0xFF), (0x100, 0x7FF), (0x800, 0xD7FF), (0xE000, 0xFFFF), (0x10000, 0x10FFFF));
            int length = Math.Min(charactersLeft, choice.OneIn(40) ? choice.Between(60, 600) : choice.OneIn(4) ? choice.Between(5, 40) : choice.Between(0, 4));
            charactersLeft -= length;
            for (int i = 0; i < length; i++)
                text.Append(new Rune(Scalar(range)));
        }
        byte[] bytes = encoding switch
        {
            StringEncoding.Utf8 => Encoding.UTF8.GetBytes(text.ToString()),
            StringEncoding.Latin1OrUtf16 when latin1 => Encoding.Latin1.GetBytes(text.ToString()),
            _ => Encoding.Unicode.GetBytes(text.ToString()),
        };
        return new([.. bytes], encoding != StringEncoding.Utf8 && !latin1, Place.Good);
    }

    /// <summary>One of a range, often the first or the last.</summary>
    private int Scalar((int Low, int High) range) => choice.Between(0, 9) switch
    {
        0 => range.Low,
        1 => range.High,
        _ => choice.Between(range.Low, range.High),
    };
}
