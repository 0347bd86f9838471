using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Fact.Ir;

namespace Fact.Conformance.Scripts;

/// <summary>
/// Scripts have the error texts of Wasmtime. Ours is the same where it contains the script's; otherwise only where this says that two texts
/// mean the same check. What is wrong with invalid components is not compared: there each implementation has words of its own.
/// </summary>
internal static class Wording
{
    /// <summary>What Wasmtime begins the texts of some traps with.</summary>
    private const string Prefix = "wasm trap: ";

    /// <summary>An adapter's failed check is an <c>unreachable</c> to the engine. Our host says which check it was.</summary>
    private static readonly string[] Generic = ["unreachable", "wasm `unreachable` instruction executed"];

    private static readonly string[] Checks = [.. Enum.GetValues<TrapCode>().Select(TrapMessages.Of)];

    /// <summary>Texts of scripts, with ours.</summary>
    private static readonly (string Script, string Ours)[] Same =
    [
        ("cannot leave component instance", "cannot leave instance"),
        ("cannot enter component instance", "cannot enter instance"),
        ("unaligned pointer", "pointer not aligned correctly"),
        ("string content out-of-bounds", "string out of bounds of memory"),
        ("string content out-of-bounds", "string byte size exceeds maximum"),
        ("string content out-of-bounds", "realloc result out of bounds of memory"),
        ("string pointer not aligned to 2", "pointer not aligned correctly"),
        ("list content out-of-bounds", "list out of bounds of memory"),
        ("list content out-of-bounds", "byte size of list too large for i32"),
        ("list content out-of-bounds", "realloc result out of bounds of memory"),
        ("invalid `char` bit pattern", "invalid char value specified"),
        ("incomplete utf-8 byte sequence", "invalid utf-8 string"),
        ("uncaught exception propagated out of component", "uncaught exception at a component boundary"),
        ("thrown Wasm exception", "uncaught exception at a component boundary"),
        ("cannot remove busy stream", "cannot drop busy stream"),
        ("cannot read after being notified that the writable end dropped", "cannot read from stream after being notified that the writable end dropped"),
        ("cannot write after being notified that the readable end dropped", "cannot write to stream after being notified that the readable end dropped"),
        ("cannot write after being notified that the readable end dropped", "cannot write to future after previous write succeeded or readable end dropped"),
        ("fuel allocated for hostcalls has been exhausted", "bytes here, the limit of this host"),
        ("was not found", ": missing: it must be "),
        ("expected module found instance", ": missing: it must be a core module"),
        ("expected function found instance", ": missing: it must be func("),
        ("expected instance found func", ": a function was given: it must be an instance"),
        ("expected resource found func", ": a function was given: it must be a resource type"),
    ];

    /// <summary>Texts of scripts with names or numbers in them, with patterns of ours. A group stands for the same text in both.</summary>
    private static readonly (Regex Script, string Ours)[] SameButForNames =
    [
        (new(@"^discriminant \d+ out of range \[0\.\.\d+\)$"), "invalid variant discriminant"),
        (new("^module export `(.+)` not defined$"), "the core module does not export \"$1\""),
        (new("^module import `(.*)::(.*)` not defined$"), "the core module imports \"$1\" \"$2\", which the type of the import does not allow"),
        (new("^expected type `(.+)`, found type `(.+)`$"), "with another type than the import says"),
        (new("^export `(.+)` has the wrong type$"), "the core module exports \"$1\" with another type than the import says"),
        (new("^module import `(.*)::(.*)` has the wrong type$"), "the core module imports \"$1\" \"$2\" with another type than the import says"),
        (new("^expected (func|table|memory|global) found (func|table|memory|global)$"), "with another type than the import says: expected $1.*, found $2"),
    ];

    /// <summary>Whether the two texts mean the same.</summary>
    /// <param name="script">What the script expects.</param>
    /// <param name="ours">What we say: a message, perhaps with a place before or after it.</param>
    public static bool Agree(string script, string ours) => AgreeOn(script.StartsWith(Prefix, StringComparison.Ordinal) ? script[Prefix.Length..] : script, ours);

    private static bool AgreeOn(string script, string ours) =>
        ours.Contains(script, StringComparison.Ordinal)
        || (Generic.Contains(script) && Checks.Any(check => ours == check || ours.StartsWith(check + " (adapter", StringComparison.Ordinal)))
        || Same.Any(same => same.Script == script && ours.Contains(same.Ours, StringComparison.Ordinal))
        || SameButForNames.Any(same => same.Script.Match(script) is { Success: true } match && Regex.IsMatch(ours, WithGroups(same.Ours, match)));

    private static string WithGroups(string pattern, Match match) =>
        Regex.Replace(pattern, @"\$(\d)", group => Regex.Escape(match.Groups[group.ValueSpan[1] - '0'].Value));
}
