namespace Fact.Ir;

/// <summary>One side of an adapter: the caller's (it wrote <c>canon lower</c>) or the callee's (it wrote <c>canon lift</c>).</summary>
/// <param name="Type">The component function type as this side sees it: handle types carry this side's table ids.</param>
/// <param name="Instance">
/// The component instance that the side belongs to. Without its parents it is enough, unless adapters are compiled with the older rule of reentrance.
/// </param>
/// <param name="Options">The canonical options.</param>
/// <param name="CoreType">The core function type that was lifted, or that the lowering has.</param>
/// <exception cref="System.ArgumentNullException">One of them is null.</exception>
public sealed record AdapterSide(
    ComponentFuncType Type,
    InstanceNode Instance,
    CanonicalOptions Options,
    CoreFuncType CoreType)
{
    /// <summary>The component function type as this side sees it: handle types carry this side's table ids.</summary>
    public ComponentFuncType Type { get; init => field = Given.NotNull(value, nameof(Type)); } = Given.NotNull(Type, nameof(Type));

    /// <summary>The component instance that the side belongs to.</summary>
    public InstanceNode Instance { get; init => field = Given.NotNull(value, nameof(Instance)); } = Given.NotNull(Instance, nameof(Instance));

    /// <summary>The canonical options.</summary>
    public CanonicalOptions Options { get; init => field = Given.NotNull(value, nameof(Options)); } = Given.NotNull(Options, nameof(Options));

    /// <summary>The core function type that was lifted, or that the lowering has.</summary>
    public CoreFuncType CoreType { get; init => field = Given.NotNull(value, nameof(CoreType)); } = Given.NotNull(CoreType, nameof(CoreType));
}

/// <summary>A call from one component to another that needs code between them: the input of the compiler.</summary>
/// <param name="Name">The name of the adapter, unique in its module: the export's name.</param>
/// <param name="Callee">The core function that was lifted.</param>
/// <param name="Lift">The callee's side.</param>
/// <param name="Lower">The caller's side.</param>
/// <param name="TaskReturn">The lift side's results in the host's type table; only adapters with an async side look at it.</param>
/// <exception cref="System.ArgumentNullException">The name or a side is null.</exception>
public sealed record Adapter(
    string Name,
    CoreFuncId Callee,
    AdapterSide Lift,
    AdapterSide Lower,
    ResultTupleId TaskReturn = default)
{
    /// <summary>The name of the adapter, unique in its module: the export's name.</summary>
    public string Name { get; init => field = Given.NotNull(value, nameof(Name)); } = Given.NotNull(Name, nameof(Name));

    /// <summary>The callee's side.</summary>
    public AdapterSide Lift { get; init => field = Given.NotNull(value, nameof(Lift)); } = Given.NotNull(Lift, nameof(Lift));

    /// <summary>The caller's side.</summary>
    public AdapterSide Lower { get; init => field = Given.NotNull(value, nameof(Lower)); } = Given.NotNull(Lower, nameof(Lower));

    /// <summary>What is known of the guests on both sides.</summary>
    public AdapterFacts Facts { get; init; }
}
