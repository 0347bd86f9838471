using System;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LanguageExt;
using Wasmtime;

namespace Fact.Cli.Input;

/// <summary>Components in the text format. The engine has the parser.</summary>
internal static partial class TextComponent
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Says why something that begins so cannot be WebAssembly text; null if it could be.</summary>
    public static string? WhyNotText(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("\uFEFF"u8))
            start = start[3..];
        int at = start.IndexOfAnyExcept(" \t\r\n"u8);
        if (at < 0 || start[at] is (byte)'(' or (byte)';')
            return null;
        return "is neither a WebAssembly binary (it does not begin with 00 61 73 6d) nor WebAssembly text (it does not begin with a parenthesis)";
    }

    /// <summary>Converts text to binary.</summary>
    public static Either<Failure, byte[]> ToBinary(ReadOnlySpan<byte> utf8, string name)
    {
        if (utf8.StartsWith("\uFEFF"u8))
            utf8 = utf8[3..];
        try
        {
            return Module.ConvertText(Strict.GetString(utf8));
        }
        catch (DecoderFallbackException e)
        {
            return Failure.Input(string.Create(CultureInfo.InvariantCulture, $"{name}: text must be UTF-8, and byte {e.Index} is not"));
        }
        catch (WasmtimeException e)
        {
            return Failure.Input(OneLine(e.Message, name));
        }
    }

    /// <summary>
    /// Line and column to the front, the picture of the line away: what the parser says is
    /// <code>
    /// expected `(`
    ///      --> &lt;anon&gt;:1:1
    ///       |
    ///     1 | foo
    ///       | ^
    /// </code>
    /// </summary>
    private static string OneLine(string message, string name)
    {
        var place = Place().Match(message);
        string what = (place.Success ? message[..place.Index] : message).Trim().ReplaceLineEndings(" ");
        return place.Success ? $"{name}:{place.Groups[1].Value}:{place.Groups[2].Value}: {what}" : $"{name}: {what}";
    }

    [GeneratedRegex(@"^\s*--> <anon>:(\d+):(\d+)", RegexOptions.Multiline)]
    private static partial Regex Place();
}
