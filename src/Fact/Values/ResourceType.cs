using Fact.Ir;

namespace Fact.Values;

/// <summary>
/// A resource type as it exists at run time: every instantiation of a component that defines a resource makes a new one. Two
/// handles are of one type when this is the same object. Spec: <c>ResourceType</c>.
/// </summary>
public sealed class ResourceType
{
    /// <summary>A resource type that a component instance defines.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="definedBy">The instance whose borrows are representations and whose destructor is called. Spec: <c>impl</c>.</param>
    internal ResourceType(string name, InstanceId definedBy) => (Name, DefinedBy) = (name, definedBy);

    /// <summary>A resource type that the host defines.</summary>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="System.ArgumentNullException"><paramref name="name"/> is null.</exception>
    public ResourceType(string name) => Name = Given.NotNull(name, nameof(name));

    /// <summary>What messages call it; two types may have the same name.</summary>
    public string Name { get; }

    /// <summary>The component instance that defines it; null where the host does.</summary>
    public InstanceId? DefinedBy { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
