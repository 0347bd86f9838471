namespace Fact.Ir;

/// <summary>
/// What a runtime module keeps handles of: the resource types, who may name them, and the built-ins that it is to have. Numbers in types and of intrinsics are positions
/// in these lists.
/// </summary>
/// <param name="Instances">How many component instances there are: each has one table of handles, as the Canonical ABI's <c>ComponentInstance.handles</c>, and its
/// <see cref="InstanceId"/> is below this.</param>
/// <param name="Resources">The resource types.</param>
/// <param name="Tables">What a <see cref="ResourceTableId"/> means.</param>
/// <param name="Builtins">The built-ins, each once.</param>
public sealed record HandleRuntime(
    uint Instances, EquatableArray<RuntimeResource> Resources, EquatableArray<RuntimeTable> Tables, EquatableArray<RuntimeBuiltin> Builtins);

/// <summary>A resource type whose handles a runtime module keeps.</summary>
public closed record RuntimeResource
{
    private RuntimeResource()
    {
    }

    /// <summary>The host defines it, and is told when a handle that owns a resource is dropped.</summary>
    public sealed record Imported : RuntimeResource;

    /// <summary>A component instance defines it.</summary>
    /// <param name="Instance">The instance.</param>
    /// <param name="Rep">What represents a resource: i32 or i64.</param>
    /// <param name="HasDestructor">Whether there is something to call when a handle that owns a resource is dropped.</param>
    public sealed record Defined(InstanceNode Instance, CoreValType Rep, bool HasDestructor) : RuntimeResource
    {
        /// <summary>The instance.</summary>
        public InstanceNode Instance { get; init => field = Given.NotNull(value, nameof(Instance)); } = Given.NotNull(Instance, nameof(Instance));
    }
}

/// <summary>A resource type as a component instance knows it: what a handle must be that the instance names by it.</summary>
/// <param name="Instance">The instance whose handle it is.</param>
/// <param name="Resource">The resource type.</param>
public sealed record RuntimeTable(InstanceNode Instance, RuntimeResourceId Resource)
{
    /// <summary>The instance whose handle it is.</summary>
    public InstanceNode Instance { get; init => field = Given.NotNull(value, nameof(Instance)); } = Given.NotNull(Instance, nameof(Instance));
}

/// <summary>A built-in for the handles that a table says.</summary>
/// <param name="Op">What it does.</param>
/// <param name="Table">The table.</param>
public sealed record RuntimeBuiltin(RuntimeBuiltinOp Op, ResourceTableId Table)
{
    /// <summary>The name that the runtime module exports it by, such as <c>[resource-new]0</c>.</summary>
    public string Name => Op switch
    {
        RuntimeBuiltinOp.New => "[resource-new]",
        RuntimeBuiltinOp.Rep => "[resource-rep]",
        RuntimeBuiltinOp.Drop => "[resource-drop]",
        _ => throw new System.Diagnostics.UnreachableException(),
    } + Table.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>What built-ins do with handles of resources.</summary>
public enum RuntimeBuiltinOp
{
    /// <summary><c>resource.new</c>: only where the instance defines the resource type.</summary>
    New,

    /// <summary><c>resource.rep</c>: only where the instance defines the resource type.</summary>
    Rep,

    /// <summary><c>resource.drop</c>.</summary>
    Drop,
}
