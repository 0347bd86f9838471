using System;
using System.Linq;

namespace Fact.Host.Engine;

/// <summary>The engine's error texts: chains of lines, the general first and the cause last, perhaps with a backtrace between.</summary>
internal static class EngineText
{
    private const string TrapPrefix = "wasm trap: ";

    /// <summary>The cause of an error that is not a trap: every link of the chain, in one line.</summary>
    public static string Cause(string text) => string.Join(": ", Lines(text).Where(line => line != "Caused by:"));

    /// <summary>The name of a trap, without the backtrace.</summary>
    public static string TrapName(string text)
    {
        string[] lines = Lines(text);
        string last = lines.Length == 0 ? "unknown trap" : lines[^1];
        return last.StartsWith(TrapPrefix, StringComparison.Ordinal) ? last[TrapPrefix.Length..] : last;
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
