using System;
using System.Collections.Generic;
using Fact.Component.Plan;
using Fact.Ir;

namespace Fact.Cli.Inspect;

/// <summary>
/// Makes types comparable that component instances see by tables of their own: each table in them becomes what it is a table of. Every type is made once, so the
/// work is linear in that of the types, whatever they share.
/// </summary>
/// <param name="resource">The number that stands for a table of resources.</param>
internal sealed class TypeKeys(Func<ResourceTableId, uint> resource)
{
    private readonly Dictionary<ValType, ValType> keys = new(ReferenceEqualityComparer.Instance);

    /// <summary>Types are the same where the resource types in them are the same.</summary>
    public static TypeKeys ByResource(LinkPlan plan) => new(table => plan.Tables.ResourceTables[(int)table.Value].Resource.Value);

    /// <summary>Types are the same whichever resource types are in them.</summary>
    public static TypeKeys ByShape() => new(_ => 0);

    /// <summary>Whether a type has a name of its own in WIT, by which others mention it.</summary>
    public static bool IsNameable(ValType type) => type is ValType.Record or ValType.Variant or ValType.Enum or ValType.Flags;

    /// <summary>The type to compare.</summary>
    public ValType Of(ValType type)
    {
        if (!type.Has(TypeContents.Tables))
            return type;
        if (!keys.TryGetValue(type, out var key))
            keys.Add(type, key = Make(type));
        return key;
    }

    // Types nest no deeper than ValType.MaxDepth.
    private ValType Make(ValType type) => type switch
    {
        ValType.Own(var table) => new ValType.Own(new ResourceTableId(resource(table))),
        ValType.Borrow(var table) => new ValType.Borrow(new ResourceTableId(resource(table))),
        ValType.ErrorContext => new ValType.ErrorContext(default),
        ValType.Stream(_, var element) => new ValType.Stream(default, element is null ? null : Of(element)),
        ValType.Future(_, var element) => new ValType.Future(default, element is null ? null : Of(element)),
        ValType.Primitive or ValType.Enum or ValType.Flags or ValType.Record or ValType.Variant or ValType.Tuple or ValType.List or ValType.FixedLengthList
            or ValType.Map or ValType.Option or ValType.Result => TypeParts.Map(type, Of),
    };
}
