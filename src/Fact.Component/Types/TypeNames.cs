using System.Collections.Generic;
using Fact.Component.Plan;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>
/// What the types that must have names are called, wherever in a component they are imported or exported: for people, since types are equal by structure.
/// </summary>
internal sealed class TypeNames
{
    private readonly Dictionary<ValType, string?> names = [];

    /// <summary>Notes a name. A type that goes by several has none that says which is meant.</summary>
    public void Add(ValType type, string name)
    {
        if (type is not (ValType.Record or ValType.Variant or ValType.Enum or ValType.Flags))
            return;
        if (!names.TryAdd(type, name) && names[type] != name)
            names[type] = null;
    }

    /// <summary>The types with one name, in the order in which they were found.</summary>
    public EquatableArray<NamedType> All()
    {
        var all = new List<NamedType>(names.Count);
        foreach (var (type, name) in names)
        {
            if (name is not null)
                all.Add(new(type, name));
        }
        return all.ToEquatableArray();
    }
}
