using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Fact.Model;

namespace Fact.Properties.Lower.Runtime;

/// <summary>Strings to convert: of every kind and length, right and wrong.</summary>
internal static class Strings
{
    private static readonly (int From, int To)[][] Kinds =
    [
        [(0, 0x7F)],
        [(0x20, 0x7E), (0x20, 0x7E), (0x20, 0x7E), (0x80, 0xFF)],
        [(0x80, 0xFF)],
        [(0x20, 0x7E), (0x80, 0x7FF)],
        [(0x20, 0x7E), (0x800, 0xD7FF)],
        [(0x800, 0xD7FF), (0xE000, 0xFFFF)],
        [(0x20, 0x7E), (0x80, 0x7FF), (0x800, 0xD7FF), (0xE000, 0xFFFF), (0x10000, 0x10FFFF)],
        [(0x10000, 0x10FFFF)],
    ];

    private static readonly byte[] Spoilers = [0x00, 0x7F, 0x80, 0xBF, 0xC0, 0xC1, 0xC2, 0xC3, 0xD8, 0xDB, 0xDC, 0xDF, 0xE0, 0xED, 0xF0, 0xF4, 0xF5, 0xFF];

    /// <summary>Strings of exactly so many code units: of each kind, and each once more with one byte spoilt; and one of any bytes.</summary>
    public static IEnumerable<byte[]> Of(Codec codec, int units, Random random)
    {
        int length = units * codec.UnitSize;
        foreach (var kind in Kinds)
        {
            byte[] right = Right(codec, kind, length, random);
            yield return right;
            if (length == 0)
                continue;
            byte[] wrong = [.. right];
            wrong[random.Next(length)] = Spoilers[random.Next(Spoilers.Length)];
            yield return wrong;
        }
        byte[] any = new byte[length];
        random.NextBytes(any);
        yield return any;
    }

    private static byte[] Right(Codec codec, (int From, int To)[] kind, int length, Random random)
    {
        var bytes = new List<byte>(length);
        while (bytes.Count < length)
        {
            var (from, to) = kind[random.Next(kind.Length)];
            if (codec == Codec.Latin1)
                (from, to) = (Math.Min(from, 0x80), Math.Min(to, 0xFF));
            byte[] character = codec.Encode((uint)random.Next(from, to + 1));
            bytes.AddRange(bytes.Count + character.Length <= length ? character : codec.Encode('x'));
        }
        return [.. bytes];
    }
}
