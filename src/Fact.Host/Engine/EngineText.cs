using System;
using System.Linq;
using Fact.Ir;

namespace Fact.Host.Engine;

/// <summary>
/// The engine's error texts: chains of lines, the general first and the cause last, perhaps with a backtrace between and, where there are several causes, with
/// a number before each.
/// </summary>
internal static class EngineText
{
    private const string TrapPrefix = "wasm trap: ", Thrown = "thrown Wasm exception";

    /// <summary>The cause of an error that is not a trap: every link of the chain, in one line.</summary>
    public static string Cause(string text) => string.Join(": ", Lines(text).Where(line => line != "Caused by:"));

    /// <summary>The name of a trap, without the backtrace.</summary>
    public static string TrapName(string text)
    {
        string[] lines = Lines(text);
        string last = lines.Length == 0 ? "unknown trap" : lines[^1];
        int prefix = last.IndexOf(TrapPrefix, StringComparison.Ordinal);
        if (prefix >= 0)
            return last[(prefix + TrapPrefix.Length)..];
        return last == Thrown ? TrapMessages.Of(TrapCode.UncaughtException) : last;
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
