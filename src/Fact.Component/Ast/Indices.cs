namespace Fact.Component.Ast;

/// <summary>An index into the core module index space of a component.</summary>
/// <param name="Value">Position from 0.</param>
public readonly record struct CoreModuleIdx(uint Value);

/// <summary>An index into the core instance index space of a component.</summary>
/// <param name="Value">Position from 0.</param>
public readonly record struct CoreInstanceIdx(uint Value);

/// <summary>
/// An index into a core type index space: a component's, or, inside a module type, that module type's own.
/// A recursion group adds one index for each of its types.
/// </summary>
/// <param name="Value">Position from 0.</param>
public readonly record struct CoreTypeIdx(uint Value);

/// <summary>An index into the core function index space of a component.</summary>
/// <param name="Value">Position from 0.</param>
public readonly record struct CoreFuncIdx(uint Value);

/// <summary>An index into the core table index space of a component.</summary>
/// <param name="Value">Position from 0.</param>
public readonly record struct CoreTableIdx(uint Value);

/// <summary>An index into the core memory index space of a component.</summary>
/// <param name="Value">Position from 0.</param>
public readonly record struct CoreMemoryIdx(uint Value);

/// <summary>An index into the component function index space of a component.</summary>
/// <param name="Value">Position from 0.</param>
public readonly record struct FuncIdx(uint Value);

/// <summary>An index into the type index space of a component, component type or instance type.</summary>
/// <param name="Value">Position from 0.</param>
public readonly record struct TypeIdx(uint Value);

/// <summary>An index into the component instance index space of a component, component type or instance type.</summary>
/// <param name="Value">Position from 0.</param>
public readonly record struct InstanceIdx(uint Value);

/// <summary>An index into the component index space of a component.</summary>
/// <param name="Value">Position from 0.</param>
public readonly record struct ComponentIdx(uint Value);
