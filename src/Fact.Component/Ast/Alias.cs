using Fact.Ir;

namespace Fact.Component.Ast;

/// <summary>A second name, in the current index space, for something defined elsewhere: <c>alias</c>.</summary>
internal closed record Alias
{
    private Alias()
    {
    }

    /// <summary>An export of a component instance.</summary>
    /// <param name="Sort">The index space that grows by one.</param>
    /// <param name="Instance">The instance.</param>
    /// <param name="Name">The export name.</param>
    public sealed record Export(Sort Sort, InstanceIdx Instance, string Name) : Alias;

    /// <summary>An export of a core instance.</summary>
    /// <param name="Sort">The core index space that grows by one.</param>
    /// <param name="Instance">The core instance.</param>
    /// <param name="Name">The export name.</param>
    public sealed record CoreExport(CoreExternKind Sort, CoreInstanceIdx Instance, string Name) : Alias;

    /// <summary>A definition of an enclosing component, component type or instance type.</summary>
    /// <param name="Sort">The index space, both there and here.</param>
    /// <param name="Count">How many scopes outward; 0 is the current one.</param>
    /// <param name="Index">Position in that scope's index space.</param>
    public sealed record Outer(OuterSort Sort, uint Count, uint Index) : Alias;
}
