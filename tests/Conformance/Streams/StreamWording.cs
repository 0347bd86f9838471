using System;
using System.Linq;

namespace Fact.Conformance.Streams;

/// <summary>How traps of the model are said by engines.</summary>
internal static class StreamWording
{
    /// <summary>What the reasons of the model begin with, and what the messages of engines have in them, where that is not the same.</summary>
    private static readonly (string Model, string[] Engine)[] Words =
    [
        ("cannot drop busy", ["cannot drop busy", "cannot remove busy"]),
        ("stream write cancelled", ["write cancelled when no write is pending"]),
        ("stream read cancelled", ["read cancelled when no read is pending"]),
        ("future write cancelled", ["write cancelled when no write is pending"]),
        ("future read cancelled", ["read cancelled when no read is pending"]),
        // Where the result cannot be lifted either, engines may see that first.
        ("borrow handles still remain", ["borrow handles still remain", "unknown handle", "cannot lift", "cannot remove"]),
    ];

    /// <summary>What reasons that concern values, buffers or unknown handles begin with: engines say them in many ways, and they are compared with calls.</summary>
    private static readonly string[] AnyWords =
        ["string", "list", "unaligned", "out of bounds", "char", "surrogate", "invalid", "pointer", "unknown handle", "handle of"];

    /// <summary>Whether an engine's message says what the model says.</summary>
    public static bool Same(string reason, string message)
    {
        if (Array.Exists(AnyWords, words => reason.StartsWith(words, StringComparison.Ordinal)))
            return !message.Contains("deadlock", StringComparison.Ordinal);
        var known = Words.FirstOrDefault(words => reason.StartsWith(words.Model, StringComparison.Ordinal));
        return (known.Engine ?? [reason]).Any(words => message.Contains(words, StringComparison.OrdinalIgnoreCase));
    }
}
