using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Fact.Properties.Host;

/// <summary>Text in bytes, valid or not: what guests hand to transcoders.</summary>
public sealed record TextBytes(byte[] Bytes)
{
    public override string ToString() => Convert.ToHexString(Bytes);
}

/// <summary>UTF-8 or nearly so.</summary>
public sealed record MaybeUtf8(TextBytes Text)
{
    public override string ToString() => Text.ToString();
}

/// <summary>UTF-16 or nearly so; an even number of bytes.</summary>
public sealed record MaybeUtf16(TextBytes Text)
{
    public override string ToString() => Text.ToString();
}

/// <summary>Any bytes: Latin-1.</summary>
public sealed record Latin1(TextBytes Text)
{
    public override string ToString() => Text.ToString();
}

public static class TextGenerators
{
    /// <summary>Text with runs of one kind, so that vectorised paths are entered and left at every place.</summary>
    public static Gen<string> Text { get; } =
        from runs in Gen.Choose(0, 6)
        from parts in Gen.ArrayOf(Run, runs)
        select string.Concat(parts);

    private static Gen<string> Run =>
        from range in Gen.Elements((0x20, 0x7E), (0x20, 0x7E), (0, 0x7F), (0x80, 0xFF), (0x100, 0x7FF), (0x800, 0xD7FF), (0xE000, 0xFFFF), (0x10000, 0x10FFFF))
        from length in Gen.Frequency((3, Gen.Choose(0, 4)), (1, Gen.Choose(5, 90)))
        from scalars in Gen.ArrayOf(Gen.Choose(range.Item1, range.Item2), length)
        select string.Concat(scalars.Select(c => new Rune(c).ToString()));

    private static Gen<byte[]> Spoil(Gen<byte[]> valid, int unit) =>
        from bytes in valid
        from how in Gen.Frequency((6, Gen.Constant(0)), (2, Gen.Constant(1)), (1, Gen.Constant(2)), (1, Gen.Constant(3)))
        from at in Gen.Choose(0, Math.Max(0, bytes.Length - 1))
        from value in Gen.Elements<byte>(0x00, 0x7F, 0x80, 0xBF, 0xC0, 0xC1, 0xC2, 0xC3, 0xD8, 0xDB, 0xDC, 0xDF, 0xE0, 0xED, 0xF0, 0xF4, 0xF5, 0xFF)
        select how switch
        {
            1 when bytes.Length > 0 => [.. bytes[..at], value, .. bytes[(at + 1)..]],
            2 => bytes[..(at / unit * unit)],
            3 when bytes.Length > 0 => [.. bytes[..(at / unit * unit)], .. bytes[Math.Min(bytes.Length, (at / unit * unit) + unit)..]],
            _ => bytes,
        };

    public static Arbitrary<MaybeUtf8> Utf8() =>
        Spoil(Text.Select(Encoding.UTF8.GetBytes), 1).Select(b => new MaybeUtf8(new(b))).ToArbitrary();

    public static Arbitrary<MaybeUtf16> Utf16() =>
        Spoil(Text.Select(Encoding.Unicode.GetBytes), 2).Select(b => new MaybeUtf16(new(b))).ToArbitrary();

    public static Arbitrary<Latin1> AnyLatin1() =>
        (from n in Gen.Choose(0, 90)
         from high in Gen.Elements(0x7F, 0xFF)
         from b in Gen.ArrayOf(Gen.Choose(0, high), n)
         select new Latin1(new([.. b.Select(x => (byte)x)])))
        .ToArbitrary();
}
