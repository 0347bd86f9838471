using System;

namespace Fact.Component.Binary;

/// <summary>
/// Names that say where an import comes from: <c>unlocked-dep=&lt;…&gt;</c>, <c>locked-dep=&lt;…&gt;</c>,
/// <c>url=&lt;…&gt;</c> and <c>integrity=&lt;…&gt;</c>. The specification has replaced them by the
/// <c>external-id</c> attribute; binaries that have them still load elsewhere.
/// </summary>
internal static class LocatorSyntax
{
    /// <summary>Whether a text is such a name.</summary>
    public static bool IsLocator(ReadOnlySpan<char> text)
    {
        if (NameSyntax.Eat(ref text, "unlocked-dep="))
        {
            // Version ranges have a > of their own.
            return text is ['<', .. var query, '>'] && IsPackageQuery(query);
        }
        if (NameSyntax.Eat(ref text, "locked-dep="))
            return EatBracketed(ref text, out var package) && IsPackage(package) && IsOptionalIntegrity(text);
        if (NameSyntax.Eat(ref text, "url="))
            return EatBracketed(ref text, out var url) && !url.Contains('<') && IsOptionalIntegrity(text);
        return IsIntegrity(text);
    }

    private static bool EatBracketed(ref ReadOnlySpan<char> text, out ReadOnlySpan<char> content)
    {
        content = default;
        int close = text.IndexOf('>');
        if (close < 0 || text[0] != '<')
            return false;
        content = text[1..close];
        text = text[(close + 1)..];
        return true;
    }

    private static bool EatPath(ref ReadOnlySpan<char> text) =>
        NameSyntax.EatPackage(ref text) && (!NameSyntax.Eat(ref text, "/") || NameSyntax.EatLabel(ref text));

    private static bool IsPackage(ReadOnlySpan<char> text) =>
        EatPath(ref text) && (text.IsEmpty || (NameSyntax.Eat(ref text, "@") && SemVer.IsValid(text)));

    private static bool IsPackageQuery(ReadOnlySpan<char> text)
    {
        if (!EatPath(ref text))
            return false;
        if (text.IsEmpty || text is "@*")
            return true;
        return NameSyntax.Eat(ref text, "@{") && text.EndsWith("}") && IsRange(text[..^1]);
    }

    private static bool IsRange(ReadOnlySpan<char> text)
    {
        if (text is "*")
            return true;
        if (!NameSyntax.Eat(ref text, ">="))
            return NameSyntax.Eat(ref text, "<") && SemVer.IsValid(text);
        int space = text.IndexOf(' ');
        if (space < 0)
            return SemVer.IsValid(text);
        var upper = text[(space + 1)..];
        return SemVer.IsValid(text[..space]) && NameSyntax.Eat(ref upper, "<") && SemVer.IsValid(upper);
    }

    private static bool IsOptionalIntegrity(ReadOnlySpan<char> text) =>
        text.IsEmpty || (NameSyntax.Eat(ref text, ",") && IsIntegrity(text));

    private static bool IsIntegrity(ReadOnlySpan<char> text)
    {
        if (!NameSyntax.Eat(ref text, "integrity=") || !EatBracketed(ref text, out var hashes) || !text.IsEmpty)
            return false;
        bool any = false;
        foreach (var range in hashes.Split(' '))
        {
            var hash = hashes[range];
            if (hash.IsEmpty)
                continue;
            any = true;
            if (!NameSyntax.Eat(ref hash, "sha256-")
                && !NameSyntax.Eat(ref hash, "sha384-")
                && !NameSyntax.Eat(ref hash, "sha512-"))
            {
                return false;
            }
            int options = hash.IndexOf('?');
            if (!IsBase64(options < 0 ? hash : hash[..options]))
                return false;
        }
        return any;
    }

    private static bool IsBase64(ReadOnlySpan<char> text)
    {
        var digits = text.TrimEnd('=');
        if (digits.IsEmpty || text.Length - digits.Length > 2)
            return false;
        foreach (char c in digits)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '/'))
                return false;
        }
        return true;
    }
}
