namespace Fact.Ir;

// Ids name things before resolution, in the numbering of whoever made them; indices are positions in an index space of
// a finished core module. Nothing converts one into the other but the Resolve pass.

/// <summary>A core function of the program around the adapters, in the caller's own numbering.</summary>
public readonly record struct CoreFuncId(uint Value);

/// <summary>A linear memory of the program around the adapters, in the caller's own numbering.</summary>
public readonly record struct CoreMemoryId(uint Value);

/// <summary>A component instance: the <c>N</c> of its flags import <c>instance{N}</c>.</summary>
public readonly record struct InstanceId(uint Value);

/// <summary>A resource type at run time: in a link plan, a position in the list of resources; in a runtime module, in <see cref="HandleRuntime.Resources"/>.</summary>
public readonly record struct RuntimeResourceId(uint Value);

/// <summary>A table of resource handles of one component instance: what a <c>resource.transfer-*</c> intrinsic is given.</summary>
public readonly record struct ResourceTableId(uint Value);

/// <summary>A table of stream ends of one component instance.</summary>
public readonly record struct StreamTableId(uint Value);

/// <summary>A table of future ends of one component instance.</summary>
public readonly record struct FutureTableId(uint Value);

/// <summary>A table of error contexts of one component instance.</summary>
public readonly record struct ErrorContextTableId(uint Value);

/// <summary>A tuple of results in the type table that the host shares with the adapters: what a task returns.</summary>
public readonly record struct ResultTupleId(uint Value);

/// <summary>A function of an <see cref="AdapterProgram"/>.</summary>
internal readonly record struct FuncId(int Value);

/// <summary>A virtual local of one symbolic function: its parameters first, then the others in order of declaration.</summary>
internal readonly record struct LocalId(int Value);

/// <summary>A label of one symbolic function, unique in it except for <see cref="Unused"/>.</summary>
internal readonly record struct LabelId(int Value)
{
    /// <summary>The label of blocks that nothing branches to: any number of blocks may have it, so that they can be shared.</summary>
    public static LabelId Unused => default;
}

/// <summary>A position in a core function index space, of a core module (imported functions first) or a component.</summary>
/// <param name="Value">Position from 0.</param>
internal readonly record struct CoreFuncIdx(uint Value);

/// <summary>
/// A position in a core type index space: of a core module, a component, or, inside a module type, that module type's own.
/// A recursion group adds one for each of its types.
/// </summary>
/// <param name="Value">Position from 0.</param>
public readonly record struct CoreTypeIdx(uint Value);

/// <summary>A position in a core table index space.</summary>
/// <param name="Value">Position from 0.</param>
internal readonly record struct CoreTableIdx(uint Value);

/// <summary>A position in a core memory index space.</summary>
/// <param name="Value">Position from 0.</param>
internal readonly record struct CoreMemoryIdx(uint Value);

/// <summary>A position in a core global index space.</summary>
/// <param name="Value">Position from 0.</param>
internal readonly record struct CoreGlobalIdx(uint Value);
