using System.Collections;
using System.Collections.Generic;
using System.Diagnostics;
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

/// <summary>What a component calls a function: the name that it was imported, exported or taken from an instance by; null where it has none.</summary>
/// <param name="Interface">What the instance that it was taken from is called; null where it was not taken from one, or that has no name.</param>
/// <param name="Name">The name.</param>
internal readonly record struct FuncName(string? Interface, string? Name);

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

    /// <summary>What each function is called.</summary>
    public List<FuncName> FuncNames { get; } = [];

    public List<CheckedInstanceType> Instances { get; } = [];

    /// <summary>The name that each instance was imported, exported or taken from another by; null where it has none.</summary>
    public List<string?> InstanceNames { get; } = [];

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

    /// <summary>Whether a definition was faulty: its place in its index space is null, and what it would have imported or exported is missing.</summary>
    public bool HasFaults { get; private set; }

    /// <summary>The core type of the context slots, once a built-in has said it.</summary>
    public CoreValType? ContextType { get; set; }

    /// <summary>The index space that a definition adds to.</summary>
    public IList SpaceOf(Definition definition) => definition switch
    {
        Definition.CoreModule => CoreModules,
        Definition.CoreInstance => CoreInstances,
        Definition.CoreType => CoreTypes,
        Definition.Component => Components,
        Definition.Instance => Instances,
        Definition.Alias(_, Alias.Export(var sort, _, _)) => SpaceOf(sort),
        Definition.Alias(_, Alias.CoreExport(var sort, _, _)) => SpaceOf(sort),
        Definition.Alias(_, Alias.Outer(var sort, _, _)) => SpaceOf(sort),
        Definition.Type => Types,
        Definition.Canon(_, var canon) => canon is Canon.Lift ? Funcs : CoreFuncs,
        Definition.Import(_, _, var type) => SpaceOf(type),
        Definition.Export(_, _, var item, _) => SpaceOf(item.Sort),
    };

    private IList SpaceOf(ExternType type) => type switch
    {
        ExternType.CoreModule => CoreModules,
        ExternType.Func => Funcs,
        ExternType.Type => Types,
        ExternType.Component => Components,
        ExternType.Instance => Instances,
    };

    private IList SpaceOf(Sort sort) => sort switch
    {
        Sort.CoreModule => CoreModules,
        Sort.Func => Funcs,
        Sort.Type => Types,
        Sort.Component => Components,
        Sort.Instance => Instances,
        _ => throw new UnreachableException(),
    };

    private IList SpaceOf(CoreExternKind sort) => sort switch
    {
        CoreExternKind.Func => CoreFuncs,
        CoreExternKind.Table => CoreTables,
        CoreExternKind.Memory => CoreMemories,
        CoreExternKind.Global => CoreGlobals,
        CoreExternKind.Tag => CoreTags,
        _ => throw new UnreachableException(),
    };

    private IList SpaceOf(OuterSort sort) => sort switch
    {
        OuterSort.CoreModule => CoreModules,
        OuterSort.CoreType => CoreTypes,
        OuterSort.Type => Types,
        OuterSort.Component => Components,
        _ => throw new UnreachableException(),
    };

    /// <summary>Leaves a gap where a faulty definition would be.</summary>
    /// <param name="space">The index space that it would have added to.</param>
    /// <param name="index">The index that it would have had.</param>
    public void LeaveGap(IList space, int index)
    {
        HasFaults = true;
        ImportedTypes.IsIncomplete = ExportedTypes.IsIncomplete = true;
        Cut(space);
        if (ReferenceEquals(space, Funcs))
            Cut(FuncNames);
        if (ReferenceEquals(space, Instances))
            Cut(InstanceNames);

        void Cut(IList list)
        {
            while (list.Count > index)
                list.RemoveAt(list.Count - 1);
            list.Add(ReferenceEquals(list, FuncNames) ? default(FuncName) : null);
        }
    }

    /// <summary>The scope some steps outward; null where there is none.</summary>
    public DefinitionScope? Outward(uint count)
    {
        var scope = this;
        for (; count > 0 && scope is not null; count--)
            scope = scope.Parent;
        return scope;
    }
}
