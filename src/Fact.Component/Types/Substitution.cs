using System;
using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>
/// Replaces resource types by others, and mentions of types by mentions of others that are equal. Each value type and each mention is rewritten
/// once, however often it occurs.
/// </summary>
internal sealed class Substitution
{
    private readonly CheckContext context;
    private readonly Func<ValType, ValType> apply;
    private readonly Dictionary<ResourceId, ResourceId> map = [];
    private readonly Dictionary<Nameable, Nameable> names = [];
    private readonly Dictionary<ValType, ValType> rewritten = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Nameable, Nameable> renamed = [];

    /// <param name="context">Where types are made and work is counted.</param>
    public Substitution(CheckContext context) => (this.context, apply) = (context, Apply);

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
            if ((type.Contents & TypeContents.Nameable) == 0 || !context.Spend(Cost.Find(name)))
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
    public ValType Apply(ValType type)
    {
        if (map.Count == 0 || !type.Has(TypeContents.Resources))
            return type;
        if (rewritten.TryGetValue(type, out var known))
            return known;
        context.Spend(Cost.Make(TypeParts.Count(type)));
        if (type is ValType.Own)
            known = new ValType.Own(Table(type));
        else if (type is ValType.Borrow)
            known = new ValType.Borrow(Table(type));
        else
            known = TypeParts.Map(type, apply);
        known = context.Types.Once(known);
        rewritten.Add(type, known);
        return known;
    }

    /// <summary>The function type with its resources replaced.</summary>
    public ComponentFuncType Apply(ComponentFuncType type)
    {
        if (map.Count == 0 || !type.Has(TypeContents.Resources))
            return type;
        context.Spend(Cost.Make(type.Params.Length));
        return context.Types.Once(type.Map(apply));
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
        if (!Concerns(type.Contents))
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
        Concerns(type.Contents) ? new CheckedInstanceType(Apply(type.Exports), type.Bound) : type;

    /// <summary>The component type with its resources and mentions replaced; what it binds stays bound.</summary>
    public CheckedComponentType Apply(CheckedComponentType type) => Concerns(type.Contents)
        ? new CheckedComponentType(Apply(type.Imports), Apply(type.Exports), type.ImportedResources, type.DefinedResources)
        : type;

    /// <summary>All of a list of imports or exports with their resources and mentions replaced.</summary>
    public OrderedDictionary<string, CheckedExtern> Apply(OrderedDictionary<string, CheckedExtern> externs)
    {
        if (context.Failed)
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

    private ResourceTableId Table(ValType handle) => Apply(ResourceId.Of(handle)!.Value).Table;

    private bool Concerns(TypeContents contents) =>
        (map.Count > 0 && (contents & TypeContents.Resources) != 0) || (names.Count > 0 && (contents & TypeContents.Nameable) != 0);
}
