using System;
using Fact.Component.Ast;
using Fact.Component.Binary;

namespace Fact.Component.Types;

/// <summary>
/// Whether a core definition can stand where another is expected. Spec: core <c>matching</c>.
/// References to defined types compare as equal: their indices mean something in their own modules only, and the engine
/// that instantiates them has the last word.
/// </summary>
internal static class CoreSubtyping
{
    /// <summary>Why one definition cannot stand for another; null when it can.</summary>
    /// <param name="found">The type of what is there.</param>
    /// <param name="expected">The type that is asked for.</param>
    public static string? Mismatch(CoreEntityType found, CoreEntityType expected) => (found, expected) switch
    {
        (CoreEntityType.Func(var a), CoreEntityType.Func(var b)) => FuncMismatch(a, b),
        (CoreEntityType.Tag(var a), CoreEntityType.Tag(var b)) => FuncMismatch(a, b),
        (CoreEntityType.Table(var a), CoreEntityType.Table(var b)) => Mismatch(a, b),
        (CoreEntityType.Memory(var a), CoreEntityType.Memory(var b)) => Mismatch(a, b),
        (CoreEntityType.Global(var a), CoreEntityType.Global(var b)) => Mismatch(a, b),
        _ => $"expected {CoreText.Kind(expected)}, found {CoreText.Kind(found)}",
    };

    /// <summary>Why one module cannot stand for another; null when it can: it may import less and export more.</summary>
    public static string? Mismatch(CoreModuleType found, CoreModuleType expected)
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

    /// <summary>Whether two function types are the same.</summary>
    public static bool Same(CoreFuncType a, CoreFuncType b) =>
        ReferenceEquals(a, b) || (Same(a.Params.AsSpan(), b.Params.AsSpan()) && Same(a.Results.AsSpan(), b.Results.AsSpan()));

    /// <summary>Why a memory cannot stand for another; null when it can.</summary>
    public static string? Mismatch(CoreMemoryType found, CoreMemoryType expected)
    {
        if (found.Limits.IsShared != expected.Limits.IsShared)
            return found.Limits.IsShared ? "the memory is shared" : "the memory is not shared";
        if (found.Limits.Is64 != expected.Limits.Is64)
            return $"expected a memory indexed by {CoreText.Index(expected.Limits)}, found one indexed by {CoreText.Index(found.Limits)}";
        if (found.PageSizeLog2 != expected.PageSizeLog2)
            return "the memories have different page sizes";
        return Mismatch(found.Limits, expected.Limits, "memory");
    }

    /// <summary>Why a table cannot stand for another; null when it can.</summary>
    public static string? Mismatch(CoreTableType found, CoreTableType expected)
    {
        if (!Same(found.Element, expected.Element))
            return "the tables have different element types";
        if (found.Limits.IsShared != expected.Limits.IsShared)
            return found.Limits.IsShared ? "the table is shared" : "the table is not shared";
        if (found.Limits.Is64 != expected.Limits.Is64)
            return $"expected a table indexed by {CoreText.Index(expected.Limits)}, found one indexed by {CoreText.Index(found.Limits)}";
        return Mismatch(found.Limits, expected.Limits, "table");
    }

    private static string? Mismatch(CoreGlobalType found, CoreGlobalType expected)
    {
        if (found.IsMutable != expected.IsMutable)
            return found.IsMutable ? "expected an immutable global, found a mutable one" : "expected a mutable global, found an immutable one";
        if (found.IsShared != expected.IsShared)
            return "one global is shared, the other is not";
        return Same(found.Type, expected.Type)
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

    private static string? FuncMismatch(CoreFuncType found, CoreFuncType expected) =>
        Same(found, expected) ? null : $"expected type {CoreText.Of(expected)}, found {CoreText.Of(found)}";

    private static bool Same(ReadOnlySpan<CoreValType> a, ReadOnlySpan<CoreValType> b)
    {
        if (a.Length != b.Length)
            return false;
        for (int i = 0; i < a.Length; i++)
        {
            if (!Same(a[i], b[i]))
                return false;
        }
        return true;
    }

    private static bool Same(CoreValType a, CoreValType b) => (a, b) switch
    {
        (CoreValType.Numeric x, CoreValType.Numeric y) => x.Type == y.Type,
        (CoreValType.Ref x, CoreValType.Ref y) => x.IsNullable == y.IsNullable && (x.Heap, y.Heap) switch
        {
            (CoreHeapType.Concrete, CoreHeapType.Concrete) => true,
            _ => x.Heap == y.Heap,
        },
        _ => false,
    };
}
