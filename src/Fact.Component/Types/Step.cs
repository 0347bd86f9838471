using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>
/// One thing that instantiating a component does, with its types resolved: what linking evaluates. Definitions without an
/// effect at instantiation (types, aliases of them) leave no step. Ids in types and options are numbers of the component: of its resource types in this check,
/// of its core functions and memories.
/// </summary>
internal closed record Step
{
    private Step(long offset) => Offset = offset;

    /// <summary>Byte offset of the definition from the start of the input.</summary>
    public long Offset { get; init; }

    /// <summary>Takes an argument by name.</summary>
    /// <param name="Offset">Byte offset of the definition.</param>
    /// <param name="Name">The import name.</param>
    /// <param name="Extern">Its type.</param>
    /// <param name="Resources">The resource types that it leaves open, with the way to each from the argument.</param>
    public sealed record Import(long Offset, string Name, CheckedExtern Extern, EquatableArray<ResourcePath> Resources) : Step(Offset);

    /// <summary>Adds a core module.</summary>
    /// <param name="Offset">Byte offset of the module.</param>
    /// <param name="Module">Which of the embedded ones.</param>
    public sealed record CoreModule(long Offset, EmbeddedModule Module) : Step(Offset);

    /// <summary>Instantiates a core module.</summary>
    public sealed record CoreInstantiate(long Offset, uint Module, EquatableArray<CoreInstantiateArg> Args) : Step(Offset);

    /// <summary>Bundles core definitions.</summary>
    public sealed record CoreBundle(long Offset, EquatableArray<CoreInlineExport> Exports) : Step(Offset);

    /// <summary>Adds a component.</summary>
    public sealed record Component(long Offset, CheckedComponent Defined) : Step(Offset);

    /// <summary>Instantiates a component.</summary>
    /// <param name="Offset">Byte offset of the definition.</param>
    /// <param name="Target">The component.</param>
    /// <param name="Args">Its arguments.</param>
    /// <param name="Resources">The resource types that come into being, with the way to each from the new instance.</param>
    public sealed record Instantiate(
        long Offset, uint Target, EquatableArray<BundleItem> Args, EquatableArray<ResourcePath> Resources) : Step(Offset)
    {
        /// <summary>What the <c>component-name</c> section calls the instance, if anything.</summary>
        public string? Name { get; init; }
    }

    /// <summary>Bundles definitions.</summary>
    public sealed record Bundle(long Offset, EquatableArray<BundleItem> Items) : Step(Offset);

    /// <summary>Takes an export of a core instance.</summary>
    public sealed record CoreAlias(long Offset, CoreExternKind Sort, uint Instance, string Name) : Step(Offset);

    /// <summary>Takes an export of an instance; not of a type.</summary>
    public sealed record InstanceAlias(long Offset, uint Instance, string Name, CheckedExtern Extern) : Step(Offset);

    /// <summary>Takes a core module or component of a component around this one.</summary>
    public sealed record OuterAlias(long Offset, OuterSort Sort, uint Count, uint Index) : Step(Offset);

    /// <summary>Defines a resource type.</summary>
    public sealed record Resource(long Offset, ResourceId Id, CoreValType Rep, uint? Dtor) : Step(Offset);

    /// <summary>Makes a component function of a core function.</summary>
    public sealed record Lift(
        long Offset, uint Callee, ComponentFuncType Type, CanonicalOptions Options, CoreFuncType CoreType) : Step(Offset);

    /// <summary>Makes a core function of a component function.</summary>
    /// <param name="Offset">Byte offset of the definition.</param>
    /// <param name="Callee">The component function.</param>
    /// <param name="Name">What it is called.</param>
    /// <param name="Type">Its type.</param>
    /// <param name="Options">The options.</param>
    /// <param name="CoreType">The core type.</param>
    public sealed record Lower(
        long Offset, uint Callee, FuncName Name, ComponentFuncType Type, CanonicalOptions Options, CoreFuncType CoreType) : Step(Offset);

    /// <summary>Adds the core function of a built-in.</summary>
    /// <param name="Offset">Byte offset of the definition.</param>
    /// <param name="Function">The built-in.</param>
    /// <param name="ResourceType">The resource type that it is about, if any.</param>
    /// <param name="Type">The stream or future type that it is about, or the result of <c>task.return</c>, if any.</param>
    /// <param name="Options">Its options; null where it takes none.</param>
    /// <param name="CoreType">Its core type.</param>
    public sealed record Builtin(
        long Offset, Canon Function, ResourceId? ResourceType, ValType? Type, CanonicalOptions? Options, CoreFuncType CoreType)
        : Step(Offset);

    /// <summary>Adds an exported definition to its index space again.</summary>
    public sealed record Export(long Offset, SortIdx Item) : Step(Offset);
}

/// <summary>A core module inside the component.</summary>
/// <param name="Index">Its number among all core modules of the input, in the order of their bytes.</param>
/// <param name="Offset">Byte offset from the start of the input.</param>
/// <param name="Bytes">Its bytes.</param>
/// <param name="Surface">Its imports and exports.</param>
internal sealed record EmbeddedModule(uint Index, long Offset, RawBytes Bytes, Binary.CoreModuleSurface Surface);

/// <summary>A definition with a name: in a bundle, among arguments or exports.</summary>
/// <param name="Name">The name.</param>
/// <param name="Item">The definition; for types its index means nothing.</param>
/// <param name="Type">The type, where it is a type.</param>
internal sealed record BundleItem(string Name, SortIdx Item, CheckedType? Type);

/// <summary>A checked component: the steps of instantiating it, and what it exports.</summary>
/// <param name="Offset">Byte offset of its preamble from the start of the input.</param>
/// <param name="Type">Its type.</param>
/// <param name="Steps">The steps in order.</param>
/// <param name="Exports">The exports in order.</param>
internal sealed record CheckedComponent(
    long Offset, CheckedComponentType Type, EquatableArray<Step> Steps, EquatableArray<BundleItem> Exports)
{
    /// <summary>What the <c>component-name</c> section calls it, if anything.</summary>
    public string? Name { get; init; }
}
