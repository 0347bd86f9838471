using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>
/// Replaces resource types by others, and mentions of types by mentions of others that are equal. Each value type and each mention is rewritten
/// once, however often it occurs.
/// </summary>
/// <param name="context">Where types are made and work is counted.</param>
internal sealed class Substitution(CheckContext context)
{
    private readonly Dictionary<ResourceId, ResourceId> map = [];
    private readonly Dictionary<Nameable, Nameable> names = [];
    private readonly Dictionary<CheckedValType, CheckedValType> rewritten = [];
    private readonly Dictionary<Nameable, Nameable> renamed = [];

    /// <summary>Has one resource type replaced by another from now on.</summary>
    public void Replace(ResourceId old, ResourceId by)
    {
        map[old] = by;
        rewritten.Clear();
        renamed.Clear();
    }

    /// <summary>
    /// Has mentions of the types that a list of imports introduces replaced by those of the types that are given for them, which fit.
    /// </summary>
    /// <param name="given">What is given.</param>
    /// <param name="asked">The list.</param>
    public void Rename(OrderedDictionary<string, CheckedExtern> given, OrderedDictionary<string, CheckedExtern> asked)
    {
        renamed.Clear();
        foreach (var (name, type) in asked)
        {
            if ((type.Traits & TypeTraits.Nameable) == 0 || !context.Spend(Cost.Find(name)))
                continue;
            if (type is CheckedExtern.Type({ Mentions: { } old }) && given[name] is CheckedExtern.Type({ Mentions: { } by }))
                names[old] = by;
            else if (type is CheckedExtern.Instance(var instance) && given[name] is CheckedExtern.Instance(var found))
                Rename(found.Exports, instance.Exports);
        }
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
        context.Spend(Cost.Make(type.Parts.Length));
        if (type.Kind is ValKind.Own or ValKind.Borrow)
        {
            known = context.Types.Intern(type.Kind, [], [], Apply(type.Resource).Value);
        }
        else
        {
            var parts = new CheckedValType?[type.Parts.Length];
            for (int i = 0; i < parts.Length; i++)
                parts[i] = type.Parts[i] is { } part ? Apply(part) : null;
            known = context.Types.Intern(type, parts.Seal());
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
        context.Spend(Cost.Make(parameters.Length));
        return context.Types.Intern(type.With(parameters.Seal(), type.Result is { } result ? Apply(result) : null));
    }

    /// <summary>The type with its resources and mentions replaced.</summary>
    public CheckedType Apply(CheckedType type) => type switch
    {
        CheckedType.Value(var value) => new CheckedType.Value(Apply(value)) { Mentions = Apply(type.Mentions) },
        CheckedType.Func(var func) => new CheckedType.Func(Apply(func)) { Mentions = Apply(type.Mentions) },
        CheckedType.Resource(var id) => new CheckedType.Resource(Apply(id)) { Mentions = Apply(type.Mentions) },
        CheckedType.Component(var component) => new CheckedType.Component(Apply(component)),
        CheckedType.Instance(var instance) => new CheckedType.Instance(Apply(instance)),
    };

    /// <summary>The type of an import or export with its resources and mentions replaced.</summary>
    public CheckedExtern Apply(CheckedExtern type)
    {
        if (!Concerns(type.Traits))
            return type;
        return type switch
        {
            CheckedExtern.CoreModule => type,
            CheckedExtern.Func func => new CheckedExtern.Func(Apply(func.FuncType)) { Mentions = Apply(func.Mentions) },
            CheckedExtern.Type(var bound) => new CheckedExtern.Type(Apply(bound)),
            CheckedExtern.Component(var component) => new CheckedExtern.Component(Apply(component)),
            CheckedExtern.Instance(var instance) => new CheckedExtern.Instance(Apply(instance)),
        };
    }

    /// <summary>The instance type with its resources and mentions replaced; what it binds stays bound.</summary>
    public CheckedInstanceType Apply(CheckedInstanceType type) =>
        Concerns(type.Traits) ? new CheckedInstanceType(Apply(type.Exports), type.Bound) : type;

    /// <summary>The component type with its resources and mentions replaced; what it binds stays bound.</summary>
    public CheckedComponentType Apply(CheckedComponentType type) => Concerns(type.Traits)
        ? new CheckedComponentType(Apply(type.Imports), Apply(type.Exports), type.ImportedResources, type.DefinedResources)
        : type;

    /// <summary>All of a list of imports or exports with their resources and mentions replaced.</summary>
    public OrderedDictionary<string, CheckedExtern> Apply(OrderedDictionary<string, CheckedExtern> externs)
    {
        if (context.Error is not null)
            return [];
        var result = new OrderedDictionary<string, CheckedExtern>(externs.Count);
        foreach (var (name, type) in externs)
        {
            if (!context.Spend(Cost.Copy(name)))
                break;
            result.Add(name, Apply(type));
        }
        return result;
    }

    private Nameable? Apply(Nameable? type)
    {
        if (type is null || names.Count + map.Count == 0)
            return type;
        if (names.TryGetValue(type, out var known) || renamed.TryGetValue(type, out known))
            return known;
        known = type.Resource is { } resource ? type.With(Apply(resource)) : WithParts(type);
        renamed.Add(type, known);
        return known;
    }

    private Nameable WithParts(Nameable type)
    {
        context.Spend(Cost.Make(type.Parts.Length));
        Nameable?[]? parts = null;
        for (int i = 0; i < type.Parts.Length; i++)
        {
            var part = Apply(type.Parts[i]);
            if (!Equals(part, type.Parts[i]))
                (parts ??= [.. type.Parts])[i] = part;
        }
        return parts is null ? type : type.With(context, parts.Seal());
    }

    private bool Concerns(TypeTraits traits) =>
        (map.Count > 0 && (traits & TypeTraits.Resource) != 0) || (names.Count > 0 && (traits & TypeTraits.Nameable) != 0);
}
