using System.Diagnostics;

namespace Fact.Ir;

/// <summary>The specification's names of string encodings.</summary>
internal static class EncodingNames
{
    /// <summary>The name of the canonical option.</summary>
    public static string Of(StringEncoding encoding) => encoding switch
    {
        StringEncoding.Utf8 => "utf8",
        StringEncoding.Utf16 => "utf16",
        StringEncoding.Latin1OrUtf16 => "latin1+utf16",
        _ => throw new UnreachableException(),
    };
}
