using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>
/// A resource type as the checker tells it apart from all others: each definition, each abstract import and each
/// instantiation of a component that defines one makes a new id.
/// </summary>
/// <param name="Value">The number, unique in one check.</param>
internal readonly record struct ResourceId(uint Value)
{
    /// <summary>How handle types name it while components are checked: there are no instances with tables yet.</summary>
    public ResourceTableId Table => new(Value);

    /// <summary>The resource type of a handle type; null for other types.</summary>
    public static ResourceId? Of(ValType type)
    {
        if (type is ValType.Own(var owned))
            return new(owned.Value);
        return type is ValType.Borrow(var borrowed) ? new(borrowed.Value) : null;
    }
}

/// <summary>Where a resource type is found: the names to follow from a list of imports or exports.</summary>
/// <param name="Resource">The resource type.</param>
/// <param name="Path">The name of the import or export, then the names in the instances below it.</param>
internal sealed record ResourcePath(ResourceId Resource, EquatableArray<string> Path);
