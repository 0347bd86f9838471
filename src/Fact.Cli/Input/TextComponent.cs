using System;
using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using System.Threading;
using LanguageExt;

namespace Fact.Cli.Input;

/// <summary>Components in the text format. The engine has the parser.</summary>
internal static partial class TextComponent
{
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
    /// <exception cref="OperationCanceledException">The token was cancelled, or the user interrupted the parser.</exception>
    public static Either<Failure, byte[]> ToBinary(ReadOnlyMemory<byte> utf8, string name, CancellationToken cancellationToken)
    {
        int skipped = utf8.Span.StartsWith("\uFEFF"u8) ? 3 : 0;
        utf8 = utf8[skipped..];
        if (FirstInvalid(utf8.Span) is { } invalid)
            return Failure.Input(string.Create(CultureInfo.InvariantCulture, $"{name}: text must be UTF-8, and byte {skipped + invalid} is not"));
        return TextParser.Parse(utf8, cancellationToken) switch
        {
            ParsedText.Binary(var bytes) => bytes,
            ParsedText.Refused(var message) => Failure.Input(OneLine(message, name)),
            ParsedText.Broken(var why) => Failure.Input($"{name}: the engine's text parser broke on this text: {why}; give the component in binary form"),
            ParsedText.NoEngine => EngineLibrary.Needed($"{name}: the text format", "give the component in binary form"),
        };
    }

    /// <summary>The first byte that is not UTF-8; null if all are.</summary>
    private static int? FirstInvalid(ReadOnlySpan<byte> utf8)
    {
        if (Utf8.IsValid(utf8))
            return null;
        int at = 0;
        while (Rune.DecodeFromUtf8(utf8[at..], out _, out int length) == OperationStatus.Done)
            at += length;
        return at;
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
    /// or, where the line is long, <c>expected `(` at &lt;anon&gt;:1:1</c>.
    /// </summary>
    private static string OneLine(string message, string name)
    {
        var place = Place().Match(message);
        string what = (place.Success ? message[..place.Index] : message).Trim().ReplaceLineEndings(" ");
        return place.Success ? $"{name}:{place.Groups[1].Value}:{place.Groups[2].Value}: {what}" : $"{name}: {what}";
    }

    [GeneratedRegex(@"(?:^\s*-->| at) <anon>:(\d+):(\d+)", RegexOptions.Multiline)]
    private static partial Regex Place();
}
