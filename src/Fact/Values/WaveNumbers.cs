using System;
using System.Globalization;
using Fact.Ir;

namespace Fact.Values;

/// <summary>Numbers as WAVE text: integers in base 10, floats as JSON numbers without exponents, <c>nan</c>, <c>inf</c>, <c>-inf</c>.</summary>
internal static class WaveNumbers
{
    private const uint Nan32 = 0x7FC0_0000;
    private const ulong Nan64 = 0x7FF8_0000_0000_0000;

    /// <summary>The number of a type, or null where the text is none that fits.</summary>
    public static ComponentValue? Parse(ReadOnlySpan<char> text, PrimitiveType type) => type switch
    {
        PrimitiveType.S8 => sbyte.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var v) ? ComponentValues.S8(v) : null,
        PrimitiveType.U8 => byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var v) ? ComponentValues.U8(v) : null,
        PrimitiveType.S16 => short.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var v) ? ComponentValues.S16(v) : null,
        PrimitiveType.U16 => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var v) ? ComponentValues.U16(v) : null,
        PrimitiveType.S32 => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var v) ? ComponentValues.S32(v) : null,
        PrimitiveType.U32 => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var v) ? ComponentValues.U32(v) : null,
        PrimitiveType.S64 => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var v) ? ComponentValues.S64(v) : null,
        PrimitiveType.U64 => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var v) ? ComponentValues.U64(v) : null,
        PrimitiveType.F32 => F32(text),
        PrimitiveType.F64 => F64(text),
        _ => null,
    };

    /// <summary>What may be written where the number of a type is expected.</summary>
    public static string Expected(PrimitiveType type) => type switch
    {
        PrimitiveType.S8 => "an integer from -128 to 127",
        PrimitiveType.U8 => "an integer from 0 to 255",
        PrimitiveType.S16 => "an integer from -32768 to 32767",
        PrimitiveType.U16 => "an integer from 0 to 65535",
        PrimitiveType.S32 => "an integer from -2147483648 to 2147483647",
        PrimitiveType.U32 => "an integer from 0 to 4294967295",
        PrimitiveType.S64 => "an integer from -9223372036854775808 to 9223372036854775807",
        PrimitiveType.U64 => "an integer from 0 to 18446744073709551615",
        _ => "a number, nan, inf or -inf",
    };

    private static ComponentValue.F32? F32(ReadOnlySpan<char> text) => text switch
    {
        "nan" => new(Nan32),
        "inf" => new(BitConverter.SingleToUInt32Bits(float.PositiveInfinity)),
        "-inf" => new(BitConverter.SingleToUInt32Bits(float.NegativeInfinity)),
        _ => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float v) ? new(BitConverter.SingleToUInt32Bits(v)) : null,
    };

    private static ComponentValue.F64? F64(ReadOnlySpan<char> text) => text switch
    {
        "nan" => new(Nan64),
        "inf" => new(BitConverter.DoubleToUInt64Bits(double.PositiveInfinity)),
        "-inf" => new(BitConverter.DoubleToUInt64Bits(double.NegativeInfinity)),
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double v) ? new(BitConverter.DoubleToUInt64Bits(v)) : null,
    };

    /// <summary>The shortest decimal number that is nearest to no other float of 32 bits.</summary>
    public static string Print(float value) =>
        float.IsNaN(value) ? "nan"
        : float.IsInfinity(value) ? (value > 0 ? "inf" : "-inf")
        : Plain(value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>The shortest decimal number that is nearest to no other float of 64 bits.</summary>
    public static string Print(double value) =>
        double.IsNaN(value) ? "nan"
        : double.IsInfinity(value) ? (value > 0 ? "inf" : "-inf")
        : Plain(value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Writes a number that may have an exponent without one.</summary>
    private static string Plain(string shortest)
    {
        int e = shortest.IndexOf('E', StringComparison.Ordinal);
        if (e < 0)
            return shortest;
        int exponent = int.Parse(shortest.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string sign = shortest[0] == '-' ? "-" : "";
        string digits = shortest[sign.Length..e];
        int point = digits.IndexOf('.', StringComparison.Ordinal);
        if (point < 0)
            point = digits.Length;
        else
            digits = digits.Remove(point, 1);
        point += exponent;
        if (point <= 0)
            return sign + "0." + new string('0', -point) + digits;
        return point >= digits.Length ? sign + digits.PadRight(point, '0') : sign + digits.Insert(point, ".");
    }
}
