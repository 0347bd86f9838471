namespace Fact.Component.Plan;

// The numbers of a link plan: each is a position in the list of the plan that its comment names.

/// <summary>An embedded core module: <see cref="LinkPlan.CoreModules"/>.</summary>
public readonly record struct CoreModuleId(uint Value);

/// <summary>A core instance, in the order of instantiation; instances of adapter modules are not counted.</summary>
public readonly record struct CoreInstanceId(uint Value);

/// <summary>An adapter module: <see cref="LinkPlan.AdapterModules"/>.</summary>
public readonly record struct AdapterModuleId(uint Value);

/// <summary>An adapter: <see cref="LinkPlan.Adapters"/>; <c>K</c> in the name <c>adapter{K}</c>.</summary>
public readonly record struct AdapterId(uint Value);

/// <summary>A core function that the host provides: <see cref="LinkPlan.Trampolines"/>.</summary>
public readonly record struct TrampolineId(uint Value);

/// <summary>A set of canonical options: <see cref="LinkPlan.Options"/>.</summary>
public readonly record struct OptionsId(uint Value);

/// <summary>An import of the component: <see cref="LinkPlan.Imports"/>.</summary>
public readonly record struct ImportId(uint Value);

/// <summary>Something that an import is, or has in it: <see cref="LinkPlan.ImportedItems"/>.</summary>
public readonly record struct ImportedItemId(uint Value);

/// <summary>The type of an imported instance: <see cref="LinkPlan.InstanceTypes"/>.</summary>
public readonly record struct InstanceTypeId(uint Value);

/// <summary>The type of an imported core module: <see cref="LinkPlan.CoreModuleTypes"/>.</summary>
public readonly record struct CoreModuleTypeId(uint Value);

/// <summary>An exported instance: <see cref="LinkPlan.ExportedInstances"/>.</summary>
public readonly record struct ExportedInstanceId(uint Value);
