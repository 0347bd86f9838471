using System;
using System.Linq;
using System.Text;
using Fact.Ir;

namespace Fact.Model.Guests;

/// <summary>Values of any type, as a side would have them in its memory.</summary>
internal sealed class ValueGen(Random random, StringEncoding encoding)
{
    private int budget = 400;

    public SpecValue Of(ValType type)
    {
        budget--;
        return SpecAbi.Despecialize(type) switch
        {
            ValType.Primitive { Type: PrimitiveType.Bool } => new SpecValue.Bool(random.Next(2) == 0),
            ValType.Primitive { Type: PrimitiveType.Char } => new SpecValue.Char(Scalar().Value),
            ValType.Primitive { Type: PrimitiveType.String } => Text(String(), encoding, random.Next(2) == 0),
            ValType.Primitive t => new SpecValue.Bits(Bits(t.Type)),
            ValType.List t => new SpecValue.List([.. Enumerable.Range(0, Length()).Select(_ => Of(t.Element)).ToArray()]),
            ValType.FixedLengthList t => new SpecValue.List([.. Enumerable.Range(0, (int)t.Length).Select(_ => Of(t.Element)).ToArray()]),
            ValType.Record t => new SpecValue.Record([.. t.Fields.Items.Select(f => (f.Name, Of(f.Type))).ToArray()]),
            ValType.Variant t => Case(t),
            ValType.Flags t => new SpecValue.Flags([.. t.Labels.Items.Where(_ => random.Next(2) == 0).ToArray()]),
            ValType.Own t => new SpecValue.Handle(TransferKind.Own, (uint)random.Next(100), t.Table.Value),
            ValType.Borrow t => new SpecValue.Handle(TransferKind.Borrow, (uint)random.Next(100), t.Table.Value),
            ValType.Stream t => new SpecValue.Handle(TransferKind.Stream, (uint)random.Next(100), t.Table.Value),
            ValType.Future t => new SpecValue.Handle(TransferKind.Future, (uint)random.Next(100), t.Table.Value),
            ValType.ErrorContext t => new SpecValue.Handle(TransferKind.ErrorContext, (uint)random.Next(100), t.Table.Value),
            _ => throw new InvalidOperationException(),
        };
    }

    /// <summary>A string with the length and tag that it has under an encoding.</summary>
    /// <param name="text">The string.</param>
    /// <param name="encoding">The encoding.</param>
    /// <param name="tagged">Whether <c>latin1+utf16</c> is UTF-16 even where Latin-1 would do.</param>
    public static SpecValue.Text Text(string text, StringEncoding encoding, bool tagged = false) => encoding switch
    {
        StringEncoding.Utf8 => new(text, encoding, (ulong)Encoding.UTF8.GetByteCount(text)),
        StringEncoding.Utf16 => new(text, encoding, (ulong)text.Length),
        _ => new(text, encoding, (uint)text.Length | (tagged || text.Any(c => c > 0xFF) ? 1UL << 31 : 0)),
    };

    private SpecValue.Case Case(ValType.Variant type)
    {
        var one = type.Cases[random.Next(type.Cases.Length)];
        return new(one.Name, one.Type is { } payload ? Of(payload) : null);
    }

    private int Length() => budget <= 0 ? 0 : random.Next(6) switch { 0 => 0, 1 => random.Next(12), _ => random.Next(4) };

    private ulong Bits(PrimitiveType type)
    {
        ulong bits = random.Next(4) switch
        {
            0 => 0,
            1 => ulong.MaxValue,
            2 => (ulong)random.Next(300),
            _ => (ulong)random.NextInt64(long.MinValue, long.MaxValue),
        };
        return type switch
        {
            PrimitiveType.S8 or PrimitiveType.U8 => (byte)bits,
            PrimitiveType.S16 or PrimitiveType.U16 => (ushort)bits,
            PrimitiveType.S32 or PrimitiveType.U32 or PrimitiveType.F32 => (uint)bits,
            _ => bits,
        };
    }

    private string String()
    {
        var text = new StringBuilder();
        int kind = random.Next(5), length = random.Next(3) == 0 ? 0 : random.Next(1, 30);
        for (int i = 0; i < length && budget > 0; i++)
        {
            Rune rune = kind switch
            {
                0 => new Rune(random.Next(0x80)),
                1 => new Rune(random.Next(0x100)),
                2 => i < length - 1 ? new Rune(random.Next(0x80)) : Scalar(),
                3 => i < length / 2 ? new Rune(random.Next(0x100)) : Scalar(),
                _ => Scalar(),
            };
            text.Append(rune);
            budget -= i % 8 == 0 ? 1 : 0;
        }
        return text.ToString();
    }

    private Rune Scalar()
    {
        int[] ranges = [0x80, 0x100, 0x800, 0xD800, 0x10000, 0x110000];
        int value = random.Next(ranges[random.Next(ranges.Length)]);
        return new Rune(value is >= 0xD800 and < 0xE000 ? 0xFFFD : value);
    }
}
