using System;

namespace Fact.Ir;

/// <summary>
/// A component instance and the one that instantiated it: a node of the tree of instances. Nodes are shared, so that a tree of any depth takes memory for
/// each instance once. Only the older rule of reentrance looks at parents.
/// </summary>
/// <param name="id">The instance.</param>
/// <param name="parent">The instance that instantiated it; null for one that the host instantiates.</param>
public sealed class InstanceNode(InstanceId id, InstanceNode? parent = null) : IEquatable<InstanceNode>
{
    /// <summary>The instance.</summary>
    public InstanceId Id { get; } = id;

    /// <summary>The instance that instantiated it; null for one that the host instantiates.</summary>
    public InstanceNode? Parent { get; } = parent;

    /// <summary>How many instances contain it.</summary>
    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    /// <summary>Whether both are the same instance in the same instances.</summary>
    public bool Equals(InstanceNode? other)
    {
        // Chains can be longer than the stack is deep, and one that was made once ends the comparison.
        if (other is null || Depth != other.Depth)
            return false;
        InstanceNode? a = this, b = other;
        for (; !ReferenceEquals(a, b); a = a.Parent, b = b.Parent)
        {
            if (a is null || b is null || a.Id != b.Id)
                return false;
        }
        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as InstanceNode);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Depth);

    /// <summary>The instance and its depth, for test failures and debuggers.</summary>
    public override string ToString() => $"instance {Id.Value}, {Depth} deep";
}
