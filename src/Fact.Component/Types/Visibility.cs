using System.Diagnostics;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>
/// Checks that imports and exports mention only types that have names there, and gives names to the types that they introduce.
/// Spec: Explainer, "External Visibility of Types".
/// </summary>
internal sealed class Visibility(CheckContext context, DefinitionScope scope)
{
    /// <summary>
    /// Checks an import or export, and names what it introduces; false, with an error, where it mentions what has no name. What an instance type
    /// mentions is checked where the type is used: only then it is known which types around it have names.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="isExport">Whether it is an export.</param>
    public bool Name(string name, CheckedExtern type, bool isExport)
    {
        var named = isExport ? scope.ExportedTypes : scope.ImportedTypes;
        if (scope.Kind != ScopeKind.InstanceType)
        {
            if (Unnamed(named, type, isExport ? null : scope.ExportedTypes) is { } unnamed)
                return Fail(name, unnamed);
            if (context.Failed)
                return false;
        }
        if (type is CheckedExtern.Type(CheckedType.Resource { Mentions: { } resource }))
            named.AddResource(name, resource);
        return ResourceNames.Check(context, named, name, type);
    }

    /// <summary>A type as an import or export of it introduces it: equal, but something new, which has a name.</summary>
    public static CheckedType Introduce(CheckContext context, CheckedType type) =>
        type.MustBeNamed ? type with { Mentions = type.Mentions!.Again(context) } : type;

    // What is imported can be mentioned by exports too: it goes to both.
    private Nameable? Unnamed(NamedTypes named, CheckedExtern type, NamedTypes? alsoNamed)
    {
        if (!context.Spend(2 * Cost.Look))
            return null;
        switch (type)
        {
            case CheckedExtern.Func func:
                return named.Unnamed(func.Mentions);
            case CheckedExtern.Type(var bound):
                if (UnnamedIn(named, bound) is { } inType)
                    return inType;
                named.Add(bound);
                alsoNamed?.Add(bound);
                return null;
            case CheckedExtern.Instance(var instance):
                foreach (var (_, export) in instance.Exports)
                {
                    if (Unnamed(named, export, alsoNamed) is { } inExport)
                        return inExport;
                }
                return null;
            case CheckedExtern.CoreModule or CheckedExtern.Component:
                return null;
            default:
                throw new UnreachableException();
        }
    }

    private Nameable? UnnamedIn(NamedTypes named, CheckedType type)
    {
        switch (type)
        {
            case CheckedType.Value or CheckedType.Resource when type.MustBeNamed:
                return named.UnnamedPart(type.Mentions!);
            case CheckedType.Value or CheckedType.Func:
                return named.Unnamed(type.Mentions);
            case CheckedType.Instance(var instance):
                // No instance comes with the type, so the names in it are names for its own members only.
                return Unnamed(new NamedTypes(context, named), new CheckedExtern.Instance(instance), null);
            case CheckedType.Component:
                return null;
            default:
                throw new UnreachableException();
        }
    }

    private bool Fail(string name, Nameable unnamed)
    {
        if (scope.HasFaults)
            return context.Depend();
        string what = unnamed.Keyword + " type";
        int index = scope.Types.FindIndex(type => type is not null && type.MustBeNamed && unnamed.Equals(type.Mentions));
        return context.Fail(DiagnosticCode.HiddenType, index < 0
            ? $"\"{name}\" mentions a {what} that has no name in this list of imports or exports: import or export the type, and mention it by the "
                + "index that this gives it"
            : $"\"{name}\" mentions the {what} {index} by an index that has no name: import or export the type, and mention it by the index that this gives it");
    }
}
