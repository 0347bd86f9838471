using System;
using System.Globalization;
using System.Linq;
using System.Text;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>Literals and comments of the text format.</summary>
internal static class WatText
{
    /// <summary>A string in quotes. Characters that a reader could not see, or that would reorder the line, are escaped. Spec: <c>string</c>.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"", text.Length + 2);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '"' or '\\')
                quoted.Append('\\').Append((char)rune.Value);
            else if (Printable.IsHidden(rune))
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            else
                quoted.Append(rune.ToString());
        }
        return quoted.Append('"').ToString();
    }

    /// <summary>A comment to the end of the line.</summary>
    public static string Comment(string text)
    {
        var comment = new StringBuilder(" ;; ", text.Length + 4);
        foreach (var rune in text.EnumerateRunes())
            comment.Append(Printable.IsHidden(rune) ? "?" : rune.ToString());
        return comment.ToString();
    }

    /// <summary>A vector, as two integers of 64 bits.</summary>
    public static string V128(UInt128 bits) => string.Create(CultureInfo.InvariantCulture, $"i64x2 0x{(ulong)bits:x} 0x{(ulong)(bits >> 64):x}");

    /// <summary>Sixteen lanes.</summary>
    public static string Lanes(UInt128 lanes) => string.Join(' ', Enumerable.Range(0, 16).Select(i => (int)(byte)(lanes >> (8 * i))));

    /// <summary>A float of 32 bits, exactly. Spec: <c>f32</c>.</summary>
    public static string F32(uint bits) => Float(bits >> 31 != 0, (int)(bits >> 23) & 0xFF, bits & 0x7FFFFF, 0xFF, 127, (bits & 0x7FFFFF) << 1, 6);

    /// <summary>A float of 64 bits, exactly. Spec: <c>f64</c>.</summary>
    public static string F64(ulong bits)
    {
        ulong fraction = bits & 0xF_FFFF_FFFF_FFFF;
        return Float(bits >> 63 != 0, (int)(bits >> 52) & 0x7FF, fraction, 0x7FF, 1023, fraction, 13);
    }

    private static string Float(bool negative, int exponent, ulong payload, int special, int bias, ulong fraction, int digits)
    {
        string sign = negative ? "-" : "";
        if (exponent == special)
            return payload == 0 ? sign + "inf" : $"{sign}nan:0x{payload:x}";
        int leading = exponent == 0 ? 0 : 1;
        int power = payload == 0 && exponent == 0 ? 0 : exponent + 1 - leading - bias;
        string hex = fraction.ToString("x" + digits, CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{sign}0x{leading}.{hex}p{power}");
    }
}
