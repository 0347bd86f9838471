using System;

namespace Fact.Component.Binary;

/// <summary>The syntax of semantic versions (version 2.0.0), and of the canonical versions of interface names.</summary>
internal static class SemVer
{
    /// <summary>Whether a text is <c>major.minor.patch</c> with an optional pre-release and build.</summary>
    public static bool IsValid(ReadOnlySpan<char> text)
    {
        int plus = text.IndexOf('+');
        if (plus >= 0)
        {
            if (!AreIdentifiers(text[(plus + 1)..], numbersHaveNoLeadingZero: false))
                return false;
            text = text[..plus];
        }
        int minus = text.IndexOf('-');
        if (minus >= 0)
        {
            if (!AreIdentifiers(text[(minus + 1)..], numbersHaveNoLeadingZero: true))
                return false;
            text = text[..minus];
        }
        Span<Range> parts = stackalloc Range[4];
        return text.Split(parts, '.') == 3
            && IsNumber(text[parts[0]]) && IsNumber(text[parts[1]]) && IsNumber(text[parts[2]]);
    }

    /// <summary>
    /// Whether a text is what a version keeps of itself in a canonical interface name: everything up to the first
    /// number that is not 0.
    /// Spec: canonversion.
    /// </summary>
    public static bool IsCanonical(ReadOnlySpan<char> text)
    {
        if (text is "0.0.0")
            return true;
        if (NameSyntax.Eat(ref text, "0."))
            NameSyntax.Eat(ref text, "0.");
        return IsNumber(text) && text is not "0";
    }

    private static bool AreIdentifiers(ReadOnlySpan<char> text, bool numbersHaveNoLeadingZero)
    {
        foreach (var range in text.Split('.'))
        {
            var identifier = text[range];
            if (identifier.IsEmpty)
                return false;
            bool isNumeric = true;
            foreach (char c in identifier)
            {
                if (!char.IsAsciiLetterOrDigit(c) && c != '-')
                    return false;
                isNumeric &= char.IsAsciiDigit(c);
            }
            if (isNumeric && numbersHaveNoLeadingZero && !IsNumber(identifier))
                return false;
        }
        return true;
    }

    private static bool IsNumber(ReadOnlySpan<char> text) =>
        !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9') && (text.Length == 1 || text[0] != '0');
}
