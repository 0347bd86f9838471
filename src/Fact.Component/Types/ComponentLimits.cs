namespace Fact.Component.Types;

/// <summary>
/// What bounds the work that a hostile component can cause. The counts per index space are those of common validators,
/// so that what they accept is accepted here.
/// </summary>
internal static class ComponentLimits
{
    /// <summary>The most core modules, and the most components, in one component.</summary>
    public const int Modules = 1_000;

    /// <summary>The most instances, core and component together, in one component.</summary>
    public const int Instances = 4_096;

    /// <summary>The most items in any other index space of one component.</summary>
    public const int Items = 1_000_000;

    /// <summary>How deep instance and component types may nest.</summary>
    public const int TypeDepth = 100;

    /// <summary>How many supertypes a core type may have above it; that of the JavaScript embedding.</summary>
    public const int SupertypeDepth = 63;

    /// <summary>How many imports and exports an instance or component type may write out to.</summary>
    public const long TypeSize = 1_000_000;

    /// <summary>How deep components, component types and instance types may nest together, the root included.</summary>
    public const int ScopeDepth = 201;

    /// <summary>The most component instances, and the most core instances, those of adapter modules too, that instantiating the root may make. Wasmtime has no more
    /// in a store.</summary>
    public const int TotalInstances = 10_000;

    /// <summary>The most adapters that instantiating the root may need.</summary>
    public const int TotalAdapters = 50_000;

    /// <summary>
    /// How much type checking may compare, copy and walk, all types together: in steps of about 100 ns or 16 bytes, see <see cref="Cost"/>.
    /// </summary>
    public const long CheckSteps = 10_000_000;

    /// <summary>
    /// How many bytes linking may make and look at: what it makes of a definition counts once for each instantiation of the component around it, and so do the
    /// names that it looks up and the parts of the types that each instance has of its own.
    /// </summary>
    public const long LinkBytes = 256L << 20;

    /// <summary>
    /// How many bytes of code linking may look at for each byte of the core modules, to see what allocators and post-return functions can call: modules that are
    /// instantiated again and again count as often. Of what is not looked at nothing is proved.
    /// </summary>
    public const int LooksPerByte = 8;

    /// <summary>
    /// How many functions, core modules, resource types and instances the imports, or the exports, of a component that is run may have, those in instances counted
    /// for each way to them: a host calls each by its full name.
    /// </summary>
    public const long FullNames = 100_000;

    /// <summary>How many characters these full names may have together.</summary>
    public const long FullNameLength = 16 << 20;

    /// <summary>Characters of errors about one component, some more at the end; what is wrong besides is not reported.</summary>
    public const long ErrorText = 1 << 20;

    /// <summary>How many bytes a link plan, or a report on a component, may have as JSON.</summary>
    public const int OutputBytes = 64 << 20;
}
