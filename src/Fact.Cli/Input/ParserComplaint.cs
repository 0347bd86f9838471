using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace Fact.Cli.Input;

/// <summary>Why the parser's process ended as it should not, from what that left on its standard error.</summary>
internal static partial class ParserComplaint
{
    private const int MaxLength = 300;

    /// <summary>The exit code of a process on Windows that had no stack left.</summary>
    private const int StackOverflow = unchecked((int)0xC00000FD);

    /// <summary>One line that says why.</summary>
    /// <param name="stderr">What the process wrote.</param>
    /// <param name="exitCode">On Unix 128 and the number of the signal, if it was one.</param>
    public static string Of(string stderr, int exitCode)
    {
        if (Overflow().IsMatch(stderr) || exitCode == StackOverflow)
            return "it overflowed its stack";
        if (Allocation().IsMatch(stderr) || exitCode == 128 + 9)
            return "it ran out of memory";
        if (Panic().Match(stderr) is { Success: true } panic)
            return Short(panic.Groups[1].Value.Trim());
        string? line = stderr.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        string code = string.Create(CultureInfo.InvariantCulture, $"its process ended with code {exitCode}");
        return line is null ? code : $"{code}: {Short(line)}";
    }

    private static string Short(string text) => text.Length <= MaxLength ? text : text[..MaxLength] + "…";

    /// <summary>The place is a line of the parser's source, the message follows on the next.</summary>
    [GeneratedRegex(@"^thread .* panicked at .*:\d+:\d+:\r?\n(.+)$", RegexOptions.Multiline)]
    private static partial Regex Panic();

    [GeneratedRegex("^(Stack overflow|thread .* has overflowed its stack)", RegexOptions.Multiline)]
    private static partial Regex Overflow();

    [GeneratedRegex("^(memory allocation of .* failed|Out of memory)|OutOfMemoryException", RegexOptions.Multiline)]
    private static partial Regex Allocation();
}
