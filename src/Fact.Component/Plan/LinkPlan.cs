using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Component.Plan;

/// <summary>
/// How to run a component: everything that a host needs beside the compiled adapter modules. Components, instances and
/// aliases are gone; what is left is a list of things to do in order, and functions that are lifted in the end.
/// </summary>
/// <param name="CoreModules">The core modules inside the component, in the order of their bytes.</param>
/// <param name="Adapters">The adapters, in the order in which they were found.</param>
/// <param name="AdapterModules">Which adapters make up each adapter module.</param>
/// <param name="Initializers">What to do, in order.</param>
/// <param name="CoreFuncs">What a <see cref="CoreFuncId"/> of an adapter, option or export is.</param>
/// <param name="CoreMemories">What a <see cref="CoreMemoryId"/> of an adapter or option is.</param>
/// <param name="Trampolines">The core functions that the host provides.</param>
/// <param name="Options">Canonical options that the host works with.</param>
/// <param name="Instances">The component instances, the root first; the position is the <see cref="InstanceId"/>.</param>
/// <param name="Tables">What numbers in types refer to.</param>
/// <param name="Imports">What the component imports, in order; imports of types other than resource types are left out.</param>
/// <param name="InstanceTypes">The types of instances among the imports, each once, after those of the instances in it: their exports in order.</param>
/// <param name="CoreModuleTypes">The types of core modules among the imports, each once.</param>
/// <param name="ImportedItems">The functions, core modules and resource types among the imports that something uses.</param>
/// <param name="Exports">What the component exports, in order.</param>
/// <param name="ExportedInstances">The instances among the exports, each once, after those in it: their exports in order.</param>
public sealed record LinkPlan(
    EquatableArray<PlanCoreModule> CoreModules,
    EquatableArray<PlanAdapter> Adapters,
    EquatableArray<PlanAdapterModule> AdapterModules,
    EquatableArray<Initializer> Initializers,
    EquatableArray<CoreDef> CoreFuncs,
    EquatableArray<CoreDef.Export> CoreMemories,
    EquatableArray<Trampoline> Trampolines,
    EquatableArray<PlanOptions> Options,
    EquatableArray<PlanInstance> Instances,
    PlanTables Tables,
    EquatableArray<PlanImport> Imports,
    EquatableArray<EquatableArray<NamedExtern>> InstanceTypes,
    EquatableArray<PlanCoreModuleType> CoreModuleTypes,
    EquatableArray<ImportedItem> ImportedItems,
    EquatableArray<PlanExport> Exports,
    EquatableArray<EquatableArray<PlanExport>> ExportedInstances)
{
    /// <summary>The component itself: what its imports and exports are, as it is written. Null for a plan that was made of none.</summary>
    internal ComponentAst? Root { get; init; }

    /// <summary>What a runtime module keeps handles of for the plan, by the numbers of the plan; null where it has no resource tables.</summary>
    public HandleRuntime? HandleRuntime() => PlanHandles.Of(this);

    /// <summary>What records, variants, enums and flags are called where they are imported or exported, anywhere in the component.</summary>
    internal EquatableArray<NamedType> TypeNames { get; init; } = [];

    /// <summary>The types that the component imports for which a host has nothing to provide, as the root sees them.</summary>
    internal EquatableArray<PlanImport> ImportedTypes { get; init; } = [];

    /// <summary>What people call an imported thing: the name of the import, or <c>instance#name</c> for what is in an imported instance.</summary>
    /// <param name="id">One of <see cref="ImportedItems"/>.</param>
    public string ImportName(ImportedItemId id)
    {
        var item = ImportedItems[(int)id.Value];
        return string.Join('#', (string[])[Imports[(int)item.Import.Value].Name, .. item.Path]);
    }
}

/// <summary>A core module inside the component.</summary>
/// <param name="Offset">Byte offset of the module from the start of the input.</param>
/// <param name="Bytes">The binary.</param>
public sealed record PlanCoreModule(long Offset, RawBytes Bytes);

/// <summary>An adapter and the module that has it.</summary>
/// <param name="Adapter">The adapter.</param>
/// <param name="Module">The module; the adapter is its export of the adapter's name. Null where the adapter is left out, and nothing in the plan mentions it: whoever
/// would be given it is given its callee.</param>
/// <param name="Offset">Byte offset of the <c>canon lower</c> that it was found at from the start of the input.</param>
public sealed record PlanAdapter(Adapter Adapter, AdapterModuleId? Module, long Offset)
{
    /// <summary>What the caller's component calls the function: the name that it imports it by, or that of the export that it
    /// takes from an instance; null where it has none.</summary>
    public string? FuncName { get; init; }

    /// <summary>What the caller's component calls the instance that it takes the function from: mostly the interface that it imports; null where it
    /// takes the function from none, or has no name for it.</summary>
    public string? Interface { get; init; }
}

/// <summary>An adapter module: neighbours in <see cref="LinkPlan.Adapters"/>, but for those that are left out, to be compiled together.</summary>
/// <param name="First">The first adapter.</param>
/// <param name="Adapters">All of them.</param>
public sealed record PlanAdapterModule(AdapterId First, EquatableArray<Adapter> Adapters);

/// <summary>Something to do while a component is instantiated.</summary>
public closed record Initializer
{
    private Initializer()
    {
    }

    /// <summary>Instantiates a core module.</summary>
    /// <param name="Instance">The new core instance: the next number.</param>
    /// <param name="Module">The core module.</param>
    /// <param name="Args">Its imports with where they come from; those of an embedded module in the order of the module.</param>
    public sealed record InstantiateCoreModule(CoreInstanceId Instance, ModuleSource Module, EquatableArray<CoreArg> Args) : Initializer;

    /// <summary>Instantiates an adapter module. What its imports denote is with the compiled module.</summary>
    /// <param name="Module">The adapter module.</param>
    public sealed record InstantiateAdapterModule(AdapterModuleId Module) : Initializer;

    /// <summary>Defines a resource type: from here on its destructor can be had.</summary>
    /// <param name="Resource">The resource type.</param>
    public sealed record DefineResource(RuntimeResourceId Resource) : Initializer;
}

/// <summary>Where a core module comes from.</summary>
public closed record ModuleSource
{
    private ModuleSource()
    {
    }

    /// <summary>The component has it in it.</summary>
    /// <param name="Id">Which.</param>
    public sealed record Embedded(CoreModuleId Id) : ModuleSource;

    /// <summary>The component imports it.</summary>
    /// <param name="Item">Which.</param>
    public sealed record Imported(ImportedItemId Item) : ModuleSource;
}

/// <summary>An import of a core module with what is given for it.</summary>
/// <param name="Module">The module name.</param>
/// <param name="Name">The name in it.</param>
/// <param name="Def">What is given.</param>
public sealed record CoreArg(string Module, string Name, CoreDef Def);

/// <summary>Canonical options with the component instance that they belong to.</summary>
/// <param name="Instance">The component instance.</param>
/// <param name="Options">The options.</param>
/// <param name="CoreType">The core type of the function that has them.</param>
public sealed record PlanOptions(InstanceId Instance, CanonicalOptions Options, CoreFuncType CoreType);

/// <summary>A component instance.</summary>
/// <param name="Parent">The component instance that instantiated it; null for the root.</param>
/// <param name="Offset">Byte offset of its component's preamble from the start of the input.</param>
public sealed record PlanInstance(InstanceId? Parent, long Offset)
{
    /// <summary>What the <c>component-name</c> section calls the instance, or else its component; null where it says nothing.</summary>
    public string? Name { get; init; }
}

/// <summary>An import of the component.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Extern">Its type, as the root sees it.</param>
public sealed record PlanImport(string Name, PlanExtern Extern);

/// <summary>A function, core module or resource type among the imports.</summary>
/// <param name="Import">The import.</param>
/// <param name="Path">The names to follow in it; empty for the import itself.</param>
public sealed record ImportedItem(ImportId Import, EquatableArray<string> Path);

/// <summary>An export of the component, or of an exported instance.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Item">What it is.</param>
public sealed record PlanExport(string Name, ExportItem Item);

/// <summary>What an export is.</summary>
public closed record ExportItem
{
    private ExportItem()
    {
    }

    /// <summary>A lifted function. Spec: <c>canon lift</c>.</summary>
    /// <param name="FuncType">Its type as the component instance that lifted it sees it.</param>
    /// <param name="Callee">The core function.</param>
    /// <param name="Options">How it takes and gives values; the component instance that it runs in.</param>
    /// <param name="Results">Its results among the result tuples, for <c>task.return</c>.</param>
    public sealed record Func(ComponentFuncType FuncType, CoreFuncId Callee, OptionsId Options, ResultTupleId Results) : ExportItem;

    /// <summary>A core module.</summary>
    /// <param name="Source">Where it comes from.</param>
    public sealed record CoreModule(ModuleSource Source) : ExportItem;

    /// <summary>An instance. One that is exported several times, or is in several others, is one.</summary>
    /// <param name="Id">Which.</param>
    public sealed record Instance(ExportedInstanceId Id) : ExportItem;

    /// <summary>A type.</summary>
    /// <param name="Bound">Which, as the root sees it.</param>
    public sealed record Type(PlanType Bound) : ExportItem;
}
