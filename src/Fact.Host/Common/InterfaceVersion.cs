using System;

namespace Fact.Host;

/// <summary>Versions in the names of imports, such as <c>wasi:io/streams@0.2.3#read</c>.</summary>
internal static class InterfaceVersion
{
    /// <summary>
    /// The name with only as much of its version as compatible versions have in common: everything up to the first number that is not 0. Null where there is no
    /// version, or one that is compatible with itself alone. Spec: <c>canonversion</c>.
    /// </summary>
    public static string? WithoutDetails(string name)
    {
        int at = name.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
            return null;
        int end = name.IndexOf('#', at);
        var version = name.AsSpan(at + 1, (end < 0 ? name.Length : end) - at - 1);
        // What is behind a plus says how it was built.
        if (version.IndexOf('+') is >= 0 and var plus)
            version = version[..plus];
        if (version.Contains('-'))
            return null;
        int length = 0;
        foreach (var part in version.Split('.'))
        {
            length = part.End.GetOffset(version.Length);
            if (version[part] is not "0")
                break;
        }
        return string.Concat(name.AsSpan(0, at + 1), version[..length], end < 0 ? "" : name.AsSpan(end));
    }
}
