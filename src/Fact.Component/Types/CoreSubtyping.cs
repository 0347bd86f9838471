using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>Whether a core definition can stand where another is expected. Spec: <c>Externtype_sub</c>.</summary>
/// <param name="table">What type indices refer to.</param>
internal sealed class CoreSubtyping(CoreTypeTable table)
{
    private readonly CoreMatching matching = new(table);

    /// <summary>Why one definition cannot stand for another; null when it can.</summary>
    /// <param name="found">The type of what is there.</param>
    /// <param name="expected">The type that is asked for.</param>
    public string? Mismatch(CoreExternType found, CoreExternType expected) => (found, expected) switch
    {
        (CoreExternType.Func a, CoreExternType.Func b) => Mismatch(a, b),
        (CoreExternType.Tag a, CoreExternType.Tag b) => a == b ? null : Mismatch("a tag of type", table[a.Type], table[b.Type]),
        (CoreExternType.Table(var a), CoreExternType.Table(var b)) => Mismatch(a, b),
        (CoreExternType.Memory(var a), CoreExternType.Memory(var b)) => Mismatch(a, b),
        (CoreExternType.Global(var a), CoreExternType.Global(var b)) => Mismatch(a, b),
        _ => $"expected {CoreText.Of(expected.Kind)}, found {CoreText.Of(found.Kind)}",
    };

    /// <summary>Why one module cannot stand for another; null when it can: it may import less and export more.</summary>
    public string? Mismatch(CoreModuleType found, CoreModuleType expected)
    {
        foreach (var (key, needed) in found.Imports)
        {
            if (!expected.Imports.TryGetValue(key, out var given))
                return $"the module imports \"{key.Module}\" \"{key.Name}\", which the expected type does not";
            if (Mismatch(given, needed) is { } why)
                return $"module import \"{key.Module}\" \"{key.Name}\": {why}";
        }
        foreach (var (name, asked) in expected.Exports)
        {
            if (!found.Exports.TryGetValue(name, out var export))
                return $"the module does not export \"{name}\"";
            if (Mismatch(export, asked) is { } why)
                return $"module export \"{name}\": {why}";
        }
        return null;
    }

    private string? Mismatch(CoreExternType.Func found, CoreExternType.Func expected)
    {
        var (type, asked) = (table[found.Type], table[expected.Type]);
        if (expected.IsExact && type == asked && !found.IsExact)
            return $"expected type {CheckedCoreText.Of(asked)} exactly, found one that may be a subtype of it";
        return expected.IsExact ? (type == asked ? null : Mismatch("exactly type", type, asked))
            : type.IsSubtypeOf(asked) ? null : Mismatch("type", type, asked);
    }

    private static string? Mismatch(CoreMemoryType found, CoreMemoryType expected)
    {
        if (found.Limits.IsShared != expected.Limits.IsShared)
            return found.Limits.IsShared ? "the memory is shared" : "the memory is not shared";
        if (found.Limits.Is64 != expected.Limits.Is64)
            return $"expected a memory indexed by {CoreText.Of(expected.Limits.IndexType)}, found one indexed by {CoreText.Of(found.Limits.IndexType)}";
        if (found.PageSizeLog2 != expected.PageSizeLog2)
            return $"expected a memory with pages of {1UL << expected.PageSizeLog2} bytes, found one with pages of {1UL << found.PageSizeLog2}";
        return Mismatch(found.Limits, expected.Limits, "memory");
    }

    private static string? Mismatch(CoreTableType found, CoreTableType expected)
    {
        // A table is read and written, so its elements are of one type.
        if (found.Element != expected.Element)
            return $"expected a table of {CoreText.Of(expected.Element)}, found one of {CoreText.Of(found.Element)}";
        if (found.Limits.IsShared != expected.Limits.IsShared)
            return found.Limits.IsShared ? "the table is shared" : "the table is not shared";
        if (found.Limits.Is64 != expected.Limits.Is64)
            return $"expected a table indexed by {CoreText.Of(expected.Limits.IndexType)}, found one indexed by {CoreText.Of(found.Limits.IndexType)}";
        return Mismatch(found.Limits, expected.Limits, "table");
    }

    private string? Mismatch(CoreGlobalType found, CoreGlobalType expected)
    {
        if (found.IsMutable != expected.IsMutable)
            return found.IsMutable ? "expected an immutable global, found a mutable one" : "expected a mutable global, found an immutable one";
        if (found.IsShared != expected.IsShared)
            return found.IsShared ? "the global is shared" : "the global is not shared";
        return (expected.IsMutable ? found.Type == expected.Type : matching.Matches(found.Type, expected.Type))
            ? null
            : $"expected a global of {CoreText.Of(expected.Type)}, found one of {CoreText.Of(found.Type)}";
    }

    private static string? Mismatch(CoreLimits found, CoreLimits expected, string what)
    {
        if (found.Min < expected.Min)
            return $"expected a {what} of at least {expected.Min}, found one of at least {found.Min}";
        if (expected.Max is { } most && !(found.Max <= most))
            return $"expected a {what} of at most {most}, found one of {(found.Max is { } max ? $"at most {max}" : "any size")}";
        return null;
    }

    private static string Mismatch(string what, CheckedCoreType.Defined found, CheckedCoreType.Defined expected)
    {
        var (there, asked) = (CheckedCoreText.Of(found), CheckedCoreText.Of(expected));
        return $"expected {what} {asked}, found {there}"
            + (there == asked ? ": they look the same, but differ in their recursion group or supertype" : "");
    }
}
