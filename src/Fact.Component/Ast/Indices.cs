namespace Fact.Component.Ast;

/// <summary>An index into the core module index space of a component.</summary>
/// <param name="Value">Position from 0.</param>
internal readonly record struct CoreModuleIdx(uint Value);

/// <summary>An index into the core instance index space of a component.</summary>
/// <param name="Value">Position from 0.</param>
internal readonly record struct CoreInstanceIdx(uint Value);

/// <summary>An index into the component function index space of a component.</summary>
/// <param name="Value">Position from 0.</param>
internal readonly record struct FuncIdx(uint Value);

/// <summary>An index into the type index space of a component, component type or instance type.</summary>
/// <param name="Value">Position from 0.</param>
internal readonly record struct TypeIdx(uint Value);

/// <summary>An index into the component instance index space of a component, component type or instance type.</summary>
/// <param name="Value">Position from 0.</param>
internal readonly record struct InstanceIdx(uint Value);

/// <summary>An index into the component index space of a component.</summary>
/// <param name="Value">Position from 0.</param>
internal readonly record struct ComponentIdx(uint Value);
