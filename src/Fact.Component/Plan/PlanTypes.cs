using System;
using Fact.Component.Binary;
using Fact.Ir;

namespace Fact.Component.Plan;

/// <summary>The type of an import of the component.</summary>
public closed record PlanExtern
{
    private PlanExtern()
    {
    }

    /// <summary>A function.</summary>
    /// <param name="FuncType">Its type.</param>
    public sealed record Func(ComponentFuncType FuncType) : PlanExtern;

    /// <summary>A core module.</summary>
    /// <param name="Id">Its type.</param>
    public sealed record CoreModule(CoreModuleTypeId Id) : PlanExtern;

    /// <summary>An instance.</summary>
    /// <param name="Id">Its type.</param>
    public sealed record Instance(InstanceTypeId Id) : PlanExtern;

    /// <summary>A type.</summary>
    /// <param name="Bound">Which.</param>
    public sealed record Type(PlanType Bound) : PlanExtern;

    /// <summary>A component: only inside an imported instance, where nothing uses it.</summary>
    public sealed record Component : PlanExtern;
}

/// <summary>An export of an imported instance.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Extern">Its type.</param>
public sealed record NamedExtern(string Name, PlanExtern Extern);

/// <summary>The type of a core module.</summary>
/// <param name="Imports">What it may import.</param>
/// <param name="Exports">What it must export.</param>
public sealed record PlanCoreModuleType(EquatableArray<CoreImportType> Imports, EquatableArray<CoreExportType> Exports);

/// <summary>An import of a core module.</summary>
/// <param name="Module">The module name.</param>
/// <param name="Name">The name in it.</param>
/// <param name="Type">Its type.</param>
public sealed record CoreImportType(string Module, string Name, CoreExternType Type);

/// <summary>An export of a core module.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
public sealed record CoreExportType(string Name, CoreExternType Type);

/// <summary>A type with its name.</summary>
/// <param name="Type">The type; handles in it are of no table in particular.</param>
/// <param name="Name">What it is called.</param>
internal sealed record NamedType(ValType Type, string Name);

/// <summary>A type that is imported or exported as such.</summary>
public closed record PlanType
{
    private PlanType()
    {
    }

    /// <summary>A value type.</summary>
    /// <param name="ValType">The type.</param>
    public sealed record Value(ValType ValType) : PlanType;

    /// <summary>A resource type.</summary>
    /// <param name="Id">Which.</param>
    public sealed record Resource(RuntimeResourceId Id) : PlanType;

    /// <summary>A function type.</summary>
    /// <param name="FuncType">The type.</param>
    public sealed record Func(ComponentFuncType FuncType) : PlanType;

    /// <summary>An instance type or component type.</summary>
    /// <param name="IsComponent">Whether it is a component type.</param>
    public sealed record Other(bool IsComponent) : PlanType;
}

/// <summary>A resource type at run time. Imported ones come first.</summary>
public closed record PlanResource
{
    private PlanResource()
    {
    }

    /// <summary>The name that it is imported by, or that the component that defines it first exports it by; null where it has none.</summary>
    public string? Name { get; init; }

    /// <summary>The host defines it.</summary>
    /// <param name="Item">Where among the imports it is.</param>
    public sealed record Imported(ImportedItemId Item) : PlanResource;

    /// <summary>A component instance defines it.</summary>
    /// <param name="Instance">The component instance.</param>
    /// <param name="Rep">The core type that represents it: i32 or i64.</param>
    /// <param name="Dtor">What to call when its last owner drops one; null where there is nothing to do.</param>
    public sealed record Defined(InstanceId Instance, CoreValType Rep, CoreFuncId? Dtor) : PlanResource;
}

/// <summary>A table of resource handles.</summary>
/// <param name="Instance">The component instance that has it.</param>
/// <param name="Resource">The resource type of its handles.</param>
public sealed record ResourceTable(InstanceId Instance, RuntimeResourceId Resource);

/// <summary>A table of the ends of streams, or of futures, of one element type.</summary>
/// <param name="Instance">The component instance that has it.</param>
/// <param name="Element">The element type as that instance sees it; null where there is none.</param>
public sealed record ChannelTable(InstanceId Instance, ValType? Element);

/// <summary>The tables and tuples that numbers in types and options refer to.</summary>
/// <param name="Resources">The resource types.</param>
/// <param name="ResourceTables">What a <see cref="ResourceTableId"/> is.</param>
/// <param name="StreamTables">What a <see cref="StreamTableId"/> is.</param>
/// <param name="FutureTables">What a <see cref="FutureTableId"/> is.</param>
/// <param name="ErrorContextTables">What an <see cref="ErrorContextTableId"/> is: the component instance that has the table.</param>
/// <param name="ResultTuples">What a <see cref="ResultTupleId"/> is: no type, or one.</param>
/// <param name="CoreTypes">The core type index space that imported core modules use, as recursion groups; equal groups are there once.</param>
public sealed record PlanTables(
    EquatableArray<PlanResource> Resources,
    EquatableArray<ResourceTable> ResourceTables,
    EquatableArray<ChannelTable> StreamTables,
    EquatableArray<ChannelTable> FutureTables,
    EquatableArray<InstanceId> ErrorContextTables,
    EquatableArray<EquatableArray<ValType>> ResultTuples,
    EquatableArray<CoreRecType> CoreTypes)
{
    /// <summary>What resource tables in types are called: for <see cref="TypeText"/>.</summary>
    /// <param name="name">What a resource type is called.</param>
    internal Func<ResourceTableId, string?> ResourceNames(Func<RuntimeResourceId, string> name) =>
        table => table.Value < (uint)ResourceTables.Length ? name(ResourceTables[(int)table.Value].Resource) : null;
}
