using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>
/// Whether a definition can stand where an import or export type is expected. Value and function types must be equal,
/// as in engines; instances may export more, components may import less and export more.
/// Spec: subtyping (Subtyping.md).
/// </summary>
/// <param name="context">Where types are made and work is counted.</param>
internal sealed class Subtyping(CheckContext context)
{
    /// <summary>Why one definition cannot stand for another, with the way to the place; null when it can.</summary>
    /// <param name="found">The type of what is there.</param>
    /// <param name="expected">The type that is asked for.</param>
    public string? Mismatch(CheckedExtern found, CheckedExtern expected)
    {
        if (!context.Spend(Cost.Look))
            return "";
        return (found, expected) switch
        {
            (CheckedExtern.CoreModule(var a), CheckedExtern.CoreModule(var b)) =>
                context.Spend(a.Size + b.Size) ? new CoreSubtyping(context.CoreTypes).Mismatch(a, b) : "",
            (CheckedExtern.Func(var a), CheckedExtern.Func(var b)) => Mismatch(a, b),
            (CheckedExtern.Type(var a), CheckedExtern.Type(var b)) => Mismatch(a, b),
            (CheckedExtern.Component(var a), CheckedExtern.Component(var b)) => Mismatch(a, b),
            (CheckedExtern.Instance(var a), CheckedExtern.Instance(var b)) => Mismatch(a, b),
            _ => $"expected {expected.Kind}, found {found.Kind}",
        };
    }

    /// <summary>
    /// Checks definitions against a list of import or export types, and says which of their resource types stand for the
    /// ones that the list leaves open.
    /// </summary>
    /// <param name="found">The definitions.</param>
    /// <param name="expected">The types that are asked for.</param>
    /// <param name="open">The resource types that are open in them.</param>
    /// <param name="what">What the definitions are, for the message.</param>
    /// <param name="resources">The resource types, from open ones to those found.</param>
    /// <returns>Why they do not fit; null when they do.</returns>
    public string? Mismatch(
        OrderedDictionary<string, CheckedExtern> found,
        OrderedDictionary<string, CheckedExtern> expected,
        EquatableArray<ResourcePath> open,
        string what,
        out Substitution resources)
    {
        resources = new Substitution(context);
        foreach (var path in open)
        {
            if (!context.Spend(Cost.Keep(path.Path)))
                return "";
            // What cannot be found here is found wanting below.
            if (Find(found, path.Path) is CheckedExtern.Type(CheckedType.Resource(var id)))
                resources.Replace(path.Resource, id);
        }
        foreach (var (name, asked) in expected)
        {
            if (!context.Spend(Cost.Find(name)))
                return "";
            if (!found.TryGetValue(name, out var given))
                return $"{what} \"{name}\" is missing";
            if (Mismatch(given, resources.Apply(asked)) is { } why)
                return $"{what} \"{name}\": {why}";
        }
        return null;
    }

    private static string? Mismatch(ComponentFuncType found, ComponentFuncType expected) =>
        ReferenceEquals(found, expected) ? null : Difference.Of(found, expected);

    private string? Mismatch(CheckedType found, CheckedType expected) => (found, expected) switch
    {
        (CheckedType.Value(var a), CheckedType.Value(var b)) => ReferenceEquals(a, b) ? null : Difference.Of(a, b),
        (CheckedType.Func(var a), CheckedType.Func(var b)) => Mismatch(a, b),
        (CheckedType.Resource(var a), CheckedType.Resource(var b)) => a == b ? null : "the resource types are different",
        (CheckedType.Component(var a), CheckedType.Component(var b)) => Mismatch(a, b),
        (CheckedType.Instance(var a), CheckedType.Instance(var b)) => Mismatch(a, b),
        _ => $"expected {expected.Kind}, found {found.Kind}",
    };

    private string? Mismatch(CheckedInstanceType found, CheckedInstanceType expected)
    {
        if (ReferenceEquals(found, expected))
            return null;
        foreach (var (name, asked) in expected.Exports)
        {
            if (!context.Spend(Cost.Find(name)))
                return "";
            if (!found.Exports.TryGetValue(name, out var given))
                return $"export \"{name}\" is missing";
            if (Mismatch(given, asked) is { } why)
                return $"export \"{name}\": {why}";
        }
        return null;
    }

    // Whoever holds the component for one of the expected type gives it what that type imports, and must get what that
    // type exports.
    private string? Mismatch(CheckedComponentType found, CheckedComponentType expected)
    {
        if (ReferenceEquals(found, expected))
            return null;
        if (Mismatch(expected.Imports, found.Imports, found.ImportedResources, "import", out var imported) is { } why)
            return why;
        return Mismatch(imported.Apply(found.Exports), expected.Exports, expected.DefinedResources, "export", out _);
    }

    private static CheckedExtern? Find(OrderedDictionary<string, CheckedExtern> externs, EquatableArray<string> path)
    {
        CheckedExtern? at = null;
        foreach (string name in path)
        {
            if (at is not null)
            {
                if (at is not CheckedExtern.Instance(var instance))
                    return null;
                externs = instance.Exports;
            }
            if (!externs.TryGetValue(name, out at))
                return null;
        }
        return at;
    }
}
