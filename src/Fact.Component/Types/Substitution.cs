using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>Replaces resource types by others. Each value type is rewritten once, however often it occurs.</summary>
/// <param name="context">Where types are made and work is counted.</param>
internal sealed class Substitution(CheckContext context)
{
    private readonly Dictionary<ResourceId, ResourceId> map = [];
    private readonly Dictionary<CheckedValType, CheckedValType> rewritten = [];

    /// <summary>Has one resource type replaced by another from now on.</summary>
    public void Replace(ResourceId old, ResourceId by)
    {
        map[old] = by;
        rewritten.Clear();
    }

    /// <summary>What a resource type is replaced by: itself where nothing is said.</summary>
    public ResourceId Apply(ResourceId id) => map.GetValueOrDefault(id, id);

    /// <summary>The value type with its resources replaced.</summary>
    public CheckedValType Apply(CheckedValType type)
    {
        if (map.Count == 0 || !type.Has(TypeTraits.Resource))
            return type;
        if (rewritten.TryGetValue(type, out var known))
            return known;
        if (type.Kind is ValKind.Own or ValKind.Borrow)
        {
            known = context.Types.Intern(type.Kind, [], [], Apply(type.Resource).Value);
        }
        else
        {
            var parts = new CheckedValType?[type.Parts.Length];
            for (int i = 0; i < parts.Length; i++)
                parts[i] = type.Parts[i] is { } part ? Apply(part) : null;
            context.Spend(parts.Length);
            known = context.Types.Intern(type.Kind, type.Labels, parts.Seal(), type.Number);
        }
        rewritten.Add(type, known);
        return known;
    }

    /// <summary>The function type with its resources replaced.</summary>
    public CheckedFuncType Apply(CheckedFuncType type)
    {
        if (map.Count == 0 || (type.Traits & TypeTraits.Resource) == 0)
            return type;
        var parameters = new CheckedValType[type.Params.Length];
        for (int i = 0; i < parameters.Length; i++)
            parameters[i] = Apply(type.Params[i]);
        context.Spend(parameters.Length + 1);
        return context.Types.Intern(new CheckedFuncType(
            type.IsAsync, type.Names, parameters.Seal(), type.Result is { } result ? Apply(result) : null));
    }

    /// <summary>The type with its resources replaced.</summary>
    public CheckedType Apply(CheckedType type) => type switch
    {
        CheckedType.Value(var value) => new CheckedType.Value(Apply(value)),
        CheckedType.Func(var func) => new CheckedType.Func(Apply(func)),
        CheckedType.Resource(var id) => new CheckedType.Resource(Apply(id)),
        CheckedType.Component(var component) => new CheckedType.Component(Apply(component)),
        CheckedType.Instance(var instance) => new CheckedType.Instance(Apply(instance)),
    };

    /// <summary>The type of an import or export with its resources replaced.</summary>
    public CheckedExtern Apply(CheckedExtern type)
    {
        if (map.Count == 0 || !type.HasResources)
            return type;
        return type switch
        {
            CheckedExtern.CoreModule => type,
            CheckedExtern.Func(var func) => new CheckedExtern.Func(Apply(func)),
            CheckedExtern.Type(var bound) => new CheckedExtern.Type(Apply(bound)),
            CheckedExtern.Component(var component) => new CheckedExtern.Component(Apply(component)),
            CheckedExtern.Instance(var instance) => new CheckedExtern.Instance(Apply(instance)),
        };
    }

    /// <summary>The instance type with its resources replaced; what it binds stays bound.</summary>
    public CheckedInstanceType Apply(CheckedInstanceType type) =>
        map.Count == 0 || !type.HasResources ? type : new CheckedInstanceType(Apply(type.Exports), type.Bound);

    /// <summary>The component type with its resources replaced; what it binds stays bound.</summary>
    public CheckedComponentType Apply(CheckedComponentType type) =>
        map.Count == 0 || !type.HasResources
            ? type
            : new CheckedComponentType(
                Apply(type.Imports), Apply(type.Exports), type.ImportedResources, type.DefinedResources);

    /// <summary>All of a list of imports or exports with their resources replaced.</summary>
    public OrderedDictionary<string, CheckedExtern> Apply(OrderedDictionary<string, CheckedExtern> externs)
    {
        var result = new OrderedDictionary<string, CheckedExtern>(externs.Count);
        if (!context.Spend(externs.Count))
            return result;
        foreach (var (name, type) in externs)
            result.Add(name, Apply(type));
        return result;
    }
}
