using Fact.Ir;

namespace Fact.Component.Ast;

/// <summary>The type of an import or export: <c>externtype</c>. Values are not supported.</summary>
internal closed record ExternType
{
    private ExternType()
    {
    }

    /// <summary>A core module.</summary>
    /// <param name="ModuleType">Its module type.</param>
    public sealed record CoreModule(CoreTypeIdx ModuleType) : ExternType;

    /// <summary>A function.</summary>
    /// <param name="FuncType">Its function type.</param>
    public sealed record Func(TypeIdx FuncType) : ExternType;

    /// <summary>A type.</summary>
    /// <param name="Bound">What is known of the type.</param>
    public sealed record Type(TypeBound Bound) : ExternType;

    /// <summary>A component.</summary>
    /// <param name="ComponentType">Its component type.</param>
    public sealed record Component(TypeIdx ComponentType) : ExternType;

    /// <summary>An instance.</summary>
    /// <param name="InstanceType">Its instance type.</param>
    public sealed record Instance(TypeIdx InstanceType) : ExternType;
}

/// <summary>What is known of an imported or exported type: <c>typebound</c>.</summary>
internal closed record TypeBound
{
    private TypeBound()
    {
    }

    /// <summary>It equals another type.</summary>
    /// <param name="Type">The other type.</param>
    public sealed record Eq(TypeIdx Type) : TypeBound;

    /// <summary>It is some resource type, different from every other.</summary>
    public sealed record SubResource : TypeBound
    {
        private SubResource()
        {
        }

        /// <summary>The only value.</summary>
        public static SubResource Instance { get; } = new();
    }
}
