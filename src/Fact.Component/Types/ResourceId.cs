using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>
/// A resource type as the checker tells it apart from all others: each definition, each abstract import and each
/// instantiation of a component that defines one makes a new id.
/// </summary>
/// <param name="Value">The number, unique in one check.</param>
internal readonly record struct ResourceId(uint Value);

/// <summary>Where a resource type is found: the names to follow from a list of imports or exports.</summary>
/// <param name="Resource">The resource type.</param>
/// <param name="Path">The name of the import or export, then the names in the instances below it.</param>
internal sealed record ResourcePath(ResourceId Resource, EquatableArray<string> Path);
