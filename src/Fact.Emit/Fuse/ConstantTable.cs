using System.Collections.Generic;

namespace Fact.Emit;

/// <summary>A table whose elements nothing changes once code can call through it, as far as they are known.</summary>
/// <param name="Elements">The functions in it with their types, by index.</param>
internal sealed record ConstantTable(IReadOnlyDictionary<uint, ConstantElement> Elements)
{
    /// <summary>What a call through the table calls; null where it is not known, or would trap.</summary>
    /// <param name="index">The index that is called.</param>
    /// <param name="type">The number of the type that is called.</param>
    public uint? Callee(uint index, uint type) => Elements.TryGetValue(index, out var element) && element.Type == type ? element.Callee : null;

    /// <summary>The same with other numbers.</summary>
    public ConstantTable Renumbered(uint[] funcs, uint[] types)
    {
        var elements = new Dictionary<uint, ConstantElement>();
        foreach (var (index, (callee, type)) in Elements)
        {
            if (funcs[callee] != PartNumbers.None)
                elements.Add(index, new ConstantElement(funcs[callee], types[type]));
        }
        return new ConstantTable(elements);
    }
}

/// <summary>An element of a table.</summary>
/// <param name="Callee">What is called in the end.</param>
/// <param name="Type">Its type.</param>
internal readonly record struct ConstantElement(uint Callee, uint Type);
