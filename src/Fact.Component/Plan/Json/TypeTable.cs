using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Component.Plan;

/// <summary>Numbers value types in the order in which they are mentioned.</summary>
internal sealed class TypeTable
{
    private readonly List<ValType> types = [];
    private readonly Dictionary<ValType, int> numbers = [];

    /// <summary>How many there are.</summary>
    public int Count => types.Count;

    /// <summary>The type of a number.</summary>
    public ValType this[int number] => types[number];

    /// <summary>The number of a type, which gets one where it has none.</summary>
    public int Number(ValType type)
    {
        if (!numbers.TryGetValue(type, out int number))
        {
            number = types.Count;
            numbers.Add(type, number);
            types.Add(type);
        }
        return number;
    }
}
