using System;
using System.Buffers;

namespace Fact.Component.Binary;

/// <summary>
/// The lexical grammar of component names. Each rule is a predicate; what may still be left after a rule comes out
/// through a <c>ref</c> span.
/// Spec: label, externname, interfacename (Explainer.md, "Import and Export Definitions").
/// </summary>
internal static class NameSyntax
{
    private static readonly SearchValues<char> LabelChars =
        SearchValues.Create("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>
    /// Whether a text is a label: words of one case and digits, joined by single hyphens, beginning with a letter.
    /// </summary>
    public static bool IsLabel(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !char.IsAsciiLetter(text[0]))
            return false;
        bool lower = false, upper = false;
        char previous = '-';
        foreach (char c in text)
        {
            if (c == '-')
            {
                if (previous == '-')
                    return false;
                lower = upper = false;
            }
            else if (!char.IsAsciiLetterOrDigit(c))
            {
                return false;
            }
            else
            {
                lower |= char.IsAsciiLetterLower(c);
                upper |= char.IsAsciiLetterUpper(c);
                if (lower && upper)
                    return false;
            }
            previous = c;
        }
        return previous != '-';
    }

    /// <summary>Whether a text is a label with an annotation such as <c>[method]</c>, or without one.</summary>
    public static bool IsPlainName(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] != '[')
            return IsLabel(text);
        if (Eat(ref text, "[constructor]"))
            return IsLabel(text);
        if (!Eat(ref text, "[method]") && !Eat(ref text, "[static]"))
            return false;
        int dot = text.IndexOf('.');
        return dot >= 0 && IsLabel(text[..dot]) && IsLabel(text[(dot + 1)..]);
    }

    /// <summary>
    /// Whether a text is an interface name, <c>namespace:package/interface</c> with an optional
    /// <c>@version</c>. Nested namespaces and packages are a gated feature and not accepted.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="suffix">What completes the version, or null where nothing is said.</param>
    public static bool IsInterfaceName(ReadOnlySpan<char> text, string? suffix = null)
    {
        if (!EatPackage(ref text) || !Eat(ref text, "/") || !EatLabel(ref text))
            return false;
        if (text.IsEmpty)
            return suffix is null;
        if (!Eat(ref text, "@"))
            return false;
        return suffix is null
            ? SemVer.IsValid(text) || SemVer.IsCanonical(text)
            : SemVer.IsCanonical(text) && SemVer.IsValid(string.Concat(text, suffix));
    }

    /// <summary>Whether a text is the name of an import or export.</summary>
    /// <param name="text">The text.</param>
    /// <param name="suffix">What completes the version of an interface name, or null where nothing is said.</param>
    public static bool IsExternName(ReadOnlySpan<char> text, string? suffix = null)
    {
        if (IsPlainName(text))
            return suffix is null;
        return IsInterfaceName(text, suffix) || (suffix is null && LocatorSyntax.IsLocator(text));
    }

    /// <summary>
    /// What must differ between the names of one scope: the name without hyphens and case, and without what says that it is a method. A version is
    /// no word, so it stays as it is.
    /// Spec: strongly-unique (Explainer.md, "Name Uniqueness").
    /// </summary>
    public static string UniquenessKey(string name)
    {
        if (name.Contains('='))
            return name;
        int version = name.IndexOf('@');
        string key = version < 0 ? name : name[..version];
        key = key.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        ReadOnlySpan<char> text = key;
        if (Eat(ref text, "[method]") || Eat(ref text, "[static]"))
        {
            int dot = text.IndexOf('.');
            key = (text[..dot].SequenceEqual(text[(dot + 1)..]) ? text[..dot] : text).ToString();
        }
        return version < 0 ? key : key + name[version..];
    }

    /// <summary>Takes a prefix off a text, where it has it.</summary>
    public static bool Eat(ref ReadOnlySpan<char> text, ReadOnlySpan<char> prefix)
    {
        if (!text.StartsWith(prefix, StringComparison.Ordinal))
            return false;
        text = text[prefix.Length..];
        return true;
    }

    /// <summary>Takes <c>namespace:package</c> off a text, both in lower case.</summary>
    public static bool EatPackage(ref ReadOnlySpan<char> text)
    {
        return EatLowerCaseLabel(ref text) && Eat(ref text, ":") && EatLowerCaseLabel(ref text);
    }

    /// <summary>Takes the longest label off a text.</summary>
    public static bool EatLabel(ref ReadOnlySpan<char> text)
    {
        var label = TakeLabelChars(ref text);
        return IsLabel(label);
    }

    private static bool EatLowerCaseLabel(ref ReadOnlySpan<char> text)
    {
        var label = TakeLabelChars(ref text);
        return IsLabel(label) && !label.ContainsAnyInRange('A', 'Z');
    }

    private static ReadOnlySpan<char> TakeLabelChars(ref ReadOnlySpan<char> text)
    {
        int length = text.IndexOfAnyExcept(LabelChars);
        var taken = length < 0 ? text : text[..length];
        text = text[taken.Length..];
        return taken;
    }
}
