using System;
using System.Collections.Generic;
using Fact.Component.Plan;
using Fact.Component.Types;
using Fact.Ir;

namespace Fact.Component.Link;

/// <summary>
/// How a component instance sees types: with the numbers of its own tables in handle types, in place of those that the checker gave them. Every type is
/// converted once; one without handles is the checker's.
/// </summary>
internal sealed class FrameTypes
{
    private readonly Dictionary<ResourceId, RuntimeResourceId> resources = [];
    private readonly Dictionary<ValType, ValType> converted = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ComponentFuncType, ComponentFuncType> funcs = new(ReferenceEqualityComparer.Instance);
    private readonly InstanceId instance;
    private readonly Tables tables;
    private readonly LinkContext context;
    private readonly Func<ValType, ValType> convert;

    /// <param name="instance">The component instance.</param>
    /// <param name="tables">Where tables are numbered.</param>
    /// <param name="context">Where work is counted.</param>
    public FrameTypes(InstanceId instance, Tables tables, LinkContext context) =>
        (this.instance, this.tables, this.context, convert) = (instance, tables, context, Convert);

    /// <summary>Says what an abstract resource type is at run time.</summary>
    public void Define(ResourceId id, RuntimeResourceId resource) => resources[id] = resource;

    /// <summary>What an abstract resource type is at run time.</summary>
    public RuntimeResourceId Resource(ResourceId id) => resources[id];

    /// <summary>The table of a resource type.</summary>
    public ResourceTableId Table(ResourceId id) => tables.Table(instance, resources[id]);

    /// <summary>A value type as the component instance sees it.</summary>
    public ValType Convert(ValType type)
    {
        if (!type.Has(TypeContents.Tables))
            return type;
        if (!converted.TryGetValue(type, out var known))
        {
            // Where the budget is used up, this one type is still made; the definition that needs it is the last.
            context.Spend(LinkCost.Of(type));
            known = tables.Types.Once(Make(type));
            converted.Add(type, known);
        }
        return known;
    }

    /// <summary>A function type as the component instance sees it.</summary>
    public ComponentFuncType Convert(ComponentFuncType type)
    {
        if (!type.Has(TypeContents.Tables))
            return type;
        if (!funcs.TryGetValue(type, out var known))
        {
            context.Spend(LinkCost.Of(type));
            known = tables.Types.Once(type.Map(convert));
            funcs.Add(type, known);
        }
        return known;
    }

    /// <summary>A type that is imported or exported as such.</summary>
    public PlanType Convert(CheckedType type) => type switch
    {
        CheckedType.Value(var value) => new PlanType.Value(Convert(value)),
        CheckedType.Func(var func) => new PlanType.Func(Convert(func)),
        CheckedType.Resource(var id) => new PlanType.Resource(Resource(id)),
        CheckedType.Component => new PlanType.Other(IsComponent: true),
        CheckedType.Instance => new PlanType.Other(IsComponent: false),
    };

    private ValType Make(ValType type)
    {
        if (type is ValType.Own)
            return new ValType.Own(TableOf(type));
        if (type is ValType.Borrow)
            return new ValType.Borrow(TableOf(type));
        if (type is ValType.ErrorContext)
            return new ValType.ErrorContext(tables.ErrorContext(instance));
        var made = TypeParts.Map(type, convert);
        if (made is ValType.Stream(_, var sent))
            return new ValType.Stream(tables.Stream(instance, sent), sent);
        return made is ValType.Future(_, var promised) ? new ValType.Future(tables.Future(instance, promised), promised) : made;
    }

    private ResourceTableId TableOf(ValType handle) => Table(ResourceId.Of(handle)!.Value);
}
