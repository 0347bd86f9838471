namespace Fact.Component.Types;

/// <summary>
/// What bounds the work that a hostile component can cause. The counts per index space are those of common validators,
/// so that what they accept is accepted here.
/// </summary>
internal static class Limits
{
    /// <summary>The most core modules, components, or instances (core and component together) in one component.</summary>
    public const int Instances = 1_000;

    /// <summary>The most items in any other index space of one component.</summary>
    public const int Items = 1_000_000;

    /// <summary>How deep value types, and instance and component types, may nest.</summary>
    public const int TypeDepth = 100;

    /// <summary>How many supertypes a core type may have above it; that of the JavaScript embedding.</summary>
    public const int SupertypeDepth = 63;

    /// <summary>How many imports and exports an instance or component type may write out to.</summary>
    public const long TypeSize = 1_000_000;

    /// <summary>How deep components, component types and instance types may nest together, the root included.</summary>
    public const int ScopeDepth = 201;

    /// <summary>The most component instances, and the most core instances, those of adapter modules too, that instantiating the root may make. Wasmtime has no more in a store.</summary>
    public const int TotalInstances = 10_000;

    /// <summary>
    /// How much type checking may compare, copy and walk, all types together: in steps of about 100 ns or 16 bytes, see <see cref="Cost"/>.
    /// </summary>
    public const long CheckSteps = 10_000_000;

    /// <summary>How many definitions linking may evaluate, counting those of a component once for each instantiation.</summary>
    public const long LinkSteps = 5_000_000;
}
