using System.Collections.Generic;

namespace Fact.Externs;

/// <summary>The type indices of a scope that is written: of what has a name in it, and of definitions that mention it.</summary>
/// <param name="outer">Indices of names that count here as well, where there are none here; null where there are no others.</param>
internal sealed class TypeIndices(TypeIndices? outer = null)
{
    private readonly Dictionary<TypeNode, uint> named = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<TypeNode, uint> defined = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<TypeNode> provisional = new(ReferenceEqualityComparer.Instance);

    /// <summary>The index of a type, if it has one.</summary>
    public bool Find(TypeNode node, out uint index) =>
        named.TryGetValue(node, out index) || defined.TryGetValue(node, out index) || outer?.IsNamed(node, out index) == true;

    /// <summary>Whether the index of a type will be another as soon as something that it mentions has a name.</summary>
    public bool IsProvisional(TypeNode node) => provisional.Contains(node);

    /// <summary>Gives a name its index; what mentioned it without is no longer of use.</summary>
    public void Name(TypeNode node, uint index)
    {
        named[node] = index;
        Settle();
    }

    /// <summary>Gives a name its index that it could have had before.</summary>
    public void Alias(TypeNode node, uint index) => named[node] = index;

    /// <summary>Forgets the indices of what mentions something that had no name.</summary>
    public void Settle()
    {
        foreach (var node in provisional)
            defined.Remove(node);
        provisional.Clear();
    }

    /// <summary>Gives a definition its index.</summary>
    public void Define(TypeNode node, uint index, bool isProvisional)
    {
        defined[node] = index;
        if (isProvisional)
            provisional.Add(node);
    }

    private bool IsNamed(TypeNode node, out uint index) => named.TryGetValue(node, out index);
}
