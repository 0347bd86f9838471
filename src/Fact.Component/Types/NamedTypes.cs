using System.Collections.Generic;

namespace Fact.Component.Types;

/// <summary>
/// The types that have a name in a list of imports or exports, so that its later members may mention them: records, variants,
/// flags, enums and resources, of which linking must know that the other side can see them.
/// A type counts as named where one of the same structure is; where it is certain that another of the same structure is meant,
/// <see cref="Types.Unnamed"/> says so.
/// </summary>
internal sealed class NamedTypes
{
    private readonly HashSet<CheckedValType> types = [];
    private readonly Dictionary<ResourceId, List<string>> resources = [];
    private readonly HashSet<string> resourceNames = [];

    /// <summary>Gives a type a name.</summary>
    public void Add(CheckedType type)
    {
        if (type is CheckedType.Value(var value))
            types.Add(value);
        else if (type is CheckedType.Resource(var id))
            resources.TryAdd(id, []);
    }

    /// <summary>Gives a resource type a name that functions such as <c>[method]name.f</c> can refer to.</summary>
    public void AddResource(string name, ResourceId id)
    {
        if (!resources.TryGetValue(id, out var names))
            resources.Add(id, names = []);
        names.Add(name);
        resourceNames.Add(name);
    }

    /// <summary>Whether a resource type has the name.</summary>
    public bool HasResource(string name) => resourceNames.Contains(name);

    /// <summary>Whether a resource type has the name, among others perhaps.</summary>
    public bool IsCalled(ResourceId id, string name) => resources.TryGetValue(id, out var names) && names.Contains(name);

    /// <summary>The first part of a type that must have a name and has none; null where there is none.</summary>
    /// <param name="type">A type that is to be mentioned.</param>
    /// <param name="context">Where work is counted.</param>
    public CheckedValType? Unnamed(CheckedValType type, CheckContext context)
    {
        if (type.Kind.IsPrimitive())
            return null;
        var seen = type.Depth > 2 ? new HashSet<CheckedValType>() : null;
        return Unnamed(type, seen, context);
    }

    /// <summary>The first part of the definition of a type that must have a name and has none.</summary>
    public CheckedValType? UnnamedPart(CheckedValType type, CheckContext context)
    {
        if (type.Kind is ValKind.Own or ValKind.Borrow)
            return Unnamed(type, context);
        foreach (var part in type.Parts)
        {
            if (part is not null && Unnamed(part, context) is { } unnamed)
                return unnamed;
        }
        return null;
    }

    /// <summary>The first part of a function type that must have a name and has none.</summary>
    public CheckedValType? Unnamed(CheckedFuncType type, CheckContext context)
    {
        foreach (var parameter in type.Params)
        {
            if (Unnamed(parameter, context) is { } unnamed)
                return unnamed;
        }
        return type.Result is null ? null : Unnamed(type.Result, context);
    }

    private CheckedValType? Unnamed(CheckedValType type, HashSet<CheckedValType>? seen, CheckContext context)
    {
        if (type.Kind.MustBeNamed())
            return types.Contains(type) ? null : type;
        if (type.Kind is ValKind.Own or ValKind.Borrow)
            return resources.ContainsKey(type.Resource) ? null : type;
        if (type.Kind.IsPrimitive() || seen?.Add(type) == false)
            return null;
        context.Spend(type.Parts.Length);
        foreach (var part in type.Parts)
        {
            if (part is not null && Unnamed(part, seen, context) is { } unnamed)
                return unnamed;
        }
        return null;
    }
}
