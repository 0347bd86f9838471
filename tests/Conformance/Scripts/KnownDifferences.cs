using System;
using System.Collections.Generic;
using System.Linq;

namespace Fact.Conformance.Scripts;

/// <summary>
/// Something of which this project makes something else than scripts or Wasmtime do. <c>docs/conformance.md</c> explains each under its heading, with the
/// sentence of the specification that decides.
/// </summary>
/// <param name="Heading">The heading.</param>
/// <param name="Script">The end of the names of the scripts that show it; empty for any.</param>
/// <param name="Theirs">What the script says, or what comes of it on Wasmtime, contains this.</param>
/// <param name="Ours">What comes of it here contains this.</param>
internal sealed record KnownDifference(string Heading, string Script, string Theirs, string Ours)
{
    /// <summary>What scripts expect, and does not happen here.</summary>
    public static IReadOnlyList<KnownDifference> FromScripts { get; } =
    [
        new("Calls of a component instance by itself", "adapter", "degenerate component adapter called", "done"),
        new("Calls of a component instance by itself", "adapter", "cannot enter component instance", "done"),
        new("Calls of a component instance by itself", "async__reentrance", "cannot enter component instance", "returned 0"),
        new("Synchronous calls that do not block", "callback-yield-then-exit", "cannot block a synchronous task before returning", "done"),
        new("Synchronous calls that do not block", "callback-yield-then-exit", "cannot enter component instance", "done"),
        new("Synchronous calls that do not block", "fused", "cannot block a synchronous task before returning", "done"),
        new("Synchronous calls that do not block", "future-read", "cannot block a synchronous task before returning", "done"),
        new("Synchronous calls that do not block", "stackful", "cannot block a synchronous task before returning", "done"),
        new("Synchronous reads of streams and futures", "async__future-read", "synchronous stream and future reads not yet supported", "deadlock detected"),
        new("Calls of an instance whose exclusive thread waits", "sync-streams", "returned 42", "unreachable"),
        new("Calls of an instance whose exclusive thread waits", "task-builtins", "returned 42", "unreachable"),
        new("Built-ins that have changed", "async__cancellable", "returned 42", "unreachable"),
        new("The option async on functions that are not", "validate-no-async-abi-for-sync-type", "requires an async function type", "done"),
        new("The last realloc of a string that shrinks to Latin-1", "strings", "unaligned pointer", "unreachable"),
        new("Built-ins that have changed", "stackful-cancellation", "no error", "the immediate cancellable must be 0"),
        new("Built-ins that have changed", "task-deletion", "no error", "the immediate cancellable must be 0"),
        new("Built-ins that have changed", "binary__binary", "no error", "the immediate cancellable must be 0"),
        new("Names that differ in hyphens and case", "kebab", "no error", "import name `a-1` conflicts with an earlier import"),
    ];

    /// <summary>What happens on Wasmtime, and does not happen here.</summary>
    public static IReadOnlyList<KnownDifference> FromWasmtime { get; } =
    [
        new("Calls of a component instance by itself", "", "cannot enter component instance", "done"),
        new("The option async on functions that are not", "", "the `async` canonical option requires an async function type", ""),
        new("Built-ins that have changed", "", "invalid leading byte (0x8) for canonical function", ""),
        new("Built-ins that have changed", "", "historically accepted as `cancellable`", "done"),
        new("Names in instance types that are exported as types", "", "type not valid to be used as export", "done"),
        new("The second slot of thread-local storage", "", "`context.get` immediate must be zero", ""),
    ];

    /// <summary>What happens with a component, and does not with its fused module in a component.</summary>
    public static IReadOnlyList<KnownDifference> FromFusing { get; } =
    [
        new("Core modules that nothing instantiates", "validation__core-modules", "type mismatch: expected i32 but nothing on stack", "done"),
    ];

    /// <summary>The difference that is shown; null where it is not known.</summary>
    public static KnownDifference? Find(IReadOnlyList<KnownDifference> among, Script script, string theirs, Happening ours) => among.FirstOrDefault(d =>
        script.Name.EndsWith(d.Script, StringComparison.Ordinal)
        && theirs.Contains(d.Theirs, StringComparison.Ordinal)
        && ours.ToString().Contains(d.Ours, StringComparison.Ordinal));
}
