using System.Collections.Generic;
using System.Diagnostics;
using Fact.Component.Plan;
using Fact.Component.Types;
using Fact.Ir;

namespace Fact.Component.Link;

/// <summary>
/// How a component instance sees types: with the run-time resource types in place of abstract ones, and the numbers of its
/// own tables in handle types. Every type is converted once; one without handles, once for all instances.
/// </summary>
/// <param name="instance">The component instance.</param>
/// <param name="tables">Where tables are numbered.</param>
/// <param name="context">Where work is counted.</param>
internal sealed class FrameTypes(InstanceId instance, Tables tables, LinkContext context)
{
    private readonly Dictionary<ResourceId, RuntimeResourceId> resources = [];
    private readonly Dictionary<CheckedValType, ValType> own = [];
    private readonly Dictionary<CheckedFuncType, ComponentFuncType> funcs = [];

    /// <summary>Says what an abstract resource type is at run time.</summary>
    public void Define(ResourceId id, RuntimeResourceId resource) => resources[id] = resource;

    /// <summary>What an abstract resource type is at run time.</summary>
    public RuntimeResourceId Resource(ResourceId id) => resources[id];

    /// <summary>The table of a resource type.</summary>
    public ResourceTableId Table(ResourceId id) => tables.Table(instance, resources[id]);

    /// <summary>A value type as the component instance sees it.</summary>
    public ValType Convert(CheckedValType type)
    {
        if (type.Kind <= ValKind.String)
            return ValType.Of((PrimitiveType)type.Kind);
        var memo = type.Has(TypeTraits.Table) ? own : tables.Shared;
        if (!memo.TryGetValue(type, out var known))
        {
            // Where the budget is used up, this one type is still made; the definition that needs it is the last.
            context.Spend(LinkCost.Of(type));
            known = tables.Once(Make(type));
            memo.Add(type, known);
        }
        return known;
    }

    /// <summary>A function type as the component instance sees it.</summary>
    public ComponentFuncType Convert(CheckedFuncType type)
    {
        var memo = (type.Traits & TypeTraits.Table) != 0 ? funcs : tables.SharedFuncs;
        if (memo.TryGetValue(type, out var known))
            return known;
        context.Spend(LinkCost.Of(type));
        var parameters = new Param[type.Params.Length];
        for (int i = 0; i < parameters.Length; i++)
            parameters[i] = new Param(type.Names[i], Convert(type.Params[i]));
        known = tables.Once(new ComponentFuncType(parameters.Seal(), type.Result is { } result ? Convert(result) : null, type.IsAsync));
        memo.Add(type, known);
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

    private ValType Make(CheckedValType type) => type.Kind switch
    {
        ValKind.ErrorContext => new ValType.ErrorContext(tables.ErrorContext(instance)),
        ValKind.Record => new ValType.Record(Fields(type)),
        ValKind.Variant => new ValType.Variant(Cases(type)),
        ValKind.List => new ValType.List(Part(type, 0)),
        ValKind.FixedLengthList => new ValType.FixedLengthList(Part(type, 0), type.Number),
        ValKind.Map => new ValType.Map(Part(type, 0), Part(type, 1)),
        ValKind.Tuple => new ValType.Tuple(Types(type)),
        ValKind.Flags => new ValType.Flags(type.Labels),
        ValKind.Enum => new ValType.Enum(type.Labels),
        ValKind.Option => new ValType.Option(Part(type, 0)),
        ValKind.Result => new ValType.Result(Payload(type, 0), Payload(type, 1)),
        ValKind.Own => new ValType.Own(Table(type.Resource)),
        ValKind.Borrow => new ValType.Borrow(Table(type.Resource)),
        ValKind.Stream => new ValType.Stream(tables.Stream(instance, Element(type))),
        ValKind.Future => new ValType.Future(tables.Future(instance, Element(type))),
        _ => throw new UnreachableException(),
    };

    private ValType Part(CheckedValType type, int index) => Convert(type.Parts[index]!);

    private ValType? Payload(CheckedValType type, int index) => type.Parts[index] is { } part ? Convert(part) : null;

    private ValType? Element(CheckedValType type) => type.Parts.IsEmpty ? null : Payload(type, 0);

    private EquatableArray<Field> Fields(CheckedValType type)
    {
        var fields = new Field[type.Parts.Length];
        for (int i = 0; i < fields.Length; i++)
            fields[i] = new Field(type.Labels[i], Part(type, i));
        return fields.Seal();
    }

    private EquatableArray<Case> Cases(CheckedValType type)
    {
        var cases = new Case[type.Parts.Length];
        for (int i = 0; i < cases.Length; i++)
            cases[i] = new Case(type.Labels[i], Payload(type, i));
        return cases.Seal();
    }

    private EquatableArray<ValType> Types(CheckedValType type)
    {
        var types = new ValType[type.Parts.Length];
        for (int i = 0; i < types.Length; i++)
            types[i] = Part(type, i);
        return types.Seal();
    }
}
