using System.Collections.Generic;
using Fact.Component.Ast;
using Fact.Component.Binary;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>What a scope belongs to.</summary>
internal enum ScopeKind
{
    /// <summary>A component.</summary>
    Component,

    /// <summary>A component type.</summary>
    ComponentType,

    /// <summary>An instance type.</summary>
    InstanceType,
}

/// <summary>
/// The index spaces of a component, component type or instance type while it is checked, with what it has imported and
/// exported so far.
/// </summary>
internal sealed class DefinitionScope(CheckContext context, ScopeKind kind, DefinitionScope? parent)
{
    /// <summary>What it belongs to.</summary>
    public ScopeKind Kind { get; } = kind;

    /// <summary>The scope around it, if any.</summary>
    public DefinitionScope? Parent { get; } = parent;

    /// <summary>How many scopes there are from the outermost to this one.</summary>
    public int Depth { get; } = parent is null ? 1 : parent.Depth + 1;

    public List<CheckedCoreType> CoreTypes { get; } = [];

    public List<CoreModuleType> CoreModules { get; } = [];

    public List<IReadOnlyDictionary<string, CoreExternType>> CoreInstances { get; } = [];

    public List<CoreExternType.Func> CoreFuncs { get; } = [];

    public List<CoreTableType> CoreTables { get; } = [];

    public List<CoreMemoryType> CoreMemories { get; } = [];

    public List<CoreGlobalType> CoreGlobals { get; } = [];

    public List<CoreExternType.Tag> CoreTags { get; } = [];

    public List<CheckedType> Types { get; } = [];

    public List<CheckedExtern.Func> Funcs { get; } = [];

    /// <summary>How many imports and exports its type writes out to so far, itself included.</summary>
    public long TypeSize { get; set; } = kind == ScopeKind.InstanceType ? 1 : 2;

    /// <summary>How deep instance and component types nest in its type so far, itself included.</summary>
    public int TypeDepth { get; set; } = 1;

    /// <summary>What each function is called: the name that it was imported, exported or taken from an instance by.</summary>
    public List<string?> FuncNames { get; } = [];

    public List<CheckedInstanceType> Instances { get; } = [];

    public List<CheckedComponentType> Components { get; } = [];

    public OrderedDictionary<string, CheckedExtern> Imports { get; } = [];

    public OrderedDictionary<string, CheckedExtern> Exports { get; } = [];

    /// <summary>The resource types that imports leave open.</summary>
    public List<ResourcePath> ImportedResources { get; } = [];

    /// <summary>
    /// The resource types that come into being here, by definition, instantiation or declaration, in order; with the core
    /// type that represents them where they are defined here, so that their representation is known.
    /// </summary>
    public OrderedDictionary<ResourceId, CoreValType?> DefinedResources { get; } = [];

    /// <summary>The types that imports may mention.</summary>
    public NamedTypes ImportedTypes { get; } = new(context);

    /// <summary>The types that exports may mention.</summary>
    public NamedTypes ExportedTypes { get; } = new(context);

    /// <summary>The core type of the context slots, once a built-in has said it.</summary>
    public CoreValType? ContextType { get; set; }

    /// <summary>The scope some steps outward; null where there is none.</summary>
    public DefinitionScope? Outward(uint count)
    {
        var scope = this;
        for (; count > 0 && scope is not null; count--)
            scope = scope.Parent;
        return scope;
    }
}
